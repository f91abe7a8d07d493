"""A small programme, enrolled through the front door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.interval import Interval
from calendar_core.people import Match, Role, User, UserId
from calendar_core.session import Session, SessionState, SessionUid
from calendar_core.store import Store

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
NEXT_YEAR = NOW + timedelta(days=365)  # when they are told of their matches: out of the way of other jobs
EXAMPLE, LEADERS = "Example", "Leaders 2026"
PEOPLE = (
    ("ana", "Ana Ruiz", Role.MENTEE, "America/New_York"),
    ("sam", "Sam Okoye", Role.MENTOR, "Europe/Berlin"),
    ("kai", "Kai Lind", Role.MENTEE, "Europe/Oslo"),
    ("uma", "Uma Sato", Role.MENTEE, "Asia/Tokyo"),
    ("priya", "Priya Nair", Role.ADMIN, "America/Toronto"),
)
numbers = count(1)


@dataclass(frozen=True)
class Cast:
    """Ana and Kai are both matched with Sam; Uma with nobody; Priya runs it."""

    ana: User
    sam: User
    kai: User
    uma: User
    priya: User
    ana_sam: Match
    kai_sam: Match

    def session(self, when: Interval, match: Match | None = None, state: SessionState = SessionState.HELD) -> Session:
        """A new one of Ana and Sam, or of that match; the mentee books."""
        match = match or self.ana_sam
        return Session(
            uid=SessionUid(f"session-{next(numbers)}"),
            match=match.id,
            booked_by=match.mentee,
            pressed_by=match.mentee,
            organizer=match.mentee,
            attendee=match.mentor,
            when=when,
            zone="America/New_York",
            state=state,
            booked_via="console",
            looked_at=NOW,
        )


def at(hour: float, minutes: int = 45) -> Interval:
    """A slot so many hours after NOW."""
    return Interval.lasting(NOW + timedelta(hours=hour), minutes)


def enrolled(who: str, name: str, role: Role, zone: str) -> PersonEnrolled:
    """Somebody at example.com, in the one programme."""
    return PersonEnrolled(
        organisation=EXAMPLE,
        programme=LEADERS,
        role=role,
        email=f"{who}@example.com",
        name=name,
        time_zone=zone,
    )


def matched(mentor: str, mentee: str) -> MatchEnrolled:
    """Two at example.com."""
    return MatchEnrolled(
        organisation=EXAMPLE, programme=LEADERS, mentor=f"{mentor}@example.com", mentee=f"{mentee}@example.com"
    )


async def enrol(store: Store) -> Cast:
    """Everybody, with their matches."""
    people = tuple(enrolled(*each) for each in PEOPLE)
    await store.enrolments.apply(Batch(people, (matched("sam", "ana"), matched("sam", "kai"))), NEXT_YEAR)
    users = {who: (await store.people.at_address(f"{who}@example.com"))[0] for who, *_ in PEOPLE}
    (ana_sam,) = await matches_of(store, users["ana"].id)
    (kai_sam,) = await matches_of(store, users["kai"].id)
    return Cast(**users, ana_sam=ana_sam, kai_sam=kai_sam)


async def matches_of(store: Store, user: UserId) -> tuple[Match, ...]:
    """The matches alone, of those that stand."""
    return tuple([each.match for each in await store.programmes.matched(user)])


def booked(session: Session) -> Session:
    """As read back from a calendar, the link still on its way."""
    return replace(session, state=SessionState.BOOKED, event_id="Event-1", event_uid="Event-1@example.com")
