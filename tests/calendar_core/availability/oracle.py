"""What is bookable, worked out minute by minute: slow, and sharing nothing with the code under test but its values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Stretch = tuple[int, int]


@lru_cache(maxsize=500_000)
def wall(zone: str, minute: int) -> datetime:
    return (EPOCH + timedelta(minutes=minute)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def minutes_of(stretches: Iterable[Stretch]) -> set[int]:
    return {minute for start, end in stretches for minute in range(start, end)}


@dataclass(frozen=True)
class Person:
    """`hours` per weekday, Monday first, in minutes from midnight. `seen` None: the calendar did not answer. `trips`:
    a zone, with the first and the last day spent there."""

    zone: str
    hours: tuple[tuple[Stretch, ...], ...]
    busy: tuple[Stretch, ...] = ()
    tentative: tuple[Stretch, ...] = ()
    held: tuple[Stretch, ...] = ()
    seen: Stretch | None = (-(10**12), 10**12)
    days_off: frozenset[date] = frozenset()
    paused_until: date | None = None
    trips: tuple[tuple[str, date, date], ...] = ()

    def wall(self, minute: int) -> datetime:
        """Of the zone they are in: away while the date there is one of a trip's days."""
        for zone, first, last in self.trips:
            if first <= wall(zone, minute).date() <= last:
                return wall(zone, minute)
        return wall(self.zone, minute)

    def keeps_hours_at(self, minute: int) -> bool:
        shown = self.wall(minute)
        since_midnight = shown.hour * 60 + shown.minute
        return any(first <= since_midnight < end for first, end in self.hours[shown.weekday()])

    def is_off_at(self, minute: int) -> bool:
        return self.wall(minute).date() in self.days_off

    def is_paused_at(self, minute: int) -> bool:
        return self.paused_until is not None and self.wall(minute).date() < self.paused_until


@dataclass(frozen=True)
class Case:
    """A question in full; the first of `people` asks."""

    people: tuple[Person, ...]
    windows: tuple[Stretch, ...]
    minutes: int
    now: datetime
    step: int = 15
    notice: int = 0
    horizon_days: int = 60
    buffer: int = 0
    tentative_is_busy: bool = True
    programme_zone: str = "UTC"
    starts: date | None = None
    ends: date | None = None
    moving: Stretch | None = None
    taken: tuple[tuple[set[int], set[int]], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "taken", tuple(self._taken(person) for person in self.people))

    def _taken(self, person: Person) -> tuple[set[int], set[int]]:
        """Minutes held, and minutes busy (of which a silent calendar tells none)."""
        told = (person.busy + person.tentative if self.tentative_is_busy else person.busy) if person.seen else ()
        held = minutes_of(each for each in person.held if each != self.moving)
        return held, minutes_of(told) - (minutes_of([self.moving]) if self.moving else set())

    def candidates(self) -> list[int]:
        """Starts that may be listed."""
        inside = minutes_of(window for window in self.windows if window[1] - window[0] != self.minutes)
        exact = {start for start, end in self.windows if end - start == self.minutes}
        return [
            start
            for start in sorted(inside | exact)
            if start in exact or (self._on_step(start) and all(start + n in inside for n in range(self.minutes)))
        ]

    def _on_step(self, minute: int) -> bool:
        shown = self.people[0].wall(minute)
        return (shown.hour * 60 + shown.minute) % self.step == 0

    def listing(self) -> list[int]:
        return [start for start in self.candidates() if self.obstacle(start) is None]

    def obstacle(self, start: int) -> tuple[str, int | None] | None:
        """The first, and whose: the place in `people`, or None."""
        session = range(start, start + self.minutes)
        begins = EPOCH + timedelta(minutes=start)
        ends = begins + timedelta(minutes=self.minutes)
        if begins < self.now:
            return "past", None
        if begins < self.now + timedelta(minutes=self.notice):
            return "notice", None
        if ends > self.now.replace(second=0) + timedelta(minutes=self.now.second > 0, days=self.horizon_days):
            return "horizon", None
        if not all(self._runs_at(minute) for minute in (session[0], session[-1])):
            return "programme", None
        for place, person in enumerate(self.people):
            if name := self._obstacle_of(person, session, *self.taken[place]):
                return name, place
        return None

    def _runs_at(self, minute: int) -> bool:
        day = wall(self.programme_zone, minute).date()
        return (self.starts is None or day >= self.starts) and (self.ends is None or day <= self.ends)

    def _obstacle_of(self, person: Person, session: range, held: set[int], busy: set[int]) -> str | None:
        around = range(session.start - self.buffer, session.stop + self.buffer)
        in_hours = [minute for minute in session if person.keeps_hours_at(minute)]
        working = [minute for minute in in_hours if not person.is_paused_at(minute) and not person.is_off_at(minute)]
        checks = {
            "paused": any(person.is_paused_at(minute) for minute in in_hours),
            "holiday": any(person.is_off_at(minute) for minute in in_hours if not person.is_paused_at(minute)),
            "hours": len(working) < len(session),
            "held": not held.isdisjoint(around),
            "busy": not busy.isdisjoint(around),
            "unknown": person.seen is None or not person.seen[0] <= around.start <= around.stop <= person.seen[1],
        }
        return next((name for name, holds in checks.items() if holds), None)
