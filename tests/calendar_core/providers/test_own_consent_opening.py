"""People's own calendars, opened the way the program opens them."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, NotIntegrated, StoreUnavailable
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.interval import Interval
from calendar_core.people import User
from calendar_core.ports import Granted
from calendar_core.providers import OpenedCalendars, ProviderSettings, Surroundings, open_calendars, open_consents
from calendar_core.providers.connections import open_connections
from calendar_core.store import Store, open_store
from calendar_core.store.vault import Vault
from sandbox.app import Sandbox
from sandbox.clock import WorldClock
from sandbox.login.challenges import Challenges
from sandbox.world import Mailbox
from tests.contracts.store.cast import NOW

from .at_the_page import STATE, answered, consented
from .google import opened as google
from .heard import Heard
from .keeping import kept, person
from .microsoft import opened as microsoft

GRAPH = "https://graph.microsoft.com/Calendars.ReadWrite"
DAY = Interval.lasting(NOW, 24 * 60)
KINDS = (IntegrationKind.GOOGLE_INDIVIDUAL, IntegrationKind.OUTLOOK_INDIVIDUAL)
ADDRESS = dict(zip(KINDS, ("ana@example.com", "ines@example.com"), strict=True))
REDIRECT = dict(zip(KINDS, (google.REDIRECT, microsoft.REDIRECT), strict=True))


@dataclass
class Installation:
    """As adapters/main wires it."""

    sandbox: Sandbox
    store: Store
    around: Surroundings
    heard: Heard

    def calendars(self) -> OpenedCalendars:
        return open_calendars(self.around, self.heard, self.sandbox.clock)

    async def user(self) -> User:
        assert self.heard.integration.kind is not None
        return await person(self.store, ADDRESS[self.heard.integration.kind])

    async def connect(self) -> User:
        kind, user = self.heard.integration.kind, await self.user()
        assert kind is not None
        granted = await consented(self.sandbox, open_consents(self.around)[kind], user, REDIRECT[kind])
        assert isinstance(granted, Granted)
        await self.store.credentials.put(user.id, granted)
        self.sandbox.log.clear()
        return user


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(Mailbox("ana@example.com", "Ana", "google", "America/New_York"))
        running.world.add_mailbox(Mailbox("ines@example.com", "Ines", "microsoft", "Europe/Berlin"))
        yield running


@pytest.fixture(params=KINDS, ids=lambda kind: kind.value)
async def installation(request: pytest.FixtureRequest, sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Installation]:
    kind: IntegrationKind = request.param
    async with kept(tmp_path) as store, open_connections() as connections:
        user = await person(store, ADDRESS[kind])
        yield Installation(
            sandbox,
            store,
            around(sandbox, store, connections),
            Heard(Integration(user.id, kind, Health.OK, user.email, checked_at=NOW)),
        )


def around(sandbox: Sandbox, store: Store, connections: aiohttp.ClientSession) -> Surroundings:
    return Surroundings(
        settings=ProviderSettings(google=google.settings_for(sandbox, None), microsoft=microsoft.settings_for(sandbox)),
        organisation=store.people.organisation,
        connections=connections,
        real_now=sandbox.clock.real_now,
        credentials=store.credentials,
    )


async def test_opening_a_calendar_calls_nobody_and_the_first_token_is_the_sign_ins(installation: Installation) -> None:
    user = await installation.connect()
    calendar = await installation.calendars().of(user)
    assert installation.sandbox.log.calls == []
    assert (await calendar.free_busy.free_busy(DAY)).busy == ()
    assert installation.sandbox.log.of(operation="token") == []


async def test_without_a_consent_there_is_nothing_to_open(installation: Installation) -> None:
    with pytest.raises(NotIntegrated) as refused:
        await installation.calendars().of(await installation.user())
    assert refused.value.trouble is Trouble.NEVER_CONNECTED


async def test_one_vendors_consent_does_not_open_the_others_calendar(installation: Installation) -> None:
    user = await installation.connect()
    (other,) = (kind for kind in KINDS if kind is not installation.heard.integration.kind)
    with pytest.raises(NotIntegrated):
        await installation.calendars().through(user, replace(installation.heard.integration, kind=other))


async def test_without_keys_nobody_connects_a_calendar_of_their_own(installation: Installation) -> None:
    keyless = replace(installation.around, credentials=None)
    assert open_consents(keyless) == {}
    with pytest.raises(NotIntegrated):
        await open_calendars(keyless, installation.heard, installation.sandbox.clock).of(await installation.user())


async def test_what_no_key_opens_is_our_own_trouble_and_nobodys_consent(installation: Installation) -> None:
    user = await installation.connect()
    other = open_store(
        installation.store.database.url.render_as_string(hide_password=False),
        WorldClock(NOW),
        vault=Vault([("other", b"o" * 32)]),
    )
    wrong = replace(installation.around, credentials=other.credentials)
    with pytest.raises(StoreUnavailable):
        await open_calendars(wrong, installation.heard, installation.sandbox.clock).of(user)
    assert installation.heard.news == []
    await other.close()


async def test_withdrawn_access_is_heard_of_and_a_new_consent_heals_it(installation: Installation) -> None:
    user = await installation.connect()
    calendar = await installation.calendars().of(user)
    installation.sandbox.world.revoke(user.email)
    with pytest.raises(ConsentRevoked):
        await calendar.free_busy.free_busy(DAY)
    assert installation.heard.news == [Trouble.ACCESS_WITHDRAWN]
    installation.sandbox.world.restore(user.email)
    await installation.connect()
    await calendar.free_busy.free_busy(DAY)
    assert installation.heard.news == [Trouble.ACCESS_WITHDRAWN, "works"]


async def test_graphs_demands_are_met_without_anybody_noticing(installation: Installation) -> None:
    user = await installation.connect()
    calendar = await installation.calendars().of(user)
    Challenges(installation.sandbox.world).demand(user.email)
    for _ in range(2):
        await calendar.free_busy.free_busy(DAY)
    microsoft_alone = installation.heard.integration.kind is IntegrationKind.OUTLOOK_INDIVIDUAL
    assert len(installation.sandbox.log.of(operation="token")) == int(microsoft_alone)
    assert installation.heard.news == []


async def test_no_log_tells_what_consents_are_made_of(
    installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    kind, user = installation.heard.integration.kind, await installation.user()
    assert kind is not None
    consent = open_consents(installation.around)[kind]
    begun = await consent.begin(user, state=STATE, redirect=REDIRECT[kind])
    answer = await answered(installation.sandbox, begun.url, user.email)
    granted = await consent.finish(begun.flow, answer)
    assert isinstance(granted, Granted)
    assert granted.access is not None
    await installation.store.credentials.put(user.id, replace(granted, access=None))
    calendar = await installation.calendars().of(user)
    await calendar.free_busy.free_busy(DAY)
    renewed = await installation.store.credentials.of(user.id)
    assert renewed is not None
    assert renewed.access is not None
    installation.sandbox.world.revoke(user.email)
    with pytest.raises(ConsentRevoked):
        await calendar.free_busy.free_busy(DAY)
    told = "\n".join(record.getMessage() for record in caplog.records)
    texts = re.findall(r"[\w./~-]{20,}", f"{begun.flow} {granted.secret} {renewed.secret}")
    tokens = [granted.access.token, renewed.access.token, answer["code"], user.email]
    plain = {"code_verifier", GRAPH, GRAPH.removeprefix("https:"), REDIRECT[kind], "login.microsoftonline.com"}
    assert [each for each in {*texts, *tokens} - plain if each in told] == []
