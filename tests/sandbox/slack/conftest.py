"""An application installed in the workspace of example.com, which asks Slack over real HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.slack import Slack


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": f"press-{number}", "text": plain("Book"), "value": "token", **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Book"), "blocks": list(blocks), **more}


def asks(name: str = "topic", **more: Any) -> dict[str, Any]:
    """An input block."""
    element = {"type": "plain_text_input", "action_id": name, **more}
    return {"type": "input", "block_id": name, "label": plain("Topic"), "element": element}


@dataclass
class Api:
    """Calls with this token; `status` and `headers` are those of the latest answer."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    token: str
    status: int = 0
    retry_after: str | None = None

    @property
    def slack(self) -> Slack:
        return self.sandbox.slack

    async def call(self, method: str, /, **arguments: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.http.post(f"/slack/api/{method}", json=arguments, headers=headers) as answer:
            self.status, self.retry_after = answer.status, answer.headers.get("Retry-After")
            return await answer.json()

    async def refused(self, method: str, /, **arguments: Any) -> str:
        answer = await self.call(method, **arguments)
        assert answer["ok"] is False, answer
        return str(answer["error"])

    async def good(self, method: str, /, **arguments: Any) -> Any:
        answer = await self.call(method, **arguments)
        assert answer["ok"] is True, answer
        return answer

    def user(self, name: str = "ana") -> str:
        return self.slack.people.id_of(f"{name}@example.com")

    def trigger(self, name: str = "ana", in_view: str = "") -> str:
        team = self.slack.people.team_of("example.com").id
        return self.slack.state.triggers.give(self.user(name), team, in_view)


@pytest.fixture
async def api(sandbox: Sandbox, http: aiohttp.ClientSession) -> Api:
    return Api(sandbox, http, sandbox.slack.installed.install("example.com").access)
