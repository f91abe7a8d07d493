"""A person's Outlook calendar, opened the way the program opens it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp
import pytest

from calendar_core.errors import NotIntegrated
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.interval import Interval
from calendar_core.people import Organisation, OrganisationId, User, UserId
from calendar_core.providers import OpenedCalendars, ProviderSettings, Surroundings, open_calendars
from calendar_core.providers.connections import open_connections
from calendar_core.providers.microsoft.opening import OutlookDomain
from sandbox.app import Sandbox
from sandbox.login.directory import object_id
from sandbox.world import Mailbox
from tests.calendar_core.providers.heard import Heard

from .opened import organisation, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(NOW, 24 * 60)
SAM = User(UserId(2), OrganisationId(1), "sam@example.com", "Sam Okoye", "Europe/Berlin")
CONNECTED = Integration(SAM.id, IntegrationKind.OUTLOOK_DOMAIN, Health.OK, "Sam@Example.com", checked_at=NOW)
MAILBOX = Mailbox(SAM.email, SAM.name, "microsoft", SAM.time_zone)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(MAILBOX)
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_connections() as connections:
        yield connections


def calendars(sandbox: Sandbox, connections: aiohttp.ClientSession, heard: Heard) -> OpenedCalendars:
    around = Surroundings(
        settings=ProviderSettings(microsoft=settings_for(sandbox)),
        organisation=organisation,
        connections=connections,
        real_now=sandbox.clock.real_now,
    )
    return open_calendars(around, heard, sandbox.clock)


async def test_opening_a_calendar_calls_nobody_and_does_not_open_it_twice(
    sandbox: Sandbox, connections: aiohttp.ClientSession
) -> None:
    opened = calendars(sandbox, connections, Heard(CONNECTED))
    calendar = await opened.of(SAM)
    assert sandbox.log.calls == []
    assert (await calendar.free_busy.free_busy(DAY)).busy == ()
    await (await opened.of(SAM)).free_busy.free_busy(DAY)
    assert len(sandbox.log.of(operation="token")) == 1


async def test_a_person_known_by_entras_own_id_is_asked_by_it(
    sandbox: Sandbox, connections: aiohttp.ClientSession
) -> None:
    by_id = replace(CONNECTED, account=object_id(MAILBOX))
    calendar = await calendars(sandbox, connections, Heard(by_id)).of(SAM)
    assert (await calendar.free_busy.free_busy(DAY)).busy == ()


@pytest.mark.parametrize("tenant", [None, "", "a/../b", "tenant?x=1"])
async def test_without_a_tenant_an_administrator_must_approve_first(
    sandbox: Sandbox, connections: aiohttp.ClientSession, tenant: str | None
) -> None:
    async def elsewhere(id: OrganisationId) -> Organisation:
        return Organisation(id, "Example", entra_tenant=tenant)

    domain = OutlookDomain(settings_for(sandbox), connections, sandbox.clock.real_now, elsewhere)
    with pytest.raises(NotIntegrated) as refusal:
        await domain.open(SAM, CONNECTED)
    assert refusal.value.trouble is Trouble.ADMIN_CONSENT_MISSING
