"""`pairtime keys`, as an operator changes keys."""

from __future__ import annotations

import asyncio
import base64
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from adapters.settings import read_settings
from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.ports import Consent, Granted
from calendar_core.store import Store, open_store
from calendar_core.store.vault import Vault
from sandbox.clock import WorldClock
from tests.calendar_core.providers.at_the_page import consented
from tests.calendar_core.providers.google import opened as google
from tests.calendar_core.providers.microsoft import opened as microsoft
from tests.contracts.store.cast import NOW, enrol
from tests.contracts.store.credentials import GOOGLE
from tests.faults.town import Town, founded, in_slack

from .conftest import COMMAND, ROOT, Shell

PAIRS, BUSY = 4, 2  # the busy ones ask for times all the while


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"


def test_a_new_key_is_one_that_can_be_set(shell: Shell, database: str) -> None:
    first, second = (shell.run("keys", "new").stdout.strip() for _ in range(2))
    settings = read_settings({"PAIRTIME_DATABASE_URL": database, "PAIRTIME_ENCRYPTION_KEYS": f"{first}, {second}"})
    assert [each.id for each in settings.encryption_keys] == [first.partition(":")[0], second.partition(":")[0]]
    assert len({each.key.reveal() for each in settings.encryption_keys}) == 2
    assert all(len(base64.b64decode(each.key.reveal())) == 32 for each in settings.encryption_keys)


def test_without_keys_there_is_nothing_to_change(shell: Shell, database: str) -> None:
    asked = shell.run("keys", "rotate", PAIRTIME_DATABASE_URL=database)
    assert asked.returncode == 2
    assert "`pairtime keys new`" in asked.stderr


def test_where_nothing_is_sealed_the_newest_key_is_all_that_is_needed(shell: Shell, database: str) -> None:
    key = shell.run("keys", "new").stdout.strip()
    asked = shell.run("keys", "rotate", PAIRTIME_DATABASE_URL=database, PAIRTIME_ENCRYPTION_KEYS=key)
    name = key.partition(":")[0]
    assert (asked.returncode, asked.stdout.splitlines()) == (
        0,
        [
            f"Sealed anew with {name}: 0.",
            f"Everything is sealed with {name}. The other keys can be taken out of PAIRTIME_ENCRYPTION_KEYS.",
        ],
    )


async def test_keys_are_changed_and_what_needs_another_is_said(shell: Shell, database: str) -> None:
    old, new = (shell.run("keys", "new").stdout.strip() for _ in range(2))
    shell.run("migrate", PAIRTIME_DATABASE_URL=database)
    await keep_one(database, old)
    lost = shell.run("keys", "rotate", PAIRTIME_DATABASE_URL=database, PAIRTIME_ENCRYPTION_KEYS=new)
    assert lost.returncode == 1
    assert f"1 with {old.partition(':')[0]}" in lost.stderr
    assert "Add the key again" in lost.stderr
    both = {"PAIRTIME_DATABASE_URL": database, "PAIRTIME_ENCRYPTION_KEYS": f"{new},{old}"}
    assert "Sealed anew" in shell.run("keys", "rotate", **both).stdout
    alone = shell.run("keys", "rotate", PAIRTIME_DATABASE_URL=database, PAIRTIME_ENCRYPTION_KEYS=new)
    assert (alone.returncode, alone.stderr) == (0, "")
    for asked in (lost, alone):
        assert old.partition(":")[2] not in asked.stdout + asked.stderr


async def test_keys_are_changed_while_a_server_answers_and_renews(shell: Shell, database: str) -> None:
    old, new = (shell.run("keys", "new").stdout.strip() for _ in range(2))
    async with founded(database, PAIRS) as town:
        store = store_with(database, old, town.sandbox.clock)
        await all_connected_by_themselves(town, store)
        environment = town.environment() | await in_slack(town) | clients_of(town)
        both = {**environment, "PAIRTIME_ENCRYPTION_KEYS": f"{new},{old}"}
        async with serving_with(both, town):
            before, asked = renewals(town), 0
            rotating = asyncio.create_task(asyncio.to_thread(lambda: shell.run("keys", "rotate", **both)))
            while not rotating.done() or asked < 2:
                await asks_with_ended_tokens(town, asked % BUSY)
                asked += 1
            assert renewals(town) >= before + 2
            done = await rotating
            assert (done.returncode, done.stderr) == (0, "")
            sealed_anew = int(done.stdout.partition(": ")[2].partition(".")[0])
            assert sealed_anew >= 2 * (PAIRS - BUSY), "at least those whose tokens nobody used meanwhile"
            assert await store.secrets.sealed_by() == {new.partition(":")[0]: 2 * 2 * PAIRS}, "two of each person"
        await store.close()
        async with serving_with({**environment, "PAIRTIME_ENCRYPTION_KEYS": new}, town):
            for number in range(PAIRS):
                await asks_with_ended_tokens(town, number)


def store_with(database: str, key: str, clock: WorldClock) -> Store:
    """One that seals with this key."""
    name, _, text = key.partition(":")
    return open_store(database, clock, vault=Vault([(name, base64.b64decode(text))]))


async def keep_one(database: str, key: str) -> None:
    """A consent of Ana's, sealed with this key."""
    store = store_with(database, key, WorldClock(NOW))
    await store.credentials.put((await enrol(store)).ana.id, GOOGLE)
    await store.close()


async def all_connected_by_themselves(town: Town, store: Store) -> None:
    """Each of the town consents at their own vendor's page; and no domain is there to take over from that."""
    sandbox, now = town.sandbox, town.sandbox.clock.now()
    (organisation,) = await store.people.organisations()
    await store.people.update_organisation(replace(organisation, entra_tenant=None))
    async with aiohttp.ClientSession() as connections:
        ways: dict[str, tuple[IntegrationKind, Consent, str]] = {
            "google": (
                IntegrationKind.GOOGLE_INDIVIDUAL,
                google.consent_for(sandbox, google.settings_for(sandbox, None), connections),
                google.REDIRECT,
            ),
            "microsoft": (
                IntegrationKind.OUTLOOK_INDIVIDUAL,
                microsoft.consent_for(sandbox, microsoft.settings_for(sandbox), connections),
                microsoft.REDIRECT,
            ),
        }
        for user in (each for pair in town.pairs for each in (pair.mentee, pair.mentor)):
            kind, consent, redirect = ways[sandbox.world.mailboxes[user.email].suite]
            granted = await consented(sandbox, consent, user, redirect)
            assert isinstance(granted, Granted)
            await store.credentials.put(user.id, granted)
            await store.integrations.connected(Integration(user.id, kind, Health.OK, granted.account, since=now))


def clients_of(town: Town) -> dict[str, str]:
    """The client with which they consented at Google; at Microsoft it is the one that the town has."""
    client = town.sandbox.google_client()
    return {
        "PAIRTIME_GOOGLE_ACCOUNTS_BASE": f"{town.sandbox.url}/google",
        "PAIRTIME_GOOGLE_CLIENT_ID": client.client_id,
        "PAIRTIME_GOOGLE_CLIENT_SECRET": client.client_secret,
    }


@asynccontextmanager
async def serving_with(environment: Mapping[str, str], town: Town) -> AsyncIterator[None]:
    """`pairtime serve`. It stops in order, and has complained of nothing."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        "serve",
        cwd=ROOT,
        env={**environment, "PAIRTIME_LISTEN": "127.0.0.1:0", "PAIRTIME_LOG_LEVEL": "WARNING"},
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(60):
        line = (await process.stderr.readline()).decode()
    assert line.startswith("Serving at "), line
    town.sandbox.slack.courier.deliver_to(f"{line.split()[-1]}/slack/events")
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        complaints = await process.communicate()
    assert (process.returncode, complaints[1].decode()) == (0, "")


async def asks_with_ended_tokens(town: Town, number: int) -> None:
    """The mentee of that pair asks for times in Slack, and gets them, after both have to be let in anew."""
    slack, pair = town.sandbox.slack, town.pairs[number]
    async with aiohttp.ClientSession(town.sandbox.url) as http:
        for user in (pair.mentee, pair.mentor):
            async with http.post("/_/tokens/expire", json={"mailbox": user.email}) as answer:
                assert answer.status == 200
    channel = slack.hands.channel(slack.hands.payloads(pair.mentee.email), "").id
    receipt = await slack.hands.command(pair.mentee.email, "", "/book with my mentor")
    assert receipt.status == 200
    async with asyncio.timeout(60):
        while not (answers := [each for each in slack.state.messages.of(channel) if not each.text.startswith("Still")]):
            await slack.state.changes.since(slack.state.changes.number, 1.0)
    (answered,) = answers
    assert answered.text.startswith(f"Times for you and {pair.mentor.name}"), answered.text
    for each in slack.state.messages.of(channel):
        slack.state.messages.remove(each)


def renewals(town: Town) -> int:
    """How often the vendors gave a token for a refresh token."""
    return sum(call.status == 200 for call in town.sandbox.log.of(operation="token"))
