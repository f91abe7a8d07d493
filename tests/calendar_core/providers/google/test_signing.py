"""Without a key: the workload's own token and IAM's signature; and whose fault a refusal is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, DomainRefused, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.interval import Interval
from calendar_core.providers.connections import open_connections
from calendar_core.providers.google.opening import GoogleDomain
from calendar_core.providers.google.signing import KeylessAccount, ServiceAccount
from calendar_core.providers.patience import Patience
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.world import Mailbox

from .opened import account_of, domain_for, open_for, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(NOW, 24 * 60)
HASTE = Patience(first_pause=0.001, tries=2)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        for name in ("ana", "ines"):
            running.world.add_mailbox(Mailbox(f"{name}@example.com", name.title(), "google", "UTC"))
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_connections() as connections:
        yield connections


@pytest.fixture
def keyless(sandbox: Sandbox, connections: aiohttp.ClientSession) -> GoogleDomain:
    account = account_of(sandbox)
    google = f"{sandbox.url}/google"
    settings = settings_for(sandbox, account, HASTE)
    settings = replace(settings, service_account=KeylessAccount(account.email, f"{google}/iam", f"{google}/metadata"))
    assert isinstance(settings.service_account, KeylessAccount)
    return GoogleDomain(settings, settings.service_account, connections, sandbox.clock.real_now)


def asked(sandbox: Sandbox, operation: str) -> int:
    return len(sandbox.log.of(vendor="google", operation=operation))


async def test_a_calendar_opens_without_any_key_and_the_workload_s_token_is_asked_for_once(
    sandbox: Sandbox, keyless: GoogleDomain
) -> None:
    for name in ("ana", "ines"):
        assert (await (await open_for(keyless, f"{name}@example.com")).free_busy.free_busy(DAY)).busy == ()
    assert (asked(sandbox, "metadata.token"), asked(sandbox, "iam.signJwt"), asked(sandbox, "token")) == (1, 2, 2)


async def test_a_workload_that_may_not_sign_is_everybody_s_trouble_and_the_operator_s_to_repair(
    sandbox: Sandbox, keyless: GoogleDomain
) -> None:
    sandbox.google.signing.may_sign(account_of(sandbox).email, allowed=False)
    with pytest.raises(DomainRefused) as refused:
        await (await open_for(keyless, "ana@example.com")).free_busy.free_busy(DAY)
    assert refused.value.trouble is Trouble.KEY_REFUSED


@pytest.mark.parametrize("operation", ["metadata.token", "iam.signJwt"])
async def test_a_silence_of_those_who_sign_revokes_nothing(
    sandbox: Sandbox, keyless: GoogleDomain, operation: str
) -> None:
    sandbox.faults.add(Fault("status", status=503, operation=operation, times=None))
    with pytest.raises(ProviderUnavailable):
        await (await open_for(keyless, "ana@example.com")).free_busy.free_busy(DAY)
    sandbox.faults.clear()
    await (await open_for(keyless, "ana@example.com")).free_busy.free_busy(DAY)


# --- whose fault it is -----------------------------------------------------------------------------------------------


def opened(
    sandbox: Sandbox,
    connections: aiohttp.ClientSession,
    real_now: Callable[[], datetime],
    account: ServiceAccount | None = None,
) -> GoogleDomain:
    account = account or account_of(sandbox)
    return GoogleDomain(settings_for(sandbox, account, HASTE), account, connections, real_now)


@pytest.mark.parametrize("ahead", [timedelta(hours=-2), timedelta(minutes=10), timedelta(hours=2)])
async def test_a_wrong_clock_of_ours_is_told_from_a_person_google_does_not_know(
    sandbox: Sandbox, connections: aiohttp.ClientSession, ahead: timedelta
) -> None:
    domain = opened(sandbox, connections, lambda: sandbox.clock.real_now() + ahead)
    with pytest.raises(DomainRefused) as refused:
        await (await open_for(domain, "ana@example.com")).free_busy.free_busy(DAY)
    assert refused.value.trouble is Trouble.CLOCK_WRONG


async def test_a_deleted_key_is_told_from_a_person_google_does_not_know(
    sandbox: Sandbox, connections: aiohttp.ClientSession
) -> None:
    account = account_of(sandbox)
    domain = opened(sandbox, connections, sandbox.clock.real_now, account)
    sandbox.world.remember(f"google account {account.email}", None)
    with pytest.raises(DomainRefused) as refused:
        await (await open_for(domain, "ana@example.com")).free_busy.free_busy(DAY)
    assert refused.value.trouble is Trouble.KEY_REFUSED


async def test_that_our_own_key_is_good_is_proved_once_however_many_are_unknown(
    sandbox: Sandbox, connections: aiohttp.ClientSession
) -> None:
    domain = domain_for(sandbox, settings_for(sandbox, account_of(sandbox), HASTE), connections)
    for number in range(5):
        with pytest.raises(ConsentRevoked) as refused:
            await (await open_for(domain, f"nobody{number}@example.com")).free_busy.free_busy(DAY)
        assert (type(refused.value), refused.value.trouble) == (ConsentRevoked, Trouble.NO_ACCOUNT)
    assert asked(sandbox, "token") == 6
