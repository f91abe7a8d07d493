"""Development without signatures: heard from this machine alone, straight, and from no page."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from adapters.setting_values import Listen
from adapters.teams.unsigned import Unsigned
from adapters.web.app import web_app
from adapters.web.metrics import Metrics
from adapters.web.serving import serving

from .activities import message

SERVICE = "http://127.0.0.1:9/teams/"


@pytest.fixture
async def url() -> AsyncIterator[str]:
    edge = Unsigned(("http://127.0.0.1:9/teams",))

    async def messages(request: web.Request) -> web.Response:
        return web.json_response({"text": (await edge.activity(request)).text}, status=202)

    app = web_app([web.post("/api/messages", messages)], Metrics())
    async with serving(app, Listen("127.0.0.1", 0), grace=0) as url:
        yield f"{url}/api/messages"


async def send(url: str, body: object, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with aiohttp.ClientSession() as http, http.post(url, json=body, headers=named) as answer:
        return answer.status


async def test_whoever_is_here_is_heard(url: str) -> None:
    assert await send(url, message("book", serviceUrl=SERVICE)) == 202


@pytest.mark.parametrize("name", ["Forwarded", "X_Forwarded_For", "X_Real_IP", "Via", "Origin"])
async def test_nobody_is_heard_through_a_proxy_or_from_a_page(url: str, name: str) -> None:
    assert await send(url, message("book", serviceUrl=SERVICE), **{name: "https://evil.example"}) == 403


async def test_all_else_is_checked_as_ever(url: str) -> None:
    assert await send(url, message("book")) == 403  # Microsoft's own service is not this machine
    assert await send(url, message("book", serviceUrl=SERVICE, channelId="emulator")) == 400
    assert await send(url, [message("book")]) == 400
    assert await send(url, message("book", serviceUrl=SERVICE, conversation=None)) == 400
