"""Socket Mode: the same payloads over connections that we open, for who has no public address.

Slack closes each connection now and then, so there are two, and each is opened anew at a new address when it ends, is
to be ended, or falls silent: a ping that nobody answers is a dead connection. Each has a session of its own, so that
nothing a connection breaks outlives it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Never

import aiohttp

from adapters.secret import Secret

from .front import Hearing
from .payload import object_at, text_at

log = logging.getLogger(__name__)

CONNECTIONS = 2  # Slack allows ten
PING_EVERY = 10.0  # seconds; an answer has to come within half of it
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds before the next try
LONGEST_PAUSE = 300.0  # seconds, even if Slack wants more
STEADY = 30.0  # seconds after which a connection was a good one, and the next follows at once
OPENED_WITHIN = aiohttp.ClientTimeout(total=10)
GREETED_WITHIN = 10.0  # seconds
LONGEST_MESSAGE = 1024 * 1024


class _NotOpened(Exception):
    """Slack gives no address to connect to, and wants not to be asked for `seconds`."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(slots=True)
class SocketMode:
    """`token` is the app's (xapp-...). `new_session` makes an HTTP session; `pause` waits so many seconds, and `now`
    counts them. `open` is set while Slack greets us on at least one connection."""

    new_session: Callable[[], aiohttp.ClientSession]
    api_base: str
    token: Secret
    hearing: Hearing
    ping_every: float = PING_EVERY
    greeted_within: float = GREETED_WITHIN
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], float] = monotonic
    open: asyncio.Event = field(default_factory=asyncio.Event)
    connections: int = 0

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(CONNECTIONS):
                group.create_task(self._keep_connected())

    async def _keep_connected(self) -> Never:
        """A connection that ends soon is followed by a longer and longer pause, greeted or not."""
        wait = FIRST_WAIT
        while True:
            began, greeted, least = self.now(), False, 0.0
            try:
                greeted = await self._one_connection()
            except (aiohttp.ClientError, OSError, TimeoutError, ValueError, RuntimeError, _NotOpened) as lost:
                log.warning("slack: no connection", extra={"kind": type(lost).__name__})
                least = lost.seconds if isinstance(lost, _NotOpened) else 0.0
            if greeted and self.now() - began >= STEADY:
                wait = FIRST_WAIT
                continue
            await self.pause(max(wait, least))
            wait = min(wait * 2, LONGEST_WAIT)

    async def _one_connection(self) -> bool:
        """From opening it to its end; whether Slack greeted us."""
        async with (
            self.new_session() as http,
            http.ws_connect(
                await self._address(http), heartbeat=self.ping_every, max_msg_size=LONGEST_MESSAGE
            ) as connection,
        ):
            first = await connection.receive(self.greeted_within)
            if first.type is not aiohttp.WSMsgType.TEXT or _object(first.data).get("type") != "hello":
                return False
            self._count(1)
            try:
                await self._listen(connection)
            finally:
                self._count(-1)
        return True

    async def _listen(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        async for message in connection:
            envelope = _object(message.data)
            if message.type is not aiohttp.WSMsgType.TEXT or envelope.get("type") == "disconnect":
                return
            await self._heard(connection, envelope)

    def _count(self, change: int) -> None:
        self.connections += change
        if self.connections:
            self.open.set()
        else:
            self.open.clear()

    async def _heard(self, connection: aiohttp.ClientWebSocketResponse, envelope: dict[str, object]) -> None:
        number = text_at(envelope, "envelope_id")
        if not number:
            return
        answer: dict[str, object] = {"envelope_id": number}
        if self.hearing.recent.is_new(f"envelope {number}"):
            ack = await self.hearing.hear(dict(object_at(envelope, "payload")))
            if ack is None:
                self.hearing.recent.forget(f"envelope {number}")
                return  # not acknowledged, it comes again
            if ack.body and envelope.get("accepts_response_payload") is True:
                answer["payload"] = _object(ack.body)
        await connection.send_json(answer)

    async def _address(self, http: aiohttp.ClientSession) -> str:
        async with http.post(
            f"{self.api_base}/apps.connections.open",
            headers={"Authorization": f"Bearer {self.token.reveal()}"},
            timeout=OPENED_WITHIN,
            allow_redirects=False,
        ) as answer:
            told = await answer.json(content_type=None) if answer.status == 200 else None
            after = answer.headers.get("Retry-After", "") if answer.status == 429 else ""
        address = text_at(told, "url")
        if not address.startswith("wss://" if self.api_base.startswith("https://") else ("ws://", "wss://")):
            log.warning("slack: apps.connections.open", extra={"code": text_at(told, "error")[:60] or "no address"})
            raise _NotOpened(min(int(after), LONGEST_PAUSE) if after.isdecimal() and after.isascii() else 0.0)
        return address


def _object(text: object) -> dict[str, object]:
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
