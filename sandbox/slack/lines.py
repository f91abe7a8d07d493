"""Socket Mode: lines the application opens itself, down which Slack sends envelopes and waits for each one's
acknowledgement."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Mapping
from typing import Literal, get_args

from aiohttp import WSMsgType, web

from sandbox.slack.refusals import Refused
from sandbox.world import Json

LINES_AT_MOST = 10
Reason = Literal["refresh_requested", "warning", "link_disabled"]
REASONS: tuple[Reason, ...] = get_args(Reason)


class Lines:
    """The open ones; each thing goes down one of them, in turn."""

    def __init__(self, app: str) -> None:
        self._app = app
        self._tickets: set[str] = set()
        self._lines: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    @property
    def open(self) -> int:
        """How many there are."""
        return len(self._lines)

    def ticket(self, base: str) -> str:
        """The address of one further line, good once. Raises Refused."""
        if len(self._lines) >= LINES_AT_MOST:
            raise Refused("too_many_websockets")
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return f"{base.replace('http', 'ws', 1)}/slack/link/?ticket={ticket}&app_id={self._app}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The other end of the address."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid ticket")
        self._tickets.remove(ticket)
        line = web.WebSocketResponse(heartbeat=20.0)
        await line.prepare(request)
        self._lines.append(line)
        try:
            await line.send_json(
                {
                    "type": "hello",
                    "num_connections": len(self._lines),
                    "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
                    "connection_info": {"app_id": self._app},
                }
            )
            async for message in line:
                if message.type == WSMsgType.TEXT:
                    self._acknowledged(str(message.data))
        finally:
            if line in self._lines:
                self._lines.remove(line)
        return line

    async def send(
        self, kind: str, payload: Mapping[str, Json], seconds: float, attempt: int = 0, why: str = ""
    ) -> Json | Literal[False]:
        """What the acknowledgement carried; False where none came in time."""
        line = self._lines.pop(0)
        self._lines.append(line)
        id = secrets.token_hex(16)
        self._waiting[id] = asyncio.get_running_loop().create_future()
        envelope: dict[str, Json] = {
            "envelope_id": id,
            "type": kind,
            "payload": dict(payload),
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": why}
        try:
            await line.send_json(envelope)
            return await asyncio.wait_for(self._waiting[id], seconds)
        except (TimeoutError, ConnectionError):
            return False
        finally:
            del self._waiting[id]

    async def refresh(self, reason: Reason) -> int:
        """Tell every line to go and come back; how many there were."""
        lines, self._lines = self._lines, []
        for line in lines:
            await line.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
            await line.close()
        return len(lines)

    async def close(self) -> None:
        lines, self._lines = self._lines, []
        for line in lines:
            await line.close()

    def _acknowledged(self, text: str) -> None:
        try:
            told = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(str(told.get("envelope_id"))) if isinstance(told, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(told.get("payload"))
