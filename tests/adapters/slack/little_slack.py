"""As much of Slack as one answer needs: its directory, its messages, its response_urls, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from adapters.setting_values import Listen
from adapters.web.serving import serving

from .signed import BOT, TEAM

USES = 5  # of one response_url


def profile(user: str, address: str, zone: str = "America/New_York", **others: Any) -> dict[str, Any]:
    """As users.info describes a member."""
    return {
        "id": user,
        "team_id": TEAM,
        "deleted": False,
        "is_bot": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "tz": zone,
        "locale": "en-GB",
        "profile": {"email": address, "real_name": address.partition("@")[0].title()},
        **others,
    }


@dataclass
class Posted:
    """What was sent to somebody: `where` is a channel, or the response_url's number."""

    where: str
    method: str
    fields: dict[str, Any]

    @property
    def text(self) -> str:
        """For whoever reads no blocks."""
        text: str = self.fields["text"]
        return text


@dataclass
class LittleSlack:
    """`refusing` has an error for a method; what is not known there is refused, too."""

    url: str = ""
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    grants: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusing: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    views: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def api(self) -> str:
        """The Web API's address."""
        return f"{self.url}/api"

    def response_url(self, number: str = "1", uses: int = USES) -> str:
        """A new one."""
        self.uses[number] = uses
        return f"{self.url}/hooks/{number}"

    async def nth(self, count: int) -> Posted:
        """The message, once so many were sent."""
        async with asyncio.timeout(60), self.news:
            while len(self.posted) < count:
                await self.news.wait()
        return self.posted[count - 1]

    async def _keep(self, posted: Posted) -> None:
        async with self.news:
            self.posted.append(posted)
            self.news.notify_all()

    async def _call(self, request: web.Request) -> web.Response:  # noqa: PLR0911 - one case a method
        method = request.match_info["method"]
        self.calls.append(method)
        fields = {name: _read(name, str(value)) for name, value in (await request.post()).items()}
        if method in self.refusing:
            return web.json_response({"ok": False, "error": self.refusing[method]})
        match method:
            case "auth.test":
                return web.json_response({"ok": True, "team_id": TEAM, "user_id": BOT, "bot_id": "B1"})
            case "users.info" if fields["user"] in self.users:
                return web.json_response({"ok": True, "user": self.users[fields["user"]]})
            case "users.info":
                return web.json_response({"ok": False, "error": "user_not_found"})
            case "chat.postMessage" | "chat.update":
                channel = fields["channel"]
                channel = channel if channel.startswith("D") else f"D{channel}"
                await self._keep(Posted(channel, method, fields))
                return web.json_response(
                    {"ok": True, "channel": channel, "ts": fields.get("ts", f"1.{len(self.posted)}")}
                )
            case "views.open" | "views.update":
                return web.json_response(self._view(method, fields))
            case "views.publish":
                self.homes[fields["user_id"]] = fields["view"]
                return web.json_response({"ok": True, "view": {"id": "V0HOME", "hash": "1"}})
            case "oauth.v2.access":
                return web.json_response(await self._granted(request, fields))
            case _:
                return web.json_response({"ok": False, "error": "unknown_method"})

    def _view(self, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        """A window's id stays, its hash is another with every change; an old hash is refused."""
        if method == "views.open":
            fields["view_id"] = f"V{len(self.views)}"
            self.views[fields["view_id"]] = []
        shown = self.views.get(fields["view_id"])
        if shown is None:
            return {"ok": False, "error": "not_found"}
        if fields.get("hash") not in (None, f"h{len(shown)}", len(shown)):
            return {"ok": False, "error": "hash_conflict"}
        shown.append(fields["view"])
        return {"ok": True, "view": {"id": fields["view_id"], "hash": f"h{len(shown)}", **fields["view"]}}

    async def _granted(self, request: web.Request, fields: dict[str, Any]) -> dict[str, Any]:
        """Codes and refresh tokens are good once, for the one client there is."""
        given = str(fields.get("refresh_token") or fields.get("code"))
        if request.headers["Authorization"] != aiohttp.encode_basic_auth("1.2", "client-secret"):
            return {"ok": False, "error": "bad_client_secret"}
        return self.grants.pop(given, {"ok": False, "error": "invalid_code"})

    async def _hook(self, request: web.Request) -> web.Response:
        number = request.match_info["number"]
        if self.uses.get(number, 0) <= 0:
            return web.Response(status=404, text="used_url")
        self.uses[number] -= 1
        await self._keep(Posted(number, "response_url", await request.json()))
        return web.Response(text="ok")


def _read(name: str, text: str) -> Any:
    return json.loads(text) if name in ("blocks", "view") else text


@asynccontextmanager
async def running() -> AsyncIterator[LittleSlack]:
    """At an address of its own."""
    slack = LittleSlack()
    app = web.Application()
    app.add_routes(
        [web.post("/api/{method}", slack._call), web.post("/hooks/{number}", slack._hook)]  # noqa: SLF001 - it is this module's
    )
    async with serving(app, Listen(port=0), grace=0.0) as slack.url:
        yield slack
