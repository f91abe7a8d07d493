"""What the clocks on a zone's walls show, in epoch minutes, also on the days they jump.

Rules about local time (hours, days off, the step grid) are sets of wall clock readings. Here a stretch of time is cut
into parts in which the wall clock simply runs, so that everybody else adds and subtracts whole minutes.

Wherever a zone is asked for, an itinerary will do (calendar_core.itinerary): the clock of somebody who travels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .interval import EPOCH, MINUTE, Interval, epoch_minute, instant_of
from .itinerary import itinerary_named

DAY = 24 * 60
MONDAY = 4  # 1970-01-05 was a Monday: (day - MONDAY) % 7 is 0 on Mondays
HOP = 3 * DAY  # since 1970 the nearest two jumps of any zone are nearly seven days apart
EPOCH_ORDINAL = EPOCH.toordinal()


class DayPart(NamedTuple):
    """[start, end) in epoch minutes: a stretch of one local day in which the clocks do not jump.

    `day` counts local days since 1970-01-01. At epoch minute t the wall shows `t - midnight` minutes past 00:00.
    Nearly every local day is one part; a day on which clocks jump is two.
    """

    start: int
    end: int
    day: int
    midnight: int


def zone_at(zone: str, instant: datetime) -> str:
    """The IANA key by which clocks go there at that instant. Raises ValueError for the zone."""
    return itinerary_named(zone).at(epoch_minute(instant)).key


def local_time(zone: str, instant: datetime) -> datetime:
    """What the wall shows then, in the zone it hangs in. Raises ValueError for the zone."""
    return instant.astimezone(itinerary_named(zone).at(epoch_minute(instant)))


def day_number(day: date) -> int:
    """Days since 1970-01-01, as DayPart counts them."""
    return day.toordinal() - EPOCH_ORDINAL


def day_numbered(number: int) -> date:
    """The date of a DayPart's `day`."""
    return date.fromordinal(number + EPOCH_ORDINAL)


def first_minute(zone: str, day: date) -> int:
    """The epoch minute at which a local day begins, also where the clocks skip its midnight."""
    return epoch_minute(datetime(day.year, day.month, day.day, tzinfo=itinerary_named(zone).on(day)))


def wall_minute(zone: str, minute: int) -> int:
    """Local minutes since 1970-01-01T00:00 that the wall shows: divmod by DAY gives the local day and time."""
    return minute + _offset(itinerary_named(zone).at(minute), minute)


def day_parts(zone: str, window: Interval) -> tuple[DayPart, ...]:
    """The parts of whole UTC days around the window, in order and without a gap. Raises ValueError for the zone."""
    return _parts(zone, window.start_minute // DAY, -(-window.end_minute // DAY))


@lru_cache(maxsize=512)
def _parts(zone: str, first_day: int, end_day: int) -> tuple[DayPart, ...]:
    parts: list[DayPart] = []
    for start, end, offset in _offsets(zone, first_day * DAY, end_day * DAY):
        at = start
        while at < end:
            day = (at + offset) // DAY
            midnight = day * DAY - offset
            until = min(end, midnight + DAY)
            parts.append(DayPart(at, until, day, midnight))
            at = until
    return tuple(parts)


def _offsets(zone: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, minutes ahead of UTC) for each stretch between two jumps, a traveller's among them."""
    for first, until, here in itinerary_named(zone).stretches(start, end):
        yield from _offsets_in(here, first, until)


def _offsets_in(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The same, of one zone."""
    since, offset = start, _offset(zone, start)
    for before in range(start, end, HOP):
        after = min(before + HOP, end)
        changed = _offset(zone, after)
        if changed != offset:
            jump = _jump(zone, before, after)
            if since < jump:
                yield since, jump, offset
            since, offset = jump, changed
    if since < end:
        yield since, end, offset


def _jump(zone: ZoneInfo, before: int, after: int) -> int:
    """The minute in (before, after] from which the clocks show what they show at `after`."""
    changed = _offset(zone, after)
    minutes = range(before + 1, after + 1)
    return minutes[bisect_left(minutes, 1, key=lambda minute: _offset(zone, minute) == changed)]


def _offset(zone: ZoneInfo, minute: int) -> int:
    shown = instant_of(minute).astimezone(zone).utcoffset()
    return 0 if shown is None else shown // MINUTE


def same_clocks(zone: str, other: str, now: datetime) -> bool:
    """Whether clocks show the same in both zones, from now for a year."""
    days = (now + timedelta(days=day) for day in range(366))
    return all(
        day.astimezone(ZoneInfo(zone)).utcoffset() == day.astimezone(ZoneInfo(other)).utcoffset() for day in days
    )
