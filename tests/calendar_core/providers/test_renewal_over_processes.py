"""Over several processes: a person's token is renewed by one call, a domain's by one in each; kills are survived."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

import aiohttp
import pytest

from calendar_core.ports import Granted
from calendar_core.providers.connections import open_connections
from calendar_core.store import Store
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.world import Mailbox
from tests.calendar_core.providers.at_the_page import consented
from tests.calendar_core.providers.keeping import kept, person

from .google.opened import REDIRECT as GOOGLE_REDIRECT
from .microsoft.opened import REDIRECT as MICROSOFT_REDIRECT
from .renewer import WHO, Plan, consent_of, own_tokens

pytestmark = pytest.mark.alone
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
PATIENT = 60.0
OWN = ("google", "microsoft")
TOKENS_FROM = {"google": "google", "microsoft": "login"}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(Mailbox(WHO["google"], "Ana", "google", "America/New_York"))
        running.world.add_mailbox(Mailbox(WHO["microsoft"], "Ines", "microsoft", "Europe/Berlin"))
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_connections() as connections:
        yield connections


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with kept(database_url) as store:
        yield store


def plan_for(sandbox: Sandbox, kind: str, commands: int, database: str = "") -> Plan:
    if kind.startswith("google"):
        client = sandbox.google_client(GOOGLE_REDIRECT)
        account = json.dumps(sandbox.service_account_key()) if kind.endswith("domain") else ""
        ids = (client.client_id, client.client_secret)
    else:
        registration = sandbox.entra_registration(redirect_uris=(MICROSOFT_REDIRECT,))
        account = ""
        ids = (registration.client_id, registration.client_secret)
    return Plan(
        kind=kind,
        sandbox=sandbox.url,
        client_id=ids[0],
        client_secret=ids[1],
        commands=commands,
        database=database,
        service_account=account,
    )


def address_of(store: Store) -> str:
    """Where another process finds it."""
    return store.database.url.render_as_string(hide_password=False)


async def connect(plan: Plan, sandbox: Sandbox, store: Store) -> None:
    """The person of that suite connects, and what access that gave has ended already."""
    user = await person(store, WHO[plan.kind])
    redirect = GOOGLE_REDIRECT if plan.kind == "google" else MICROSOFT_REDIRECT
    async with open_connections() as connections:
        granted = await consented(sandbox, consent_of(plan, connections), user, redirect)
    assert isinstance(granted, Granted), granted
    await store.credentials.put(user.id, replace(granted, access=None))
    sandbox.log.clear()


async def end_access(plan: Plan, store: Store) -> None:
    """The shared token has ended; everything else stays."""
    user = await person(store, WHO[plan.kind])
    known = await store.credentials.of(user.id)
    assert known is not None
    again = Granted(known.kind, known.account, known.subject, known.scopes, known.secret)
    await store.credentials.put(user.id, again)


def calls(sandbox: Sandbox, plan: Plan) -> int:
    return len(sandbox.log.of(vendor=TOKENS_FROM[plan.kind.partition(" ")[0]], operation="token"))


@asynccontextmanager
async def processes(plan: Plan, number: int) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """That many renewers, ready; killed at the end."""
    module = "tests.calendar_core.providers.renewer"
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            json.dumps(asdict(plan)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(number)
    ]
    try:
        async with asyncio.timeout(PATIENT):
            assert [await line(each) for each in started] == ["ready"] * number
        yield started
    finally:
        for each in started:
            if each.returncode is None:
                each.kill()
            await each.wait()


async def line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


async def round_of(started: list[asyncio.subprocess.Process]) -> list[list[str]]:
    """All at once; which tokens each of them came to use."""
    for each in started:
        assert each.stdin is not None
        each.stdin.write(b"go\n")
        await each.stdin.drain()
    async with asyncio.timeout(PATIENT):
        return [json.loads(await line(each)) for each in started]


@dataclass(frozen=True)
class Size:
    processes: int
    commands: int
    rounds: int

    @property
    def all_at_once(self) -> str:
        return f"{self.processes} processes x {self.commands}"


@pytest.fixture
def size(proving: bool) -> Size:
    return Size(4, 50, 10) if proving else Size(2, 20, 2)


@pytest.mark.parametrize("kind", OWN)
async def test_over_all_processes_one_call_renews_a_persons_token(
    kind: str, size: Size, sandbox: Sandbox, store: Store, seen: Callable[[str], None]
) -> None:
    plan = plan_for(sandbox, kind, size.commands, address_of(store))
    await connect(plan, sandbox, store)
    sandbox.faults.latency_ms[TOKENS_FROM[kind]] = 100
    async with processes(plan, size.processes) as started:
        for number in range(1, size.rounds + 1):
            used = await round_of(started)
            assert len({token for each in used for token in each}) == 1, "all use the one that was made"
            assert calls(sandbox, plan) == number
            await end_access(plan, store)
    where = store.database.url.get_backend_name()
    seen(f"{kind}, {where}: {size.all_at_once} commands at once, {size.rounds} times: 1 token call each time")


@pytest.mark.parametrize("kind", ["google domain", "microsoft domain"])
async def test_a_domains_token_is_asked_for_once_a_process(
    kind: str, size: Size, sandbox: Sandbox, seen: Callable[[str], None]
) -> None:
    plan = plan_for(sandbox, kind, size.commands)
    sandbox.faults.latency_ms[TOKENS_FROM[kind.partition(" ")[0]]] = 100
    async with processes(plan, size.processes) as started:
        for _ in range(size.rounds):
            used = await round_of(started)
            assert [len(each) for each in used] == [1] * size.processes
            assert calls(sandbox, plan) == size.processes
    seen(f"{kind}: {size.all_at_once} commands at once, {size.rounds} times: 1 token call a process")


@pytest.mark.parametrize("kind", OWN)
async def test_whoever_was_killed_while_renewing_is_followed_by_another(
    kind: str, sandbox: Sandbox, connections: aiohttp.ClientSession, store: Store
) -> None:
    plan = replace(plan_for(sandbox, kind, 1, address_of(store)), exchange=1.0, lease=1.5)
    await connect(plan, sandbox, store)
    sandbox.faults.add(Fault("delay", vendor=TOKENS_FROM[kind], operation="token", delay_ms=600_000))
    async with processes(plan, 1) as (victim,):
        assert victim.stdin is not None
        victim.stdin.write(b"go\n")
        async with asyncio.timeout(PATIENT):
            while calls(sandbox, plan) == 0:  # noqa: ASYNC110 - the sandbox's log calls nobody
                await asyncio.sleep(0)
        victim.kill()
        source = await own_tokens(plan, connections, store)
        async with asyncio.timeout(PATIENT):
            assert await source.token()
    assert calls(sandbox, plan) == 2
