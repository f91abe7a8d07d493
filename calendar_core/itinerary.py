"""The clocks somebody lives by: one zone, or a zone with trips to others.

An itinerary is written where a zone's key could stand, as POSIX writes a zone's changes into its name:
"Europe/Berlin>Asia/Tokyo 2026-12-03 2026-12-10" is Berlin, but from the first minute of 3 December in Tokyo to the last
of 10 December there it is Tokyo. Every minute is in exactly one zone; what local days a journey repeats or cuts short
follows from that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .interval import epoch_minute

DEPARTURE = ">"  # parts the home zone and the trips; no key of a zone holds it


@dataclass(frozen=True, slots=True, order=True)
class Trip:
    """Days in another zone: from `first` to `last`, both inclusive, by the calendar of the IANA zone they are in."""

    first: date
    last: date
    zone: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a trip ends after it begins")

    def overlaps(self, other: Trip) -> bool:
        """They share a day."""
        return self.first <= other.last and other.first <= self.last


class _Away(NamedTuple):
    start: int
    end: int
    first: date
    last: date
    zone: ZoneInfo


class Itinerary:
    """What an itinerary's text means. Minutes are epoch minutes."""

    def __init__(self, home: ZoneInfo, trips: tuple[_Away, ...]) -> None:
        self._home = home
        self._trips = trips  # in order of time

    def at(self, minute: int) -> ZoneInfo:
        """The zone of that minute."""
        for away in self._trips:
            if away.start <= minute < away.end:
                return away.zone
        return self._home

    def on(self, day: date) -> ZoneInfo:
        """The zone in which that local day begins."""
        for away in self._trips:
            if away.first <= day <= away.last:
                return away.zone
        return self._home

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, ZoneInfo]]:
        """[start, end) in order and without a gap, cut where another zone begins."""
        for away in self._trips:
            first, until = max(start, away.start), min(end, away.end)
            if first >= until:
                continue
            if start < first:
                yield start, first, self._home
            yield first, until, away.zone
            start = until
        if start < end:
            yield start, end, self._home


def itinerary_of(home: str, trips: tuple[Trip, ...]) -> str:
    """The text: the home zone's key alone where no trip is planned."""
    return DEPARTURE.join((home, *(f"{each.zone} {each.first} {each.last}" for each in trips)))


@lru_cache(maxsize=4096)
def itinerary_named(text: str) -> Itinerary:
    """Raises ValueError, whatever is wrong with the text."""
    home, *trips = text.split(DEPARTURE)
    return Itinerary(zone_named(home), tuple(sorted(map(_away, trips), key=lambda away: away.start)))


def zone_named(key: str) -> ZoneInfo:
    """The zone of an IANA key. Raises ValueError, whatever is wrong with the key."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"there is no time zone called {key!r}") from unknown


def _away(text: str) -> _Away:
    key, first, last = text.split(" ")
    zone, began, ends = zone_named(key), date.fromisoformat(first), date.fromisoformat(last)
    return _Away(_midnight(zone, began), _midnight(zone, ends + timedelta(days=1)), began, ends, zone)


def _midnight(zone: ZoneInfo, day: date) -> int:
    return epoch_minute(datetime(day.year, day.month, day.day, tzinfo=zone))
