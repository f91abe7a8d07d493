"""The demo with a Slack in front of it: Ana, Sam and Priya have accounts there, linked already."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest

from adapters.cli.playing import Stage
from adapters.main.slack import SlackIn, hear_slack, open_slack, slack_chat, slack_lasting
from adapters.secret import Secret
from adapters.setting_values import Listen
from adapters.slack.answering import Files
from adapters.slack_values import SlackSettings
from adapters.web.app import web_app
from adapters.web.serving import serving
from calendar_core.chat_account import ChatAccount
from calendar_core.people import Identity
from tests.staging import stage, visitor

from .little_slack import LittleSlack, Posted, profile, running
from .signed import SECRET, TEAM, Slack, command

__all__ = ["stage", "visitor"]

NOW = 1_795_340_000
ACCOUNTS = {
    "U0ANA": ("ana@example.com", "America/New_York"),
    "U0SAM": ("sam@example.com", "Europe/Berlin"),
    "U0PRIYA": ("priya@example.com", "America/Toronto"),
}


@dataclass
class Town:
    """`slack` sends, `there` is where answers arrive, `here` is the side under test."""

    slack: Slack
    there: LittleSlack
    here: SlackIn
    stage: Stage

    async def command(self, text: str, user: str = "U0ANA", name: str = "/pairtime", **others: str) -> Posted:
        """The one answer to a slash command."""
        before = len(self.there.posted)
        fields = {"response_url": self.there.response_url(f"r{before}"), **others}
        assert await self.slack.form(command(text, user, name, **fields)) == (200, "")
        await self.here.tasks.idle()
        return self.there.posted[before]

    async def word(self, text: str, user: str = "U0ANA", **event: object) -> list[Posted]:
        """What is answered to words in the two-sided conversation."""
        before = len(self.there.posted)
        said = {"type": "message", "channel_type": "im", "channel": f"D{user}", "user": user, "text": text, "ts": "1.0"}
        assert await self.slack.event({**said, **event}) == (200, "")
        await self.here.tasks.idle()
        return self.there.posted[before:]


@pytest.fixture
async def there() -> AsyncIterator[LittleSlack]:
    async with running() as slack:
        slack.users = {user: profile(user, address, zone) for user, (address, zone) in ACCOUNTS.items()}
        yield slack


@pytest.fixture
async def town(stage: Stage, there: LittleSlack) -> AsyncIterator[Town]:
    application = stage.application
    await application.linking.bind(f"slack:{TEAM}", "example.com")
    for user, (address, _) in ACCOUNTS.items():
        account = ChatAccount(account=Identity(f"slack:{TEAM}", user), address=address)
        await application.linking.seen(account)
        [person] = await application.store.people.at_address(address)
        await application.store.accounts.confirm(account, person.id, application.clock.now())
    async with joined(stage, there) as town:
        yield town


@asynccontextmanager
async def joined(stage: Stage, there: LittleSlack, files: Files | None = None) -> AsyncIterator[Town]:
    """The demo's application, and a front that answers by that Slack."""
    application = stage.application
    settings = SlackSettings(signing_secret=Secret(SECRET), bot_token=Secret("xoxb-test"), api_base=there.api)
    async with open_slack(settings, application.store, None) as out:
        assert out is not None
        chat = slack_chat(out, application.store, application.conversation, application.clock)
        lasting = slack_lasting(chat, application.store)
        async with hear_slack(
            out,
            settings,
            application.conversation,
            application.linking,
            lambda: NOW,
            files=files,
            lasting=lasting,
        ) as here:
            assert here is not None
            async with (
                serving(web_app(here.routes, application.metrics), Listen(port=0), grace=0.0) as url,
                aiohttp.ClientSession(url) as http,
            ):
                yield Town(Slack(http, NOW), there, here, stage)
