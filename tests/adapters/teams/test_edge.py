"""Requests to the edge over HTTP: what is no activity for us is answered with what is wrong, never with a 500."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from adapters.setting_values import Listen
from adapters.teams.activity import Activity
from adapters.teams.auth import Authentication
from adapters.teams.edge import LARGEST, Edge
from adapters.web.app import web_app
from adapters.web.metrics import Metrics
from adapters.web.serving import serving

from .activities import message
from .microsoft import SERVICE, TENANT, Microsoft
from .test_auth import FORGED

LONGEST_HEADER = 8_000  # the server takes none longer


class Door:
    """The edge behind a server, a client before it, and what came through."""

    def __init__(self, microsoft: Microsoft) -> None:
        self.microsoft = microsoft
        self.through: list[Activity] = []
        self.url = ""

    async def send(self, body: object, token: str | None = None, **headers: str) -> int:
        """The status. Objects are sent as JSON, bytes as they are."""
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        sent = {"Content-Type": "application/json", "Authorization": f"Bearer {token or self.microsoft.token()}"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"{self.url}/api/messages"
        async with aiohttp.ClientSession() as alone, alone.post(url, data=data, headers={**sent, **named}) as answer:
            assert "Traceback" not in await answer.text()
            return answer.status


@pytest.fixture
async def door(microsoft: Microsoft, authentication: Authentication) -> AsyncIterator[Door]:
    edge = Edge(authentication, lambda tenant: tenant == TENANT)
    made = Door(microsoft)

    async def messages(request: web.Request) -> web.Response:
        made.through.append(await edge.activity(request))
        return web.Response(status=202)

    app = web_app([web.post("/api/messages", messages)], Metrics())
    async with serving(app, Listen("127.0.0.1", 0), grace=0) as url:
        made.url = url
        yield made


async def test_a_good_one_comes_through(door: Door) -> None:
    assert await door.send(message("book")) == 202
    assert await door.send(message("book"), Content_Type="application/json; charset=utf-8") == 202
    assert [each.text for each in door.through] == ["book", "book"]


@pytest.mark.parametrize("why", [why for why in FORGED if why not in ("other letters", "nothing")])
async def test_what_is_not_signed_for_us_is_a_401(door: Door, why: str) -> None:
    token = FORGED[why](door.microsoft)
    assert await door.send(message("book"), token) == (401 if len(token) < LONGEST_HEADER else 400)
    assert door.through == []


@pytest.mark.parametrize("authorization", ["", "Bearer", "Basic dXM6dXM="])
async def test_no_token_is_a_401(door: Door, authorization: str) -> None:
    assert await door.send(message("book"), Authorization=authorization) == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (json.dumps(message("\ud800")).encode(), 400),
        (json.dumps(message("\ud800")).encode("utf-16"), 400),
        (json.dumps(message("book")).encode("utf-32-le"), 400),
        (b"[" * 100_000, 400),
        ([message("book")], 400),
        ("book", 400),
        (None, 400),
        ({}, 401),
        (message("book", serviceUrl=None), 401),
        (message("book", serviceUrl="https://evil.example/"), 401),
        (message("book", channelId="emulator"), 401),
        (message("book", conversation=None), 400),
        (message("book", conversation={"id": "a:1", "tenantId": 7}), 400),
        (message(None), 202),
        (message(None, type="somethingNew"), 202),
        (message(None, type="invoke", name="something/new"), 202),
        (message("x" * LARGEST), 413),
        (b" " * 2 * 1024 * 1024, 413),
    ],
)
async def test_what_is_no_activity_is_said_to_be_none(door: Door, body: object, status: int) -> None:
    assert await door.send(body) == status
    assert len(door.through) == (status == 202)


async def test_what_is_small_and_unpacks_large_is_too_large(door: Door) -> None:
    packed = gzip.compress(b" " * 20 * 1024 * 1024)
    assert len(packed) < LARGEST
    assert await door.send(packed, Content_Encoding="gzip") in (400, 413)


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/html", "application/x-www-form-urlencoded", "multipart/form-data"]
)
async def test_another_kind_of_content_is_a_415(door: Door, kind: str) -> None:
    assert await door.send(message("book"), Content_Type=kind) == 415


async def test_another_tenant_is_a_403(door: Door) -> None:
    other = "99999999-2222-3333-4444-555555555555"
    raw = message("book", conversation={"id": "a:1", "tenantId": other}, channelData={"tenant": {"id": other}})
    assert await door.send(raw) == 403


@pytest.mark.parametrize(
    "service",
    [
        "https://evil.example/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evilsmba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://us@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net:x/",
        "http://smba.trafficmanager.net/emea/",
        "https://[::1/",
        "file:///etc/passwd",
    ],
)
async def test_a_service_that_answers_may_not_be_sent_to_is_a_403_even_when_signed(door: Door, service: str) -> None:
    token = door.microsoft.token(door.microsoft.claims(serviceurl=service))
    assert await door.send(message("book", serviceUrl=service), token) == 403


async def test_a_region_below_a_known_host_is_fine(door: Door) -> None:
    for service in (SERVICE, "https://smba.trafficmanager.net/fr", "https://emea.ng.msg.teams.microsoft.com/"):
        token = door.microsoft.token(door.microsoft.claims(serviceurl=service))
        assert await door.send(message("book", serviceUrl=service), token) == 202


async def test_while_keys_are_not_to_be_had_teams_is_asked_to_come_again(door: Door) -> None:
    door.microsoft.status = 500
    assert await door.send(message("book")) == 503


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b" " * 1024 * 1024])
async def test_whatever_it_holds_a_request_that_is_not_signed_is_a_401(door: Door, body: bytes) -> None:
    assert await door.send(body, "a.b.c", Content_Type="text/plain") == 401
    assert door.through == []
