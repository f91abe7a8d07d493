"""The real way in, before any Slack: the sandbox's, or one that says nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from adapters.cli.playing import Stage
from adapters.main.slack import SlackIn, hear_slack, open_slack
from adapters.secret import Secret
from adapters.setting_values import Listen
from adapters.slack_values import SlackSettings
from adapters.web.app import web_app
from adapters.web.serving import serving

from .signed import SECRET, Slack

NOW = 1_795_340_000


@asynccontextmanager
async def front(stage: Stage, api: str, token: str = "xoxb-test") -> AsyncIterator[tuple[Slack, SlackIn]]:
    """Who sends, and the side under test, which speaks to the Slack at `api`."""
    settings = SlackSettings(signing_secret=Secret(SECRET), bot_token=Secret(token), api_base=api)
    application = stage.application
    async with (
        open_slack(settings, application.store, None) as out,
        hear_slack(out, settings, application.conversation, application.linking, lambda: NOW) as here,
    ):
        assert here is not None
        async with (
            serving(web_app(here.routes, application.metrics), Listen(port=0), grace=0.0) as url,
            aiohttp.ClientSession(url) as http,
        ):
            yield Slack(http, NOW), here


@dataclass
class SilentSlack:
    """Takes every connection, and never answers. `url` ends in /api."""

    url: str = ""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[SilentSlack]:
        """At an address of its own."""
        server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api"
        try:
            yield self
        finally:
            server.close()
            self.hang_up()

    def hang_up(self) -> None:
        """Whoever waits learns that there will be no answer, and so does whoever comes."""
        self.is_over = True
        for writer in self._writers:
            writer.close()
        self._writers.clear()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_over:
            writer.close()
            return
        self._writers.append(writer)
        await reader.read(1)
        self.asked.set()
