"""The REST side, against the sandbox's Teams: what is tried again, what is refused, and to whom nothing is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from time import monotonic

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from adapters.main.real_clock import real_now
from adapters.outbox import NotAsked
from adapters.teams.assertion import Certificate
from adapters.teams.connector import MOST_WAITING, Connector, NoSuchMessage, NotThere, Place, TeamsRefused, TooLarge
from adapters.teams.pace import Pace
from adapters.teams.tokens import BotTokens, ClientCredentials, ManagedIdentity
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.login.directory import Application

HELLO = {"type": "message", "text": "hello"}


@dataclass
class Here:
    """`sam` is his chat with the bot; `paused` how long was waited."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    connector: Connector
    credentials: ClientCredentials
    sam: Place
    paused: list[float]

    def said(self) -> list[str]:
        return [each.text for each in self.sandbox.teams.state.messages.of(self.sam.conversation)]

    def fail(self, operation: str, status: int, times: int = 1, **more: object) -> None:
        armed = Fault("status", vendor="teams", operation=operation, status=status, times=times)
        self.sandbox.faults.add(replace(armed, **more))  # type: ignore[arg-type]  # of a fault


@pytest.fixture
async def here() -> AsyncIterator[Here]:
    async with Sandbox() as sandbox, aiohttp.ClientSession() as http:
        body = {"address": "sam@example.com", "suite": "microsoft", "time_zone": "Europe/Berlin"}
        async with http.post(f"{sandbox.url}/_/mailbox", json=body) as answer:
            assert answer.status == 200
        bot, teams, paused, watch = sandbox.teams_bot(), sandbox.teams, list[float](), [0.0]
        credentials = ClientCredentials(
            http=http,
            login_base=f"{sandbox.url}/login",
            tenant=bot.tenant,
            app_id=bot.app_id,
            resource="https://api.botframework.com",
            proof=bot.secret,
            real_now=real_now,
        )

        async def pause(seconds: float) -> None:
            paused.append(seconds)
            watch[0] += seconds

        chat = teams.hands.conversation(teams.hands.person("sam@example.com"), "")
        teams.state.conversations.changed(chat, bot=True)
        connector = Connector(
            http, BotTokens(credentials, real_now), Pace(lambda: watch[0]), (f"{sandbox.url}/teams",), pause=pause
        )
        place = Place(bot.tenant, teams.state.service(bot.tenant), chat.id)
        yield Here(sandbox, http, connector, credentials, place, paused)


async def test_a_message_is_sent_and_changed_as_long_as_it_is_there(here: Here) -> None:
    message = await here.connector.send(here.sam, HELLO)
    await here.connector.update(here.sam, message, {**HELLO, "text": "goodbye"})
    assert here.said() == ["goodbye"]
    state = here.sandbox.teams.state.messages
    [kept] = state.of(here.sam.conversation)
    state.remove(kept)
    with pytest.raises(NoSuchMessage):
        await here.connector.update(here.sam, message, HELLO)


@pytest.mark.parametrize("status", [412, 502, 503, 504])
async def test_what_may_be_tried_again_is_and_waits_longer_each_time(here: Here, status: int) -> None:
    here.fail("activities.send", status, times=2)
    await here.connector.send(here.sam, HELLO)
    assert here.said() == ["hello"]
    assert here.paused == [0.5, 1.0]


async def test_how_long_teams_says_is_waited_or_left_to_whoever_comes_again(here: Here) -> None:
    here.fail("activities.send", 429, retry_after=2)
    await here.connector.send(here.sam, HELLO)
    assert here.paused[0] == 2.0
    here.fail("activities.send", 429, retry_after=60)
    with pytest.raises(NotAsked) as refused:
        await here.connector.send(here.sam, HELLO)
    assert refused.value.retry_after == timedelta(seconds=60)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, TeamsRefused), (403, NotThere), (404, NotThere), (413, TooLarge), (500, ProviderUnavailable)],
)
async def test_everything_else_is_asked_once(here: Here, status: int, kind: type[Exception]) -> None:
    here.fail("activities.send", status, times=5)
    with pytest.raises(kind):
        await here.connector.send(here.sam, HELLO)
    assert len([each for each in here.sandbox.log.calls if each.operation == "activities.send"]) == 1
    assert here.paused == []


async def test_a_lost_answer_is_no_reason_to_send_again(here: Here) -> None:
    here.sandbox.faults.add(Fault("drop", vendor="teams", operation="activities.send", after_commit=True))
    with pytest.raises(ProviderUnavailable) as lost:
        await here.connector.send(here.sam, HELLO)
    assert not isinstance(lost.value, NotAsked)
    assert here.said() == ["hello"]


async def test_what_may_have_been_done_before_is_in_doubt_although_it_was_not_asked_again(here: Here) -> None:
    here.fail("activities.send", 502)
    here.fail("activities.send", 429, retry_after=60)
    with pytest.raises(ProviderUnavailable) as lost:
        await here.connector.send(here.sam, HELLO)
    assert not isinstance(lost.value, NotAsked)
    assert lost.value.retry_after == timedelta(seconds=60)


async def test_one_conversation_is_talked_to_in_order_and_no_more_waits_than_there_is_room_for(here: Here) -> None:
    texts = [f"number {number}" for number in range(MOST_WAITING)]
    sent = (here.connector.send(here.sam, {**HELLO, "text": text}) for text in (*texts, "one too many"))
    *_, last = await asyncio.gather(*sent, return_exceptions=True)
    assert isinstance(last, NotAsked)
    assert here.said() == texts


async def test_a_token_that_is_refused_is_asked_for_anew_once(here: Here) -> None:
    here.fail("activities.send", 401)
    await here.connector.send(here.sam, HELLO)
    here.fail("activities.send", 401, times=5)
    with pytest.raises(TeamsRefused):
        await here.connector.send(here.sam, HELLO)


@pytest.mark.parametrize("service", ["http://127.0.0.1:1/teams/", "https://smba.trafficmanager.net/emea/", ""])
async def test_nothing_is_sent_anywhere_else(here: Here, service: str) -> None:
    with pytest.raises(TeamsRefused):
        await here.connector.send(replace(here.sam, service_url=service), HELLO)


async def test_a_larger_message_than_teams_takes_is_refused_there(here: Here) -> None:
    with pytest.raises(TooLarge):
        await here.connector.send(here.sam, {**HELLO, "text": "x" * 200_000})


# --- who the bot is --------------------------------------------------------------------------------------------------


async def test_a_wrong_secret_is_told_apart_from_silence(here: Here) -> None:
    with pytest.raises(ProviderRejected):
        await replace(here.credentials, proof="sesame").fetch()
    with pytest.raises(ProviderUnavailable):
        await replace(here.credentials, login_base="http://127.0.0.1:1").fetch()


async def test_a_certificate_proves_it_as_well(here: Here) -> None:
    pem, public = certificate()
    bot = here.sandbox.teams_bot()
    here.sandbox.entra.directory.register(Application(bot.app_id, certificates=(public,)))
    token = await replace(here.credentials, proof=Certificate.from_pem(pem)).fetch()
    assert token.ends_at > real_now()
    other, _ = certificate()
    with pytest.raises(ProviderRejected):
        await replace(here.credentials, proof=Certificate.from_pem(other)).fetch()


async def test_on_azures_machines_the_machine_is_asked(here: Here) -> None:
    machine = ManagedIdentity(
        http=here.http,
        base=f"{here.sandbox.url}/teams",
        app_id=here.sandbox.teams_bot().app_id,
        resource="https://api.botframework.com",
        real_now=real_now,
    )
    connector = Connector(here.http, BotTokens(machine, real_now), Pace(monotonic), (f"{here.sandbox.url}/teams",))
    assert await connector.send(here.sam, HELLO)


def certificate() -> tuple[str, str]:
    """Key and certificate as one text, and the certificate alone."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pairtime")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=3650))
    public = built.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode() + public, public
