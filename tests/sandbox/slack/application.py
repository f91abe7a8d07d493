"""An application that hears what Slack brings it, over HTTP or Socket Mode, and answers as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

Answer = Callable[[Any], web.Response]


@dataclass
class Application:
    """`heard` are the payloads, oldest first, `requests` their bytes and headers."""

    url: str = ""
    heard: list[Any] = field(default_factory=list)
    requests: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    answer: Answer = lambda _payload: web.Response()

    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, count: int) -> None:
        """So many have come; within two seconds."""
        async with asyncio.timeout(2):
            while len(self.heard) < count:
                self._news.clear()
                await self._news.wait()

    async def take(self, request: web.Request) -> web.Response:
        raw = await request.read()
        self.requests.append((raw, {name.lower(): value for name, value in request.headers.items()}))
        if request.content_type == "application/json":
            payload = json.loads(raw)
        else:
            form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
            payload = json.loads(form["payload"]) if "payload" in form else form
        self.heard.append(payload)
        self._news.set()
        return self.answer(payload)


@asynccontextmanager
async def listening() -> AsyncIterator[Application]:
    application = Application()
    app = web.Application()
    app.router.add_post("/slack/events", application.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    application.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield application
    await runner.cleanup()
