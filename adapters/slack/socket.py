"""Socket Mode: the same payloads over connections that we open, for who has no public address.

Slack closes each connection now and then, so there are two, and each is opened anew at a new address when it ends, is
to be ended, or falls silent: a ping that nobody answers is a dead connection.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Never

import aiohttp

from adapters.secret import Secret

from .front import Hearing
from .payload import object_at, text_at

log = logging.getLogger(__name__)

CONNECTIONS = 2  # Slack allows ten
PING_EVERY = 10.0  # seconds; an answer has to come within half of it
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds before the next try
OPENED_WITHIN = aiohttp.ClientTimeout(total=10)
LONGEST_MESSAGE = 1024 * 1024


class _NotOpened(Exception):
    """Slack gives no address to connect to."""


@dataclass(slots=True)
class SocketMode:
    """`token` is the app's (xapp-...). `pause` waits so many seconds. `open` is set once Slack has greeted us."""

    http: aiohttp.ClientSession
    api_base: str
    token: Secret
    hearing: Hearing
    ping_every: float = PING_EVERY
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(CONNECTIONS):
                group.create_task(self._keep_connected())

    async def _keep_connected(self) -> Never:
        wait = FIRST_WAIT
        while True:
            try:
                if await self._one_connection():
                    wait = FIRST_WAIT
                    continue
            except (aiohttp.ClientError, OSError, TimeoutError, ValueError, RuntimeError, _NotOpened) as lost:
                log.warning("slack: no connection", extra={"kind": type(lost).__name__})
            await self.pause(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _one_connection(self) -> bool:
        """From opening it to its end; whether anything was heard by it."""
        greeted = False
        async with self.http.ws_connect(
            await self._address(), heartbeat=self.ping_every, max_msg_size=LONGEST_MESSAGE
        ) as connection:
            async for message in connection:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    break
                envelope = _object(message.data)
                match envelope.get("type"):
                    case "hello":
                        greeted = True
                        self.open.set()
                    case "disconnect":
                        break
                    case _:
                        await self._heard(connection, envelope)
        return greeted

    async def _heard(self, connection: aiohttp.ClientWebSocketResponse, envelope: dict[str, object]) -> None:
        number = text_at(envelope, "envelope_id")
        if not number:
            return
        answer: dict[str, object] = {"envelope_id": number}
        if self.hearing.recent.is_new(f"envelope {number}"):
            ack = await self.hearing.hear(dict(object_at(envelope, "payload")))
            if ack.body and envelope.get("accepts_response_payload") is True:
                answer["payload"] = _object(ack.body)
        await connection.send_json(answer)

    async def _address(self) -> str:
        async with self.http.post(
            f"{self.api_base}/apps.connections.open",
            headers={"Authorization": f"Bearer {self.token.reveal()}"},
            timeout=OPENED_WITHIN,
            allow_redirects=False,
        ) as answer:
            told = await answer.json(content_type=None) if answer.status == 200 else None
        address = text_at(told, "url")
        if not address.startswith("wss://" if self.api_base.startswith("https://") else ("ws://", "wss://")):
            log.warning("slack: apps.connections.open", extra={"code": text_at(told, "error")[:60] or "no address"})
            raise _NotOpened
        return address


def _object(text: object) -> dict[str, object]:
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
