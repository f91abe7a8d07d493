"""Files that a bot hands over, attachments, and the token of a bot that runs on Azure."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from aiohttp import web

from .bot import Heard
from .conftest import SAM, Api, said

CONTENT = b"day,minutes\n2026-11-24,45\n"
CONSENT = {
    "contentType": "application/vnd.microsoft.teams.card.file.consent",
    "name": "sessions.csv",
    "content": {
        "description": "Your sessions",
        "sizeInBytes": len(CONTENT),
        "acceptContext": {"file": 7},
        "declineContext": {"file": 0},
    },
}


async def put(api: Api, url: str, content: bytes, told: str) -> tuple[int, Any]:
    async with api.http.put(url, data=content, headers={"Content-Range": told}) as answer:
        return answer.status, await answer.json()


async def screen(api: Api) -> Any:
    async with api.http.get("/_/teams/screen", params={"as": SAM}) as answer:
        return (await answer.json())["messages"]


async def test_a_file_comes_once_it_is_allowed(api: Api, heard: Heard) -> None:
    id = await api.sent(api.chat(), {"type": "message", "attachments": [CONSENT]})
    assert (await screen(api))[0]["files"] == [{"name": "sessions.csv", "about": "Your sessions", "id": ""}]
    heard.answer = lambda _activity: web.Response()
    await api.drive("consent", **{"as": SAM, "message": id})
    told = heard.heard[0]
    assert (told["name"], told["value"]["action"], told["value"]["context"]) == (
        "fileConsent/invoke",
        "accept",
        {"file": 7},
    )
    info = told["value"]["uploadInfo"]
    assert (await screen(api))[0]["files"] == []
    await api.drive("consent", 400, **{"as": SAM, "message": id})
    size = len(CONTENT)
    assert (await put(api, info["uploadUrl"], CONTENT, "bytes 0-3/4"))[0] == 400
    assert (await put(api, info["uploadUrl"], CONTENT[9:], f"bytes 9-{size - 1}/{size}"))[0] == 416
    assert await put(api, info["uploadUrl"], CONTENT[:9], f"bytes 0-8/{size}") == (202, {"nextExpectedRanges": ["9-"]})
    async with api.http.get(info["contentUrl"]) as answer:
        assert answer.status == 404
    assert (await put(api, info["uploadUrl"], CONTENT[9:], f"bytes 9-{size - 1}/{size}"))[0] == 201
    assert (await put(api, info["uploadUrl"], CONTENT, f"bytes 0-{size - 1}/{size}"))[0] == 404
    shown = {
        "contentType": "application/vnd.microsoft.teams.card.file.info",
        "name": info["name"],
        "contentUrl": info["contentUrl"],
        "content": {"uniqueId": info["uniqueId"], "fileType": info["fileType"]},
    }
    await api.sent(api.chat(), {"type": "message", "attachments": [shown]})
    assert (await screen(api))[1]["files"][0]["id"] == info["uniqueId"]
    async with api.http.get(info["contentUrl"]) as answer:
        assert await answer.read() == CONTENT


async def test_a_declined_file_has_no_way_in(api: Api, heard: Heard) -> None:
    id = await api.sent(api.chat(), {"type": "message", "attachments": [CONSENT]})
    await api.drive("consent", **{"as": SAM, "message": id, "decision": "decline"})
    assert (heard.heard[0]["value"]["context"], "uploadInfo" in heard.heard[0]["value"]) == ({"file": 0}, False)
    plain = await api.sent(api.chat(), said())
    await api.drive("consent", 400, **{"as": SAM, "message": plain})


async def test_attachments_are_kept_and_read(api: Api) -> None:
    place = f"conversations/{api.chat()}/attachments"
    encoded = base64.b64encode(CONTENT).decode()
    id = (await api.ask("POST", place, {"name": "a.csv", "type": "text/csv", "originalBase64": encoded}))["id"]
    told = await api.ask("GET", f"attachments/{id}")
    assert told == {"name": "a.csv", "type": "text/csv", "views": [{"viewId": "original", "size": len(CONTENT)}]}
    headers = {"Authorization": f"Bearer {api.token}"}
    async with api.http.get(f"/teams/emea/v3/attachments/{id}/views/original", headers=headers) as answer:
        assert await answer.read() == CONTENT
    for bad in ({}, {"name": "a", "type": "b", "originalBase64": "no base64!"}):
        assert (await api.refused("POST", place, bad))[0] == 400
    for path in ("attachments/nothing", f"attachments/{id}/views/thumbnail"):
        assert (await api.refused("GET", path))[0] == 404


@pytest.mark.parametrize(
    ("metadata", "resource", "status"),
    [
        ("true", "https://api.botframework.com", 200),
        ("", "https://api.botframework.com", 400),
        ("true", "https://x", 400),
    ],
)
async def test_azures_machines_give_the_bots_token(api: Api, metadata: str, resource: str, status: int) -> None:
    query = {"api-version": "2018-02-01", "resource": resource, "client_id": api.sandbox.teams_bot().app_id}
    headers = {"Metadata": metadata} if metadata else {}
    async with api.http.get("/teams/metadata/identity/oauth2/token", params=query, headers=headers) as answer:
        assert answer.status == status
        told = await answer.json()
    if status == 200:
        api.token = told["access_token"]
        await api.sent(api.chat(), said())
