"""Times of which Graph says what their owner lets others do in them: kept are the busy and the tentative ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from calendar_core.interval import Interval

# Everything unheard of counts as busy.
FREE = frozenset({"free", "workingelsewhere"})
TENTATIVE = "tentative"

Times = tuple[list[Interval], list[Interval]]


def times_told(told: Iterable[tuple[str, datetime, datetime]], window: Interval) -> Times:
    """Busy and tentative times inside the window, of statuses in lower case that are not free. Raises ValueError for a
    time that ends before it starts."""
    busy: list[Interval] = []
    tentative: list[Interval] = []
    for status, start, end in told:
        if end < start:
            raise ValueError("a busy time ends before it starts")
        inside = Interval.between(start, end).clipped(window) if start < end else None
        if inside is not None:
            (tentative if status == TENTATIVE else busy).append(inside)
    return busy, tentative
