"""How we are let into a tenant: one token for all its people, renewed in time, from Entra itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from calendar_core.errors import ConsentRevoked, DomainRefused, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.interval import Interval
from calendar_core.providers.connections import open_connections
from calendar_core.providers.microsoft.auth import Application, ClientCertificate, ClientSecret, Entra
from calendar_core.providers.microsoft.opening import MicrosoftSettings, OutlookDomain
from calendar_core.providers.patience import Patience
from sandbox.app import Sandbox
from sandbox.faults import Fault, Kind
from sandbox.login import Application as Registered
from sandbox.login.directory import TENANT
from sandbox.world import Event, Mailbox, Person, Timed

from .opened import domain_for, open_for, organisation, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(NOW, 24 * 60)
SAM = Mailbox("sam@example.com", "Sam Okoye", "microsoft", "Europe/Berlin")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(SAM)
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_connections() as connections:
        yield connections


@pytest.fixture
def settings(sandbox: Sandbox) -> MicrosoftSettings:
    async def pause(seconds: float) -> None:
        """Not waited."""

    return settings_for(sandbox, Patience(pause=pause))


@pytest.fixture
def domain(sandbox: Sandbox, settings: MicrosoftSettings, connections: aiohttp.ClientSession) -> OutlookDomain:
    return domain_for(sandbox, settings, connections)


def tokens_asked_for(sandbox: Sandbox) -> int:
    return len(sandbox.log.of(vendor="login", operation="token"))


async def test_fifty_callers_at_once_ask_for_one_token(sandbox: Sandbox, domain: OutlookDomain) -> None:
    sandbox.faults.latency_ms["login"] = 10
    calendars = [await open_for(domain, SAM.address) for _ in range(50)]
    await asyncio.gather(*(calendar.free_busy.free_busy(DAY) for calendar in calendars))
    assert tokens_asked_for(sandbox) == 1


async def test_a_tenants_people_share_one_token_and_see_each_their_own(sandbox: Sandbox, domain: OutlookDomain) -> None:
    own = {f"person{n}@example.com": Interval.lasting(NOW + timedelta(minutes=15 * n), 15) for n in range(40)}
    for address, busy in own.items():
        sandbox.world.add_mailbox(Mailbox(address, address, "microsoft", "UTC"))
        sandbox.world.create(Event(address, "", "", "Private", Timed(busy.start, busy.end), Person(address)))
    calendars = {address: await open_for(domain, address) for address in own}

    async def look(address: str) -> None:
        assert (await calendars[address].free_busy.free_busy(DAY)).busy == (own[address],)

    await asyncio.gather(*(look(address) for _ in range(5) for address in own))
    assert tokens_asked_for(sandbox) == 1


async def test_fifty_callers_refused_at_once_renew_the_token_once(sandbox: Sandbox, domain: OutlookDomain) -> None:
    calendar = await open_for(domain, SAM.address)
    await calendar.free_busy.free_busy(DAY)
    sandbox.world.revoke("example.com")
    sandbox.world.restore("example.com")  # the old token stays dead
    sandbox.faults.latency_ms["login"] = 10
    await asyncio.gather(*(calendar.free_busy.free_busy(DAY) for _ in range(50)))
    assert tokens_asked_for(sandbox) == 2


async def test_a_caller_who_goes_away_does_not_take_the_others_token_along(
    sandbox: Sandbox, domain: OutlookDomain
) -> None:
    sandbox.faults.add(Fault("delay", operation="token", delay_ms=100))
    calendar = await open_for(domain, SAM.address)
    first = asyncio.create_task(calendar.free_busy.free_busy(DAY))
    second = asyncio.create_task(calendar.free_busy.free_busy(DAY))
    await asyncio.sleep(0)  # both wait for the same token now
    first.cancel()
    assert (await second).busy == ()
    assert tokens_asked_for(sandbox) == 1


@dataclass
class SlowClock:
    """Real time, some seconds behind."""

    sandbox: Sandbox
    behind: int

    def now(self) -> datetime:
        return self.sandbox.clock.real_now() - timedelta(seconds=self.behind)


async def test_a_token_is_renewed_minutes_before_it_ends(
    settings: MicrosoftSettings, sandbox: Sandbox, connections: aiohttp.ClientSession
) -> None:
    clock = SlowClock(sandbox, 3500)
    calendar = await open_for(OutlookDomain(settings, connections, clock.now, organisation), SAM.address)
    for behind, asked in ((3500, 1), (200, 1), (0, 2)):
        clock.behind = behind
        await calendar.free_busy.free_busy(DAY)
        assert tokens_asked_for(sandbox) == asked, "a token of 3599 s is good for 3374"


@pytest.mark.parametrize("kind", ["status", "html", "empty", "truncate", "drop"])
async def test_a_token_in_its_last_minutes_serves_on_while_entra_is_silent(
    settings: MicrosoftSettings, sandbox: Sandbox, connections: aiohttp.ClientSession, kind: Kind
) -> None:
    clock = SlowClock(sandbox, 3500)
    calendar = await open_for(OutlookDomain(settings, connections, clock.now, organisation), SAM.address)
    await calendar.free_busy.free_busy(DAY)
    sandbox.faults.add(Fault(kind, vendor="login", times=None))
    clock.behind = 0
    assert (await calendar.free_busy.free_busy(DAY)).busy == ()
    clock.behind = -600
    with pytest.raises(ProviderUnavailable):
        await calendar.free_busy.free_busy(DAY)


async def test_the_worlds_clock_has_no_say_in_what_is_signed(sandbox: Sandbox, domain: OutlookDomain) -> None:
    calendar = await open_for(domain, SAM.address)
    await calendar.free_busy.free_busy(DAY)
    sandbox.clock.jump(timedelta(days=30))
    await calendar.free_busy.free_busy(DAY)
    assert tokens_asked_for(sandbox) == 1


@pytest.mark.parametrize("operation", ["metadata", "token"])
@pytest.mark.parametrize("kind", ["status", "html", "empty", "truncate", "drop"])
async def test_a_silent_entra_revokes_nothing_and_is_not_remembered(
    sandbox: Sandbox, domain: OutlookDomain, kind: Kind, operation: str
) -> None:
    calendar = await open_for(domain, SAM.address)
    sandbox.faults.add(Fault(kind, operation=operation, times=None))
    with pytest.raises(ProviderUnavailable):
        await calendar.free_busy.free_busy(DAY)
    sandbox.faults.clear()
    sandbox.faults.add(Fault(kind, operation=operation))
    assert (await calendar.free_busy.free_busy(DAY)).busy == ()


async def test_half_of_what_a_tenant_says_of_itself_is_no_answer(
    sandbox: Sandbox, domain: OutlookDomain, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.faults.add(Fault("html", vendor="login", status=200, times=None))
    monkeypatch.setattr("sandbox.faults.HTML", "{}")
    with pytest.raises(ProviderUnavailable):
        await (await open_for(domain, SAM.address)).free_busy.free_busy(DAY)


async def test_a_tenant_that_has_not_let_us_in_is_for_its_administrator(
    sandbox: Sandbox, domain: OutlookDomain, settings: MicrosoftSettings
) -> None:
    calendar = await open_for(domain, SAM.address)
    sandbox.entra.directory.withdraw(TENANT, settings.application.client_id)
    with pytest.raises(ConsentRevoked) as revoked:
        await calendar.free_busy.free_busy(DAY)
    assert revoked.value.trouble is Trouble.ADMIN_CONSENT_MISSING


async def test_a_tenant_that_is_none_is_for_its_administrator(
    sandbox: Sandbox, settings: MicrosoftSettings, connections: aiohttp.ClientSession
) -> None:
    entra = Entra(settings.login_base, settings.graph_base, connections, sandbox.clock.real_now, TIMEOUT)
    with pytest.raises(ConsentRevoked):
        await entra.exchange(settings.application, "5a4db0c5-0000-4000-8000-00000000dead")


TIMEOUT = aiohttp.ClientTimeout(total=5)


async def test_a_wrong_secret_is_the_operators_affair_and_is_noted_with_entras_number_alone(
    sandbox: Sandbox, settings: MicrosoftSettings, connections: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Application(settings.application.client_id, ClientSecret("guessed-secret"))
    domain = domain_for(sandbox, replace(settings, application=wrong), connections)
    with caplog.at_level(logging.DEBUG), pytest.raises(DomainRefused) as refused:
        await (await open_for(domain, SAM.address)).free_busy.free_busy(DAY)
    assert refused.value.trouble is Trouble.KEY_REFUSED
    assert "7000215" in caplog.text
    assert "guessed-secret" not in caplog.text
    assert tokens_asked_for(sandbox) == 1


async def test_a_token_without_the_permission_does_not_cover_the_mailbox(
    sandbox: Sandbox, domain: OutlookDomain, settings: MicrosoftSettings
) -> None:
    sandbox.entra.directory.consent(TENANT, settings.application.client_id, ())
    with pytest.raises(ConsentRevoked) as revoked:
        await (await open_for(domain, SAM.address)).free_busy.free_busy(DAY)
    assert revoked.value.trouble is Trouble.NOT_COVERED


async def test_reading_and_writing_calendars_is_permission_enough(
    sandbox: Sandbox, domain: OutlookDomain, settings: MicrosoftSettings
) -> None:
    sandbox.entra.directory.consent(TENANT, settings.application.client_id, ("Calendars.ReadWrite",))
    calendar = await open_for(domain, SAM.address)
    await calendar.free_busy.free_busy(DAY)
    assert await calendar.events.find("0" * 32) is None


async def test_a_certificate_lets_us_in_as_well(
    sandbox: Sandbox, settings: MicrosoftSettings, connections: aiohttp.ClientSession
) -> None:
    credential = certificate()
    client = settings.application.client_id
    sandbox.entra.directory.register(Registered(client, certificates=(credential.public_certificate,)))
    domain = domain_for(sandbox, replace(settings, application=Application(client, credential)), connections)
    assert (await (await open_for(domain, SAM.address)).free_busy.free_busy(DAY)).busy == ()


def test_a_credential_never_shows_itself() -> None:
    assert "secret" not in repr(Application("client", ClientSecret("secret")))
    assert "PRIVATE" not in repr(Application("client", certificate()))


@pytest.mark.parametrize("part", ["private_key", "public_certificate"])
def test_a_broken_certificate_is_refused_without_quoting_it(part: str) -> None:
    broken = replace(certificate(), **{part: "top secret"})
    with pytest.raises(ValueError, match="not the key and the certificate") as refused:
        Application("client", broken)
    assert "top secret" not in str(refused.value)


async def test_the_addresses_are_microsofts_unless_said_otherwise(connections: aiohttp.ClientSession) -> None:
    public = MicrosoftSettings(application=Application("client", ClientSecret("secret")))
    here = Entra(public.login_base, public.graph_base, connections, lambda: NOW, TIMEOUT)
    assert (here.authority, here.scope) == (
        "https://login.microsoftonline.com",
        "https://graph.microsoft.com/.default",
    )
    national = Entra(
        "https://login.microsoftonline.us", "https://graph.microsoft.us", connections, lambda: NOW, TIMEOUT
    )
    assert (national.authority, national.scope) == (
        "https://login.microsoftonline.us",
        "https://graph.microsoft.us/.default",
    )
    assert replace(here, login_base="http://127.0.0.1:1/login").authority == here.authority


def certificate() -> ClientCertificate:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pairtime")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=3650))
    return ClientCertificate(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode(),
    )
