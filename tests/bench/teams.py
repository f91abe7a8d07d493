"""Teams: how long it waits for our acknowledgement, and how many turns we take in a second.

Turns: 120 messages of 24 people, 16 at once, each answered by a sentence that has arrived in the sandbox's Teams; with
our inbox in memory, and in SQLite, beside the SDK's own `CloudAdapter`, which need not fetch tokens here. Servers and
the client have processes of their own; rounds alternate, so that what else the machine does meets all of them.
Acknowledging: 200 messages in a row, beside an aiohttp handler that only checks the token.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from base64 import b64encode
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import aiohttp

from adapters.main.real_clock import real_now
from adapters.teams.tokens import ClientCredentials
from sandbox.app import Sandbox
from sandbox.teams.activities import Activities
from sandbox.teams.messages import Message
from sandbox.teams.signing import ISSUER
from sandbox.world import Json

from .measure import Figures, Measure
from .slack_client import Taken, Wanted
from .teams_servers import Known

ROUNDS = 6
PEOPLE, MANY, AT_ONCE, IN_A_ROW = 24, 120, 16, 200
SDK, BARE = "botbuilder's CloudAdapter", "aiohttp + PyJWT"
SERVERS = ("memory", "durable", "sdk", "acknowledging", "bare")


def measures() -> Iterator[Measure]:
    """Milliseconds a turn, and of each acknowledgement."""
    taken = asyncio.run(_measured())

    def beside(what: str, of: str, peer: str, their: str, times_as_fast: float) -> Measure:
        return Measure(what, Figures.of(taken[of]), None, peer, Figures.of(taken[their]), times_as_fast)

    yield beside(f"Teams, {AT_ONCE} at once, inbox in memory: a turn", "memory", SDK, "sdk", 5)
    yield beside(f"Teams, {AT_ONCE} at once, inbox in SQLite: a turn", "durable", SDK, "sdk", 2)
    yield beside("Teams, acknowledging: slowest of a hundred", "acknowledging", BARE, "bare", 1 / 4)


async def _measured() -> dict[str, list[float]]:
    async with _town() as town:
        taken: dict[str, list[float]] = defaultdict(list)
        for number in range(ROUNDS + 1):
            for which in SERVERS if number % 2 else reversed(SERVERS):
                if which in ("acknowledging", "bare"):
                    each = (await town.send(which, IN_A_ROW))["each"]
                    figure = quantiles(each, n=100)[98]
                else:
                    figure = await town.turns(which)
                if number:  # the first is for getting acquainted
                    taken[which].append(figure)
        return taken


@dataclass
class _Town:
    sandbox: Sandbox
    servers: dict[str, tuple[asyncio.subprocess.Process, int]]
    client: asyncio.subprocess.Process
    numbers: Iterator[int]
    speakers: Iterator[Activities]
    token: str

    async def turns(self, which: str) -> float:
        """Milliseconds for each of many."""
        changes = self.sandbox.teams.state.changes
        before = changes.number
        began = perf_counter()
        await self.send(which, MANY, at_once=AT_ONCE)
        async with asyncio.timeout(120):
            while changes.number < before + MANY:
                await changes.since(changes.number, 1.0)
        return (perf_counter() - began) * 1000 / MANY

    async def send(self, which: str, number: int, *, at_once: int = 1) -> Taken:
        """So many messages, each of the next person."""
        port = self.servers[which][1]
        requests = [b64encode(self._message()).decode() for _ in range(number)]
        wanted: Wanted = {"port": port, "requests": requests, "at_once": at_once, "every": 0.0}
        assert self.client.stdin is not None
        assert self.client.stdout is not None
        self.client.stdin.write(json.dumps(wanted).encode() + b"\n")
        taken: Taken = json.loads(await self.client.stdout.readline())
        return taken

    def _message(self) -> bytes:
        told = next(self.speakers)
        said = Message(told.conversation.id, str(1_795_000_000_000 + next(self.numbers)), told.person.address, "hello")
        body = json.dumps(told.message(said)).encode()
        lines = (
            "POST /api/messages HTTP/1.1",
            "Host: 127.0.0.1",
            "Content-Type: application/json; charset=utf-8",
            f"Authorization: Bearer {self.token}",
            f"Content-Length: {len(body)}",
        )
        return "\r\n".join((*lines, "", "")).encode() + body


@asynccontextmanager
async def _town() -> AsyncIterator[_Town]:
    async with AsyncExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        sandbox = await closing.enter_async_context(Sandbox())
        http = await closing.enter_async_context(aiohttp.ClientSession(sandbox.url))
        known = await _known(sandbox, http, folder)
        told = [await _person(sandbox, http, f"p{number}@example.com") for number in range(PEOPLE)]
        servers = {
            which: await closing.enter_async_context(_process("-m", "tests.bench.teams_servers", which, known=known))
            for which in SERVERS
        }
        client, _ = await closing.enter_async_context(_process("-m", "tests.bench.slack_client"))
        teams = sandbox.teams
        claims = teams.courier.claims(teams.state.service(teams.state.bot.tenant))
        yield _Town(sandbox, servers, client, count(), cycle(told), teams.state.keys.current.signed(claims))


async def _person(sandbox: Sandbox, http: aiohttp.ClientSession, address: str) -> Activities:
    mailbox = {"address": address, "suite": "microsoft", "time_zone": "Europe/Berlin"}
    async with http.post("/_/mailbox", json=mailbox) as answer:
        assert answer.status == 200, await answer.text()
    teams = sandbox.teams
    person = teams.hands.person(address)
    chat = teams.hands.conversation(person, "")
    teams.state.conversations.changed(chat, bot=True)
    return Activities(teams.state, person, teams.hands.conversation(person, ""))


async def _known(sandbox: Sandbox, http: aiohttp.ClientSession, folder: Path) -> Known:
    bot = sandbox.teams_bot()
    registration = ClientCredentials(
        http=http,
        login_base=f"{sandbox.url}/login",
        tenant=bot.tenant,
        app_id=bot.app_id,
        resource="https://api.botframework.com",
        proof=bot.secret,
        real_now=real_now,
    )
    async with http.get(sandbox.teams.metadata) as answer:
        metadata: dict[str, Json] = await answer.json()
    return {
        "app_id": bot.app_id,
        "tenant": bot.tenant,
        "secret": bot.secret,
        "issuer": ISSUER,
        "metadata": sandbox.teams.metadata,
        "jwks": str(metadata["jwks_uri"]),
        "login": f"{sandbox.url}/login",
        "services": f"{sandbox.url}/teams",
        "token": (await registration.fetch()).value,
        "database": f"sqlite:///{folder / 'inbox.sqlite3'}",
    }


@asynccontextmanager
async def _process(
    *arguments: str, known: Known | None = None
) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """And its port, where it serves."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**24
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = 0
        if known is not None:
            process.stdin.write(json.dumps(known).encode() + b"\n")
            line = (await process.stdout.readline()).decode()
            assert line.startswith("Serving at "), line
            port = int(line.rpartition(":")[2])
        yield process, port
    finally:
        process.terminate()
        await process.wait()
