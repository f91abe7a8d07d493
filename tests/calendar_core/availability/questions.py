"""Ana in New York asks for times with Sam in Berlin, on Sunday 22 November 2026: the cast of many tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from calendar_core.availability.bookable import Question
from calendar_core.availability.free_busy import FreeBusy, Unanswered, Unconnected
from calendar_core.availability.side import Side, side_of
from calendar_core.interval import Interval, merge, subtract
from calendar_core.people import OFFICE_HOURS, OrganisationId, ProgrammeId, User, UserId, WeeklyHours
from calendar_core.programme import Programme, Rules
from tests.calendar_core.wall_times import BERLIN, NEW_YORK, at

ANA, SAM = UserId(1), UserId(2)
NOW = at("2026-11-22 11:02", NEW_YORK)


def person(user: UserId, zone: str, *, region: str = "", hours: WeeklyHours = OFFICE_HOURS) -> User:
    return User(
        id=user,
        organisation=OrganisationId(1),
        email="ana@example.com",
        name="Ana Ruiz",
        time_zone=zone,
        region=region,
        hours=hours,
    )


def programme(rules: Rules | None = None) -> Programme:
    return Programme(
        id=ProgrammeId(1), organisation=OrganisationId(1), name="Leaders 2026", rules=rules or Rules(buffer=0)
    )


@dataclass(kw_only=True)
class Pair:
    """A question about two people, changed a little for each test."""

    ana: User = field(default_factory=lambda: person(ANA, NEW_YORK))
    sam: User = field(default_factory=lambda: person(SAM, BERLIN))
    ana_busy: Iterable[Interval] = ()
    sam_busy: Iterable[Interval] = ()
    ana_held: Iterable[Interval] = ()
    sam_held: Iterable[Interval] = ()
    sam_seen: FreeBusy | Unanswered | Unconnected | None = None
    sam_chose: bool = False
    rules: Rules = field(default_factory=lambda: Rules(buffer=0))
    now: datetime = NOW
    moving: Interval | None = None
    asked_days: int = 70

    def question(self) -> Question:
        return Question(
            programme=programme(self.rules),
            now=self.now,
            zone=self.ana.time_zone,
            sides=(self.ana_side(), self.sam_side()),
            moving=self.moving,
        )

    def reach(self) -> Interval:
        return Interval.lasting(self.now, 70 * 24 * 60).padded(24 * 60)

    def seen(self, busy: Iterable[Interval]) -> FreeBusy:
        asked = Interval.lasting(self.now, self.asked_days * 24 * 60).padded(self.rules.buffer)
        return FreeBusy(asked, merge(busy))

    def ana_side(self) -> Side:
        return side_of(self.ana, self.reach(), self.seen(self.ana_busy), self.ana_held)

    def sam_side(self) -> Side:
        seen = self.sam_seen or self.seen(self.sam_busy)
        return side_of(self.sam, self.reach(), seen, self.sam_held, chosen_by_owner=self.sam_chose)


def everything_but(free: Iterable[Interval], within: Interval) -> tuple[Interval, ...]:
    """Busy times that leave exactly the free ones."""
    return subtract([within], free)
