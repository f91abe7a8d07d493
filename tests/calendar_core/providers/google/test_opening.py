"""A person's Google calendar, opened the way the program opens it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from calendar_core.errors import ConsentRevoked, NotIntegrated
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.interval import Interval
from calendar_core.people import Organisation, OrganisationId, User, UserId
from calendar_core.providers import OpenedCalendars, ProviderSettings, Surroundings, open_calendars
from calendar_core.providers.connections import open_connections
from calendar_core.providers.google.opening import GoogleSettings
from sandbox.app import Sandbox
from sandbox.world import Mailbox
from tests.calendar_core.providers.heard import Heard

from .opened import account_of, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(NOW, 24 * 60)
ANA = User(UserId(1), OrganisationId(1), "ana@example.com", "Ana Ruiz", "America/New_York")
CONNECTED = Integration(ANA.id, IntegrationKind.GOOGLE_DOMAIN, Health.OK, "Ana@Example.com", checked_at=NOW)


async def organisation(id: OrganisationId) -> Organisation:
    return Organisation(id, "Example")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(Mailbox(ANA.email, ANA.name, "google", ANA.time_zone))
        yield running


@pytest.fixture
def heard() -> Heard:
    return Heard(CONNECTED)


@pytest.fixture
async def calendars(sandbox: Sandbox, heard: Heard) -> AsyncIterator[OpenedCalendars]:
    async with open_connections() as connections:
        around = Surroundings(
            settings=ProviderSettings(google=settings_for(sandbox, account_of(sandbox))),
            organisation=organisation,
            connections=connections,
            real_now=sandbox.clock.real_now,
        )
        yield open_calendars(around, heard, sandbox.clock)


async def test_opening_a_calendar_calls_nobody(sandbox: Sandbox, calendars: OpenedCalendars) -> None:
    calendar = await calendars.of(ANA)
    assert sandbox.log.calls == []
    assert (await calendar.free_busy.free_busy(DAY)).busy == ()


async def test_a_calendar_opened_anew_keeps_its_token(sandbox: Sandbox, calendars: OpenedCalendars) -> None:
    for _ in range(3):
        await (await calendars.of(ANA)).free_busy.free_busy(DAY)
    assert len(sandbox.log.of(operation="token")) == 1


async def test_withdrawn_access_is_heard_of_and_so_is_its_return(
    sandbox: Sandbox, calendars: OpenedCalendars, heard: Heard
) -> None:
    calendar = await calendars.of(ANA)
    sandbox.world.revoke(ANA.email)
    with pytest.raises(ConsentRevoked):
        await calendar.free_busy.free_busy(DAY)
    sandbox.world.restore(ANA.email)
    broken = replace(CONNECTED, health=Health.BROKEN, trouble=Trouble.NO_ACCOUNT)
    await heard.connected(broken)
    with pytest.raises(NotIntegrated):
        await calendars.of(ANA)
    await (await calendars.through(ANA, broken)).free_busy.free_busy(DAY)
    assert heard.news == [Trouble.NO_ACCOUNT, "works"]


async def test_an_installation_without_google_opens_none_of_its_calendars(sandbox: Sandbox, heard: Heard) -> None:
    async with open_connections() as connections:
        around = Surroundings(
            settings=ProviderSettings(),
            organisation=organisation,
            connections=connections,
            real_now=sandbox.clock.real_now,
        )
        with pytest.raises(NotIntegrated):
            await open_calendars(around, heard, sandbox.clock).of(ANA)


def test_the_addresses_are_googles_unless_said_otherwise(sandbox: Sandbox) -> None:
    settings = GoogleSettings(service_account=account_of(sandbox))
    assert settings.api_base == "https://www.googleapis.com/calendar/v3"
    assert settings.oauth_base == "https://oauth2.googleapis.com"
