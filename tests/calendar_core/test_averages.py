"""Figures of ratings: whatever an administrator looks at, and when, no group of fewer than five comes out of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete

from calendar_core.averages import Average, average_of, begins, month_of, months, months_before, next_month
from calendar_core.averaging import Averaging
from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.errors import NotAllowed
from calendar_core.feedback import Happened
from calendar_core.people import Role, User, UserId
from calendar_core.session import Session, SessionState, SessionUid
from calendar_core.store import Store, migrate, open_store
from calendar_core.store.schema import feedback
from sandbox.clock import WorldClock
from tests.contracts.store.cast import at, booked

ZONE = "America/Toronto"
START = datetime(2026, 8, 1, 12, tzinfo=UTC)
Rated = tuple[UserId, SessionUid]


@pytest.mark.parametrize(
    ("people", "others", "shown"),
    [(5, 0, True), (5, 5, True), (4, 0, False), (4, 9, False), (5, 1, False), (9, 4, False)],
)
def test_neither_who_rated_nor_who_did_not_are_few(people: int, others: int, shown: bool) -> None:
    ratings = [(UserId(number), 4) for number in range(people)]
    asked = {UserId(number) for number in range(people + others)}
    assert average_of(ratings, asked) == (Average(people, people, 4 * people) if shown else None)


def test_answers_of_one_person_are_no_people() -> None:
    assert average_of([(UserId(1), 4)] * 9, ()) is None
    assert average_of([(UserId(n % 5), n % 5 + 1) for n in range(10)], ()) == Average(5, 10, 30)
    assert Average(5, 52, 239).tenths == 46


def test_a_month_is_the_programme_s_own() -> None:
    assert month_of(ZONE, datetime(2026, 12, 1, 4, 59, tzinfo=UTC)) == date(2026, 11, 1)
    assert begins(ZONE, date(2026, 12, 1)) == datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert months_before(date(2026, 3, 1), 6) == date(2025, 9, 1)
    assert [*months(date(2026, 11, 1), date(2027, 1, 1))] == [date(2026, 11, 1), date(2026, 12, 1)]


class Programme:
    """A mentor with mentees, an admin who looks, and what is true of it."""

    def __init__(self, store: Store, clock: WorldClock, number: int) -> None:
        self.store, self.clock, self.number = store, clock, number
        self.ratings: dict[Rated, tuple[datetime, int]] = {}
        self.asked: dict[Rated, datetime] = {}
        self.closed: dict[date, frozenset[Rated]] = {}
        self.seen: dict[date, set[Average | None]] = defaultdict(set)
        self._averaging = Averaging(store.people, store.programmes, store.averages, clock)

    async def enrol(self, mentees: int) -> list[tuple[User, Session]]:
        """Each mentee, with one session for each of four months."""
        names = ["admin", "mentor", *(f"m{each}" for each in range(mentees))]
        roles = (Role.ADMIN, Role.MENTOR, *(Role.MENTEE for _ in range(mentees)))
        organisation, name = f"Org {self.number}", "Leaders"
        people = tuple(
            PersonEnrolled(
                organisation=organisation,
                programme=name,
                role=role,
                email=f"{who}@{self.number}.example.com",
                name=who,
                time_zone=ZONE,
            )
            for who, role in zip(names, roles, strict=True)
        )
        pairs = tuple(
            MatchEnrolled(organisation=organisation, programme=name, mentor=people[1].email, mentee=each.email)
            for each in people[2:]
        )
        made = await self.store.enrolments.apply(Batch(people, pairs), START)
        self.admin = (await self.store.people.at_address(people[0].email))[0]
        found = []
        for place, each in enumerate(made.matches):
            match = await self.store.programmes.match(each)
            assert match
            user = await self.store.people.user(match.mentee)
            for month in range(4):
                when = at(-24 * 110 + 24 * 30 * month + place)
                uid = SessionUid(f"{self.number}-{place}-{month}")
                new = Session(
                    uid=uid, match=match.id, booked_by=user.id, pressed_by=user.id, organizer=user.id,
                    attendee=match.mentor, when=when, zone=ZONE, state=SessionState.HELD, booked_via="console",
                    looked_at=START,
                )  # fmt: skip
                await self.store.sessions.keep(booked(await self.store.sessions.reserve(new)))
                found.append((user, new))
        return found

    async def look(self) -> None:
        """What the admin sees, and what is true of the months that are closed by now."""
        present = month_of(ZONE, self.clock.now())
        for month in months(month_of(ZONE, START), present):
            inside = {each for each, (when, _) in self.ratings.items() if month_of(ZONE, when) == month}
            self.closed.setdefault(month, frozenset(inside))
        for _, shown in await self._averaging.of(self.admin):
            for each in shown:
                self.seen[each.month].add(each.average)


async def test_no_two_figures_differ_by_a_small_group(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"
    migrate(url)
    random, denying, clock = Random(1), Random(2), WorldClock(START)
    store = open_store(url, clock)
    programme = Programme(store, clock, 1)
    events: list[tuple[datetime, int, str, Rated | None]] = []
    for user, session in await programme.enrol(16):
        moment = session.when.end + timedelta(hours=random.randint(1, 300))
        who = user.id, session.uid
        events.append((moment, 0, "ask", who))
        if random.random() < 0.55:
            events.append(
                (moment + timedelta(hours=random.randint(1, 400)), len(events), "rate", (user.id, session.uid))
            )
        if denying.random() < 0.3:
            events.append((moment + timedelta(days=denying.randint(1, 80)), len(events), "deny", who))
        if random.random() < 0.1:
            events.append(
                (moment + timedelta(days=random.randint(20, 80)), len(events), "erase", (user.id, session.uid))
            )
    events += [(START + timedelta(days=7 * week), len(events) + week, "look", None) for week in range(1, 22)]
    for moment, _, what, whose in sorted(events, key=lambda each: each[:2]):
        clock.set(max(moment, clock.now()))
        if whose is None:
            await programme.look()
        else:
            await happens(programme, what, whose, random.randint(1, 5))
    await store.close()

    assert all(len(figures) == 1 for figures in programme.seen.values())
    groups = {month: programme.closed[month] for month, (figure,) in programme.seen.items() if figure}
    assert groups, "nothing was shown: nothing was tested"
    for month, group in groups.items():
        (figure,) = programme.seen[month]
        assert figure
        assert (figure.answers, figure.people) == (len(group), len({person for person, _ in group}))
    derived = [*groups.values(), *(one - other for one in groups.values() for other in groups.values() if other < one)]
    assert all(len({person for person, _ in group}) >= 5 for group in derived)


async def happens(programme: Programme, what: str, who: Rated, useful: int) -> None:
    (user, uid), store, now = who, programme.store, programme.clock.now()
    if what == "ask" and await store.feedbacks.ask(uid, user, now):
        await store.feedbacks.say(uid, user, Happened.YES, None, now, since=now)
    elif what == "rate":
        since = begins(ZONE, month_of(ZONE, now))
        if await store.feedbacks.rate(uid, user, useful, now, since):
            programme.ratings[who] = now, useful
    elif what == "deny":  # and then not, and another rating
        since = begins(ZONE, month_of(ZONE, now))
        for said in (Happened.NO, Happened.YES):
            await store.feedbacks.say(uid, user, said, None, now, since=since)
        earlier = who in programme.ratings and programme.ratings[who][0] < since
        if await store.feedbacks.rate(uid, user, useful, now, since):
            assert not earlier, "one rating in two months"
            programme.ratings[who] = now, useful
    elif what == "erase":
        gone = delete(feedback).where(feedback.c.person == user)
        await store.database.write(lambda connection: connection.execute(gone))
        programme.ratings = {each: given for each, given in programme.ratings.items() if each[0] != user}


async def test_only_admins_are_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"
    migrate(url)
    clock = WorldClock(START)
    store = open_store(url, clock)
    programme = Programme(store, clock, 1)
    ((mentee, _), *_) = await programme.enrol(1)
    with pytest.raises(NotAllowed):
        await Averaging(store.people, store.programmes, store.averages, clock).of(mentee)
    await store.close()
