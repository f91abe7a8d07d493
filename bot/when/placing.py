"""Days and hours on the world's clock: windows in a zone, also on days when the clocks change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, product
from zoneinfo import ZoneInfo

from .grouping import WHOLE_DAY
from .pieces import Days, Hours
from .values import Doubt, Window

MOST_DAYS = 62  # beyond, the hours of each day are no help to anybody
MOST_WAYS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """When words are placed, and in whose zone. now: aware, in whole minutes."""

    now: datetime
    zone: ZoneInfo
    minutes: int  # how long an exact start lasts


@dataclass(frozen=True, slots=True)
class Placed:
    """One way to place days and hours."""

    windows: tuple[Window, ...]
    doubt: Doubt | None = None
    over: bool = False  # all of it is past


def placed(days: Iterable[Days], hours: tuple[Hours, ...], place: Place) -> list[Placed]:
    """Every way to place every one of the hours on every one of the days; more than one where the clocks change."""
    rows: list[list[Placed]] = []
    for some, each in product(days, hours):
        if each.exact:
            rows.append(_starts(some, each.start, place))
        elif each == WHOLE_DAY:
            rows.append([_ahead([(some.start, 0, some.end, 0)], place)])
        else:
            rows.append([_ahead([(day, each.start, day, each.end) for day in some.each[:MOST_DAYS]], place)])
    return [together(way) for way in islice(product(*rows), MOST_WAYS)] if rows else []


def together(parts: Iterable[Placed]) -> Placed:
    """Several as one. What is over is left out, unless all is; that a part is over is still a doubt."""
    every = list(parts)
    live = [part for part in every if not part.over] or every
    doubt = next((part.doubt for part in live if part.doubt), None)
    if doubt is None and len(live) < len(every):
        doubt = Doubt.PAST
    return Placed(merged(window for part in live for window in part.windows), doubt, live[0].over)


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """In order, with overlapping ones as one; those that only touch stay two."""
    out: list[Window] = []
    for window in sorted(windows, key=lambda each: (each.start.astimezone(UTC), each.end.astimezone(UTC))):
        if out and window.start.astimezone(UTC) < out[-1].end.astimezone(UTC):
            later = max(window.end, out[-1].end, key=lambda end: end.astimezone(UTC))
            out[-1] = Window(out[-1].start, later)
        else:
            out.append(window)
    return tuple(out)


def _ahead(spans: Iterable[tuple[date, int, date, int]], place: Place) -> Placed:
    """Windows between minutes of days, cut at the clock."""
    every = []
    for first, start, last, end in spans:
        # Where a wall time comes twice, a window holds both; where it is skipped, it begins or ends at the change.
        window = Window(_moment(first, start, place.zone), _moment(last, end, place.zone, fold=1))
        if window.start.astimezone(UTC) < window.end.astimezone(UTC):
            every.append(window)
    live = [
        Window(max(window.start, place.now, key=lambda at: at.astimezone(UTC)), window.end)
        for window in every
        if window.end.astimezone(UTC) > place.now.astimezone(UTC)
    ]
    return Placed(tuple(live or every), None if every else Doubt.NO_SUCH_TIME, over=not live)


def _starts(days: Days, minute: int, place: Place) -> list[Placed]:
    """A given start on each of the days; two ways where it comes twice or not at all."""
    ways: list[list[Window]] = [[], []]
    doubt: Doubt | None = None
    for day in days.each[:MOST_DAYS]:
        early, late = _moment(day, minute, place.zone), _moment(day, minute, place.zone, fold=1)
        if early.astimezone(UTC) != late.astimezone(UTC):
            doubt = Doubt.TWICE if early.time() == late.time() else Doubt.NO_SUCH_TIME
        for way, start in zip(ways, (early, late), strict=True):
            end = (start.astimezone(UTC) + timedelta(minutes=place.minutes)).astimezone(place.zone)
            way.append(Window(start, end))
    both = []
    for way in ways if doubt else ways[:1]:
        live = [window for window in way if window.start.astimezone(UTC) >= place.now.astimezone(UTC)]
        both.append(Placed(tuple(live or way), doubt, over=not live))
    return both


def _moment(day: date, minute: int, zone: ZoneInfo, fold: int = 0) -> datetime:
    """A minute of a day in a zone; a skipped one becomes as long after (fold 0) or before (fold 1) the change."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone)
