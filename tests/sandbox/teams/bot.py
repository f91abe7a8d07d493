"""A bot that hears what Teams brings it and answers as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Answer = Callable[[Any], web.Response]


async def at_once() -> None:
    """Nothing to wait for."""


@dataclass
class Heard:
    """`heard` are the activities, oldest first, `tokens` what they came with. `first` is awaited before it answers."""

    url: str = ""
    heard: list[Any] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    answer: Answer = lambda _activity: web.Response(status=202)
    first: Callable[[], Awaitable[None]] = at_once

    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, count: int) -> None:
        """So many have come; within two seconds."""
        async with asyncio.timeout(2):
            while len(self.heard) < count:
                self._news.clear()
                await self._news.wait()

    async def take(self, request: web.Request) -> web.Response:
        self.heard.append(json.loads(await request.read()))
        self.tokens.append(request.headers["Authorization"].removeprefix("Bearer "))
        self._news.set()
        await self.first()
        return self.answer(self.heard[-1])

    def kinds(self) -> list[str]:
        return [each["type"] for each in self.heard]


@asynccontextmanager
async def listening() -> AsyncIterator[Heard]:
    heard = Heard()
    app = web.Application()
    app.router.add_post("/api/messages", heard.take)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    heard.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    yield heard
    await runner.cleanup()
