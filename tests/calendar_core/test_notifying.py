"""Telling both people of a new match, and what that opens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.errors import ProviderUnavailable
from calendar_core.happening import Happening, HappeningId, MatchMade
from calendar_core.job import tell_job
from calendar_core.notifying import Notifying
from calendar_core.people import OPENS_BY_ITSELF, Match, Role, User
from calendar_core.ports import RetryAt
from calendar_core.store import Store, open_store
from sandbox.clock import WorldClock

MADE_AT = datetime(2026, 11, 23, 6, tzinfo=UTC)  # a Monday, early for both
BERLIN_OPENS = datetime(2026, 11, 23, 8, tzinfo=UTC)
NEW_YORK_OPENS = datetime(2026, 11, 23, 14, tzinfo=UTC)
MADE = HappeningId(1)


class Pushed:
    """A way out that keeps what went through it, and may fail."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.failing = False

    async def tell(self, user: User, key: str, happening: Happening) -> None:
        """Twice with one key is once."""
        if self.failing:
            raise ProviderUnavailable("the chat")
        if key not in self.keys:
            self.keys.append(key)


class Matched:
    """Ana and Sam, just matched; nobody works on the jobs but the test."""

    def __init__(self, store: Store, clock: WorldClock, users: dict[str, User], match: Match) -> None:
        self.store, self.clock, self.users, self.match = store, clock, users, match
        self.pushed = Pushed()
        self._notifying = Notifying(
            store.people, store.programmes, store.sessions, store.happenings, self.pushed, clock
        )

    async def tell(self, who: str, at: datetime) -> RetryAt | None:
        """The job of one of them, at that time."""
        self.clock.set(at)
        return await self._notifying.tell(tell_job(MADE, self.users[who].id))

    async def opens_at(self) -> datetime:
        match = await self.store.programmes.match(self.match.id)
        assert match is not None
        return match.opens_at


@pytest.fixture
async def matched(migrated_url: str) -> AsyncIterator[Matched]:
    clock = WorldClock(MADE_AT, real=lambda: MADE_AT)
    store = open_store(migrated_url, clock)
    batch = Batch(
        tuple(
            PersonEnrolled(
                organisation="example.com",
                programme="Leaders 2026",
                role=role,
                email=f"{name.split()[0].lower()}@example.com",
                name=name,
                time_zone=zone,
            )
            for name, role, zone in (
                ("Ana Ruiz", Role.MENTEE, "America/New_York"),
                ("Sam Okoye", Role.MENTOR, "Europe/Berlin"),
            )
        ),
        (
            MatchEnrolled(
                organisation="example.com",
                programme="Leaders 2026",
                mentor="sam@example.com",
                mentee="ana@example.com",
            ),
        ),
    )
    enrolled = await store.enrolments.apply(batch, MADE_AT)
    users = {who: (await store.people.at_address(f"{who}@example.com"))[0] for who in ("ana", "sam")}
    match = await store.programmes.match(enrolled.matches[0])
    assert match is not None
    assert await store.happenings.happening(MADE) == MatchMade(match.id)
    yield Matched(store, clock, users, match)
    await store.close()


async def test_a_new_match_is_told_in_each_one_s_next_working_hour(matched: Matched) -> None:
    assert await matched.tell("sam", MADE_AT) == RetryAt(BERLIN_OPENS)
    assert await matched.tell("ana", MADE_AT) == RetryAt(NEW_YORK_OPENS)
    assert matched.pushed.keys == []
    assert await matched.tell("sam", BERLIN_OPENS) is None
    assert len(matched.pushed.keys) == 1


async def test_it_opens_when_the_second_one_was_told(matched: Matched) -> None:
    assert await matched.opens_at() == MADE_AT + OPENS_BY_ITSELF
    await matched.tell("sam", BERLIN_OPENS)
    assert await matched.opens_at() == MADE_AT + OPENS_BY_ITSELF
    await matched.tell("ana", NEW_YORK_OPENS)
    assert await matched.opens_at() == NEW_YORK_OPENS


async def test_told_when_a_day_has_passed_it_stays_open_since_then(matched: Matched) -> None:
    await matched.tell("sam", BERLIN_OPENS)
    await matched.tell("ana", NEW_YORK_OPENS + timedelta(days=3))
    assert await matched.opens_at() == MADE_AT + OPENS_BY_ITSELF


async def test_told_twice_is_told_once_and_opens_once(matched: Matched) -> None:
    for _ in range(2):
        await matched.tell("sam", BERLIN_OPENS)
        await matched.tell("ana", NEW_YORK_OPENS)
    assert len(matched.pushed.keys) == 2
    assert await matched.store.happenings.told_to(MADE) == {user.id for user in matched.users.values()}


async def test_a_push_that_fails_is_not_taken_for_told(matched: Matched) -> None:
    await matched.tell("sam", BERLIN_OPENS)
    matched.pushed.failing = True
    with suppress(ProviderUnavailable):
        await matched.tell("ana", NEW_YORK_OPENS)
    assert await matched.store.happenings.told_to(MADE) == {matched.users["sam"].id}
