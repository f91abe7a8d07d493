"""Requests as Slack signs and sends them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from urllib.parse import urlencode

import aiohttp

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, APP, BOT = "T0123ABCD", "A0123", "U0BOT"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

_numbers = count(1)


def signature(body: bytes, timestamp: str, secret: str = SECRET) -> str:
    """By the rule in Slack's documentation."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return f"v0={digest}"


@dataclass(frozen=True)
class Slack:
    """What Slack sends to a server at `http`; `now` is what its clock shows, in seconds."""

    http: aiohttp.ClientSession
    now: int

    async def send(
        self, body: bytes, content_type: str = FORM, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Signed now, unless `headers` say something else."""
        signed = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": str(self.now),
            "X-Slack-Signature": signature(body, str(self.now)),
        }
        async with self.http.post("/slack/events", data=BytesIO(body), headers=signed | (headers or {})) as answer:
            return answer.status, await answer.text()

    async def form(self, fields: dict[str, str]) -> tuple[int, str]:
        """A slash command, or whatever looks like one."""
        return await self.send(urlencode(fields).encode())

    async def interaction(self, payload: Mapping[str, object]) -> tuple[int, str]:
        """A press, a form, a shortcut."""
        return await self.form({"payload": json.dumps(payload)})

    async def event(self, event: Mapping[str, object], **envelope: object) -> tuple[int, str]:
        """An event, with an id of its own unless the envelope has one."""
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event_id": f"Ev{next(_numbers):08}",
            "event": event,
            **envelope,
        }
        return await self.send(json.dumps(body).encode(), JSON)


def command(text: str, user: str = "U0ANA", name: str = "/pairtime", **others: str) -> dict[str, str]:
    """A slash command's fields."""
    number = next(_numbers)
    return {
        "token": "deprecated",
        "team_id": TEAM,
        "team_domain": "example",
        "channel_id": "C0GENERAL",
        "channel_name": "general",
        "user_id": user,
        "user_name": "somebody",
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": "",
        "trigger_id": f"{number}.{number}.{number:032x}",
        **others,
    }
