"""A person's own working hours and further calendars, as Google has them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from calendar_core.errors import ProviderUnavailable
from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.interval import Interval
from calendar_core.people import User, WeeklyHours
from calendar_core.ports import Calendar, Extra, Granted, OwnedCalendar, OwnHours
from calendar_core.providers.connections import open_connections
from calendar_core.providers.google.opening import GoogleIndividual
from calendar_core.providers.google.own_calendars import hours_in
from calendar_core.providers.patience import Patience
from calendar_core.store import Store
from sandbox.app import Sandbox
from sandbox.world import Event, Mailbox, Person, Timed, WorkingHours
from tests.calendar_core.providers.at_the_page import consented
from tests.calendar_core.providers.keeping import kept, person

from .opened import REDIRECT, consent_for, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(NOW, 24 * 60)
TEAM = "team@group.calendar.example.com"
MAILBOX = Mailbox("ana@example.com", "Ana", "google", "America/New_York", hours=WorkingHours((0, 2), 8 * 60, 24 * 60))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(MAILBOX)
        running.world.add_mailbox(Mailbox(TEAM, "Climbing", "google", "America/New_York", owner=MAILBOX.address))
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_connections() as connections:
        yield connections


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with kept(tmp_path) as store:
        yield store


@pytest.fixture
async def ana(store: Store) -> User:
    return await person(store, MAILBOX.address)


class Opened:
    """Ana's calendar, by what she allows."""

    def __init__(self, sandbox: Sandbox, connections: aiohttp.ClientSession, store: Store) -> None:
        settings = settings_for(sandbox, None, Patience(tries=1))
        self.sandbox = sandbox
        self.store = store
        self.consent = consent_for(sandbox, settings, connections)
        self.opener = GoogleIndividual(settings, self.consent, connections, sandbox.clock.real_now, store.credentials)

    async def by(self, ana: User, *extras: Extra) -> Calendar:
        granted = await consented(self.sandbox, self.consent, ana, REDIRECT, extras=frozenset(extras))
        assert isinstance(granted, Granted)
        await self.store.credentials.put(ana.id, granted)
        return await self.of(ana)

    async def of(self, ana: User) -> Calendar:
        kind = IntegrationKind.GOOGLE_INDIVIDUAL
        return await self.opener.open(ana, Integration(ana.id, kind, Health.OK, ana.email))


@pytest.fixture
def opened(sandbox: Sandbox, connections: aiohttp.ClientSession, store: Store) -> Opened:
    return Opened(sandbox, connections, store)


async def test_what_was_not_allowed_cannot_be_asked(opened: Opened, ana: User) -> None:
    calendar = await opened.by(ana)
    assert (calendar.hours, calendar.others) == (None, None)


async def test_working_hours_are_read_where_that_is_allowed(opened: Opened, ana: User) -> None:
    await opened.by(ana)
    hours = (await opened.by(ana, Extra.WORKING_HOURS)).hours
    assert hours is not None, "the calendar that was opened before is not kept past a new consent"
    day = ((8 * 60, 24 * 60),)
    assert await hours.working_hours() == OwnHours("America/New_York", WeeklyHours((day, (), day, (), (), (), ())))


async def test_further_calendars_of_ones_own_are_listed_and_count_once_chosen(
    sandbox: Sandbox, opened: Opened, ana: User
) -> None:
    sandbox.world.add_mailbox(Mailbox("gil@example.com", "Gil", "google", "UTC"))
    calendar = await opened.by(ana, Extra.SECONDARY_CALENDARS)
    assert calendar.others is not None
    assert await calendar.others.owned() == (OwnedCalendar(TEAM, "Climbing"),)
    climb = Interval.lasting(NOW + timedelta(hours=2), 60)
    sandbox.world.create(Event(TEAM, "", "", "Private", Timed(climb.start, climb.end), Person(TEAM)))
    assert (await calendar.free_busy.free_busy(DAY)).busy == ()
    chosen = replace(ana, own=replace(ana.own, calendars=(TEAM,)))
    assert (await (await opened.of(chosen)).free_busy.free_busy(DAY)).busy == (climb,)


async def test_a_chosen_calendar_that_is_not_there_leaves_the_whole_unknown(opened: Opened, ana: User) -> None:
    await opened.by(ana)
    chosen = replace(ana, own=replace(ana.own, calendars=("gone@group.calendar.example.com",)))
    with pytest.raises(ProviderUnavailable):
        await (await opened.of(chosen)).free_busy.free_busy(DAY)


def times(*entries: tuple[str, int, int], enabled: bool = True, zone: str = "Europe/Berlin") -> dict[str, object]:
    available = [{"dayOfWeek": day, "periodStart": start, "periodEnd": end} for day, start, end in entries]
    return {"timeZone": zone, "workingHours": {"workingHoursEnabled": enabled, "availableTimes": available}}


def test_stretches_of_a_day_are_put_in_order_and_joined() -> None:
    told = hours_in(times(("tuesday", 780, 1020), ("tuesday", 540, 720), ("tuesday", 700, 780), ("friday", 0, 1440)))
    assert told == OwnHours("Europe/Berlin", WeeklyHours(((), ((540, 1020),), (), (), ((0, 1440),), (), ())))


@pytest.mark.parametrize(
    "answer",
    [
        {"timeZone": "Europe/Berlin"},
        times(("monday", 540, 1020), enabled=False),
        times(),
        times(("monday", 540, 1020), zone="Mars/Olympus"),
        times(("monday", 540, 1020), zone="../../etc/passwd"),
    ],
    ids=["none", "switched off", "empty", "no such zone", "no zone at all"],
)
def test_what_tells_no_hours_tells_none(answer: dict[str, object]) -> None:
    assert hours_in(answer) is None


@pytest.mark.parametrize("entry", [("someday", 540, 1020), ("monday", 1020, 540), ("monday", -5, 540)])
def test_hours_that_make_no_sense_are_refused(entry: tuple[str, int, int]) -> None:
    with pytest.raises(ValueError, match=r"."):
        hours_in(times(entry))
