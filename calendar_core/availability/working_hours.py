"""Weekly hours by the wall clock, as the stretches of time in which sessions may lie."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import lru_cache
from operator import attrgetter

from calendar_core.interval import Interval
from calendar_core.people import WeeklyHours
from calendar_core.wall_clock import DAY, MONDAY, day_number, day_parts

_start, _end = attrgetter("start_minute"), attrgetter("end_minute")


def working_time(
    hours: WeeklyHours,
    zone: str,
    window: Interval,
    *,
    days_off: frozenset[date] = frozenset(),
    not_before: date | None = None,
) -> tuple[Interval, ...]:
    """The minutes of the window at which the zone's wall clock shows a time within the hours; in order and apart.

    So hours that clocks skip do not exist, hours that clocks repeat count twice, and a day of 00:00-24:00 lasts 23
    or 25 hours when it should. Local `days_off`, and days earlier than `not_before`, have none. Raises ValueError
    for a zone that does not exist.
    """
    first_day, end_day = window.start_minute // DAY, -(-window.end_minute // DAY)
    worked = _worked(hours, zone, first_day, end_day, days_off=days_off, not_before=not_before)
    first = bisect_right(worked, window.start_minute, key=_end)
    inside = list(worked[first : bisect_left(worked, window.end_minute, lo=first, key=_start)])
    for end in (0, -1):
        if inside:
            inside[end] = inside[end].clipped(window) or inside[end]
    return tuple(inside)


@lru_cache(maxsize=2048)
def _worked(
    hours: WeeklyHours, zone: str, first_day: int, end_day: int, *, days_off: frozenset[date], not_before: date | None
) -> tuple[Interval, ...]:
    """Cached by whole UTC days: a thousand people who keep the same hours in one zone are worked out once."""
    off = {day_number(day) for day in days_off}
    since = None if not_before is None else day_number(not_before)
    joined: list[list[int]] = []
    for part in day_parts(zone, Interval(first_day * DAY, end_day * DAY)):
        if part.day in off or (since is not None and part.day < since):
            continue
        for first, until in hours.days[(part.day - MONDAY) % 7]:
            start, end = max(part.midnight + first, part.start), min(part.midnight + until, part.end)
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(end, joined[-1][1])
            elif start < end:
                joined.append([start, end])
    return tuple(Interval(start, end) for start, end in joined)
