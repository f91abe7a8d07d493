"""A bot that Sam has installed, with a token of its own, which asks Teams over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.teams import Teams

from .bot import Heard, listening

SAM, ANA, GIL = "sam@example.com", "ana@example.com", "gil@example.com"
SCOPE = "https://api.botframework.com/.default"


def block(text: str = "Hello", **more: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True, **more}


def card(*body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **more}


def press(title: str = "Book", **more: Any) -> dict[str, Any]:
    """A button as the bot makes them: executed, and submitted by clients that cannot."""
    carried = {"title": title, "data": {"verb": "press", "token": "t1"}}
    return {
        "type": "Action.Execute",
        "verb": "press",
        **carried,
        "fallback": {"type": "Action.Submit", **carried},
        **more,
    }


def attached(content: dict[str, Any]) -> dict[str, Any]:
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}


def carded(content: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "message", "summary": "A card", "attachments": [attached(content)], **more}


def said(text: str = "Hello", **more: Any) -> dict[str, Any]:
    return {"type": "message", "text": text, **more}


@dataclass
class Api:
    """Asks as the bot; `status` and `retry_after` are those of the latest answer."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    token: str
    region: str = "emea"
    status: int = 0
    retry_after: str | None = None

    @property
    def teams(self) -> Teams:
        return self.sandbox.teams

    async def ask(self, method: str, path: str, /, body: Any = None, **query: str) -> Any:
        """`path` below v3."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        address = f"/teams/{self.region}/v3/{path}"
        async with self.http.request(method, address, json=body, headers=headers, params=query) as answer:
            self.status, self.retry_after = answer.status, answer.headers.get("Retry-After")
            return await answer.json() if answer.content_type == "application/json" else None

    async def refused(self, method: str, path: str, /, body: Any = None, **query: str) -> tuple[int, str]:
        """The status, and the code beside it."""
        answer = await self.ask(method, path, body, **query)
        assert self.status >= 400, answer
        return self.status, str(answer["error"]["code"])

    async def drive(self, deed: str, status: int = 200, /, **told: Any) -> Any:
        """What the control route answers."""
        async with self.http.post(f"/_/teams/{deed}", json=told) as answer:
            read = await answer.json()
            assert answer.status == status, read
            return read

    async def sent(self, chat: str, activity: Any, **query: str) -> str:
        """The id of what was sent."""
        answer = await self.ask("POST", f"conversations/{quote(chat)}/activities", activity, **query)
        assert self.status == 201, answer
        return str(answer["id"])

    def chat(self, address: str = SAM) -> str:
        """The person's chat with the bot."""
        hands = self.teams.hands
        return hands.conversation(hands.person(address), "").id

    def user(self, address: str = SAM) -> str:
        return self.teams.hands.person(address).id

    async def group(self, *, bot: bool = True) -> str:
        told = await self.drive("group", name="Mentoring", members=[SAM, ANA], bot=bot)
        return str(told["conversation"])

    async def channel(self, *, bot: bool = True) -> str:
        told = await self.drive("channel", team="Leaders", name="Mentoring", members=[SAM, ANA], bot=bot)
        return str(told["conversation"])

    def shown(self, chat: str) -> list[str]:
        return [each.text for each in self.teams.state.messages.of(chat)]


async def token_of(sandbox: Sandbox, http: aiohttp.ClientSession, **changes: str) -> Any:
    """What Entra answers when the bot asks for a token."""
    bot = sandbox.teams_bot()
    form = {
        "grant_type": "client_credentials",
        "client_id": bot.app_id,
        "client_secret": bot.secret,
        "scope": SCOPE,
        **changes,
    }
    tenant = form.pop("tenant", bot.tenant)
    async with http.post(f"/login/{tenant}/oauth2/v2.0/token", data=form) as answer:
        return await answer.json()


@pytest.fixture
async def api(sandbox: Sandbox, http: aiohttp.ClientSession) -> Api:
    made = Api(sandbox, http, (await token_of(sandbox, http))["access_token"])
    await made.drive("install", **{"as": SAM})
    return made


@pytest.fixture
async def heard(api: Api) -> AsyncIterator[Heard]:
    """The bot listens."""
    async with listening() as running:
        api.teams.courier.deliver_to(running.url)
        yield running
