"""`pairtime serve` as it is installed, in a process of its own; and in this one the world it lives in: people with
accounts in Slack and calendars of plausible weeks, and what Slack sends when they type.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from adapters.main import real_now
from sandbox.seed import fill
from sandbox.slack.courier import FORM, signature
from tests.faults.town import Pair, Town, founded, in_slack

from .slack_client import Taken, Wanted

PAIRS = 60
SERVE = "from adapters.cli import main; main()"
ANSWER, MEANWHILE = "Times for you and ", ("Still checking", "It takes a little longer")


@dataclass
class Process:
    """`port` is 0 where it serves nothing."""

    process: asyncio.subprocess.Process
    port: int = 0

    def cpu(self) -> float:
        """Milliseconds of processor that all its threads have used so far."""
        return time.clock_gettime((~self.process.pid << 3) | 2) * 1000  # the clock of clock_getcpuclockid(3)


@dataclass
class SlackTown:
    """`ours` and `bare` are the servers, asked by one client, which has a process of its own, too."""

    town: Town
    ours: Process
    bare: Process
    client: Process
    sent: int = 0
    speakers: cycle[Pair] = field(init=False)

    def __post_init__(self) -> None:
        self.speakers = cycle(self.town.pairs)

    async def send(self, to: Process, count: int, *, at_once: int = 1, every: float = 0.0) -> Taken:
        """So many commands, each by the next person; see `Wanted`."""
        requests = [b64encode(self._command()).decode() for _ in range(count)]
        wanted: Wanted = {"port": to.port, "requests": requests, "at_once": at_once, "every": every}
        assert self.client.process.stdin is not None
        assert self.client.process.stdout is not None
        self.client.process.stdin.write(json.dumps(wanted).encode() + b"\n")
        taken: Taken = json.loads(await self.client.process.stdout.readline())
        assert len(taken["each"]) == count
        if to is self.ours:
            self.sent += count
        return taken

    async def answered(self) -> None:
        """Once everybody who typed has the answer they asked for, and nothing else. Their screens are empty then."""
        slack = self.town.sandbox.slack
        channels = [self._channel(pair) for pair in self.town.pairs]
        async with asyncio.timeout(120):
            while True:
                seen = slack.state.changes.number
                shown = [message for channel in channels for message in slack.state.messages.of(channel)]
                others = [each.text for each in shown if not each.text.startswith((ANSWER, *MEANWHILE))]
                assert not others, others[0]
                if sum(each.text.startswith(ANSWER) for each in shown) == self.sent:
                    break
                await slack.state.changes.since(seen, 1.0)
        for message in shown:
            slack.state.messages.remove(message)
        self.town.sandbox.log.clear()
        self.sent = 0

    def _command(self) -> bytes:
        """What Slack sends when the next person types it, with headers."""
        slack, person = self.town.sandbox.slack, next(self.speakers).mentee
        told = slack.hands.payloads(person.email)
        form = told.command(slack.hands.channel(told, ""), "/book", "with my mentor")
        body, stamp = urlencode(form).encode(), str(int(real_now().timestamp()))
        lines = (
            "POST /slack/events HTTP/1.1",
            "Host: 127.0.0.1",
            "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept: application/json,*/*",
            f"Content-Type: {FORM}",
            f"X-Slack-Request-Timestamp: {stamp}",
            f"X-Slack-Signature: {signature(slack.installed.app.signing_secret, stamp, body)}",
            f"Content-Length: {len(body)}",
        )
        return "\r\n".join((*lines, "", "")).encode() + body

    def _channel(self, pair: Pair) -> str:
        slack = self.town.sandbox.slack
        told = slack.hands.payloads(pair.mentee.email)
        return slack.hands.channel(told, "").id


@asynccontextmanager
async def slack_town() -> AsyncIterator[SlackTown]:
    """Everybody has been answered once: tokens, holidays and words are loaded, and Slack's directory was asked."""
    async with AsyncExitStack() as closing:
        folder = closing.enter_context(tempfile.TemporaryDirectory())
        town = await closing.enter_async_context(founded(f"sqlite:///{Path(folder) / 'pairtime.sqlite3'}", PAIRS))
        sandbox = town.sandbox
        fill(sandbox.world, sandbox.clock.now().date())
        environment = {
            **town.environment(),
            **await in_slack(town),
            "PAIRTIME_LISTEN": "127.0.0.1:0",
            "PAIRTIME_LOG_LEVEL": "WARNING",
        }
        secret = environment["PAIRTIME_SLACK_SIGNING_SECRET"]
        ours = await closing.enter_async_context(_process("-c", SERVE, "serve", environment=environment))
        bare = await closing.enter_async_context(
            _process("-m", "tests.bench.slack_peer", secret, environment=environment)
        )
        client = await closing.enter_async_context(
            _process("-m", "tests.bench.slack_client", environment=environment, serves=False)
        )
        served = SlackTown(town, ours, bare, client)
        await served.send(ours, PAIRS, every=0.05)
        await served.answered()
        yield served


@asynccontextmanager
async def _process(*arguments: str, environment: Mapping[str, str], serves: bool = True) -> AsyncIterator[Process]:
    """One that says on a line of its own where it serves."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT if serves else None,
        env=environment,
        limit=2**24,
    )
    reading: asyncio.Task[None] | None = None
    try:
        assert process.stdout is not None
        running = Process(process)
        while serves and not running.port:
            line = (await process.stdout.readline()).decode()
            assert line, "it ended before it served"
            if line.startswith("Serving at "):
                running.port = int(line.rpartition(":")[2])
        if serves:
            reading = asyncio.create_task(_read(process.stdout))  # a full pipe would stop it
        yield running
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        if reading is not None:
            await reading


async def _read(stream: asyncio.StreamReader) -> None:
    while line := await stream.readline():
        sys.stderr.write(line.decode())
