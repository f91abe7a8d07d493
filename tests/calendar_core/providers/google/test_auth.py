"""How we are let into Google: one token for many callers, renewed in time, never mixed up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.interval import Interval
from calendar_core.providers.connections import open_connections
from calendar_core.providers.google.opening import GoogleDomain, GoogleSettings
from calendar_core.providers.google.scopes import SCOPES
from calendar_core.providers.google.signing import ServiceAccount
from calendar_core.providers.patience import Patience
from sandbox.app import Sandbox
from sandbox.faults import Fault, Kind
from sandbox.world import Event, Mailbox, Person, Timed

from .opened import account_of, domain_for, open_for, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(NOW, 24 * 60)
ANA = Mailbox("ana@example.com", "Ana Ruiz", "google", "America/New_York")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(ANA)
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_connections() as connections:
        yield connections


@pytest.fixture
def account(sandbox: Sandbox) -> ServiceAccount:
    return account_of(sandbox)


@pytest.fixture
def settings(sandbox: Sandbox, account: ServiceAccount) -> GoogleSettings:
    async def pause(seconds: float) -> None:
        """Not waited."""

    return settings_for(sandbox, account, Patience(pause=pause))


@pytest.fixture
def domain(sandbox: Sandbox, settings: GoogleSettings, connections: aiohttp.ClientSession) -> GoogleDomain:
    return domain_for(sandbox, settings, connections)


def tokens_asked_for(sandbox: Sandbox) -> int:
    return len(sandbox.log.of(vendor="google", operation="token"))


async def test_fifty_callers_at_once_ask_for_one_token(sandbox: Sandbox, domain: GoogleDomain) -> None:
    sandbox.faults.latency_ms["google"] = 10
    calendars = [await open_for(domain, "ana@example.com") for _ in range(50)]
    await asyncio.gather(*(calendar.free_busy.free_busy(DAY) for calendar in calendars))
    assert tokens_asked_for(sandbox) == 1


async def test_fifty_callers_refused_at_once_renew_the_token_once(sandbox: Sandbox, domain: GoogleDomain) -> None:
    calendar = await open_for(domain, "ana@example.com")
    await calendar.free_busy.free_busy(DAY)
    sandbox.world.revoke(ANA.address)
    sandbox.world.restore(ANA.address)  # the old token stays dead
    sandbox.faults.latency_ms["google"] = 10
    await asyncio.gather(*(calendar.free_busy.free_busy(DAY) for _ in range(50)))
    assert tokens_asked_for(sandbox) == 2


async def test_a_caller_who_goes_away_does_not_take_the_others_token_along(
    sandbox: Sandbox, domain: GoogleDomain
) -> None:
    sandbox.faults.add(Fault("delay", operation="token", delay_ms=100))
    calendar = await open_for(domain, "ana@example.com")
    first = asyncio.create_task(calendar.free_busy.free_busy(DAY))
    second = asyncio.create_task(calendar.free_busy.free_busy(DAY))
    await asyncio.sleep(0)  # both wait for the same token now
    first.cancel()
    assert (await second).busy == ()
    assert tokens_asked_for(sandbox) == 1


async def test_two_peoples_answers_are_never_swapped(sandbox: Sandbox, domain: GoogleDomain) -> None:
    sandbox.faults.latency_ms["google"] = 5
    own = {f"person{n}@example.com": Interval.lasting(NOW + timedelta(minutes=15 * n), 15) for n in range(40)}
    for address, busy in own.items():
        sandbox.world.add_mailbox(Mailbox(address, address, "google", "UTC"))
        sandbox.world.create(Event(address, "", "", "Private", Timed(busy.start, busy.end), Person(address)))
    calendars = {address: await open_for(domain, address) for address in own}

    async def look(address: str) -> None:
        assert (await calendars[address].free_busy.free_busy(DAY)).busy == (own[address],)

    await asyncio.gather(*(look(address) for _ in range(5) for address in own))
    assert tokens_asked_for(sandbox) == len(own)


async def test_a_token_is_renewed_minutes_before_it_ends(
    settings: GoogleSettings, account: ServiceAccount, sandbox: Sandbox, connections: aiohttp.ClientSession
) -> None:
    @dataclass
    class SlowClock:
        behind: timedelta

        def now(self) -> datetime:
            return sandbox.clock.real_now() - self.behind

    clock = SlowClock(timedelta(seconds=3500))
    calendar = await open_for(GoogleDomain(settings, account, connections, clock.now), "ana@example.com")
    for behind, asked in ((3500, 1), (200, 1), (0, 2)):
        clock.behind = timedelta(seconds=behind)
        await calendar.free_busy.free_busy(DAY)
        assert tokens_asked_for(sandbox) == asked, "a token of 3599 s is good for 3374"


async def test_the_worlds_clock_has_no_say_in_what_is_signed(sandbox: Sandbox, domain: GoogleDomain) -> None:
    calendar = await open_for(domain, "ana@example.com")
    await calendar.free_busy.free_busy(DAY)
    sandbox.clock.jump(timedelta(days=30))
    await calendar.free_busy.free_busy(DAY)
    assert tokens_asked_for(sandbox) == 1


async def test_the_documented_scopes_are_enough_and_no_others_are_asked_for(
    sandbox: Sandbox, domain: GoogleDomain, account: ServiceAccount
) -> None:
    scopes = [scope.removeprefix("https://www.googleapis.com/auth/") for scope in SCOPES]
    assert scopes == ["calendar.events.owned", "calendar.freebusy"]
    sandbox.google.access.delegate(account.email, "example.com", scopes)
    calendar = await open_for(domain, "ana@example.com")
    await calendar.free_busy.free_busy(DAY)
    assert await calendar.events.find("0" * 32) is None


async def test_a_domain_that_has_not_approved_is_for_its_administrator(
    sandbox: Sandbox, domain: GoogleDomain, account: ServiceAccount
) -> None:
    sandbox.google.access.delegate(account.email, "example.com", ())
    with pytest.raises(ConsentRevoked) as revoked:
        await (await open_for(domain, "ana@example.com")).free_busy.free_busy(DAY)
    assert revoked.value.trouble is Trouble.ADMIN_CONSENT_MISSING


@pytest.mark.parametrize("address", ["nobody@example.com", "left@example.com"])
async def test_a_person_google_does_not_know_is_said_so(sandbox: Sandbox, domain: GoogleDomain, address: str) -> None:
    sandbox.world.add_mailbox(Mailbox("left@example.com", "Left", "google", "UTC", suspended=True))
    with pytest.raises(ConsentRevoked) as revoked:
        await (await open_for(domain, address)).free_busy.free_busy(DAY)
    assert revoked.value.trouble is Trouble.NO_ACCOUNT


@pytest.mark.parametrize("kind", ["status", "html", "empty", "truncate", "drop"])
async def test_a_silent_token_endpoint_revokes_nothing(sandbox: Sandbox, domain: GoogleDomain, kind: Kind) -> None:
    calendar = await open_for(domain, "ana@example.com")
    forever = sandbox.faults.add(Fault(kind, operation="token", times=None))
    with pytest.raises(ProviderUnavailable):
        await calendar.free_busy.free_busy(DAY)
    sandbox.faults.clear(forever.id)
    sandbox.faults.add(Fault(kind, operation="token"))
    assert (await calendar.free_busy.free_busy(DAY)).busy == ()


def test_a_key_never_shows_itself(account: ServiceAccount) -> None:
    assert "PRIVATE KEY" in account.private_key
    assert "PRIVATE" not in repr(account)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"client_email": "a@b", "private_key": "top secret"}'])
def test_a_wrong_key_file_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(ValueError, match="not the key file") as refused:
        ServiceAccount.from_json(text)
    assert "secret" not in str(refused.value)
