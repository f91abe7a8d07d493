"""The door: how much is begun at a time, and what is answered where no more is; and that a failure is no answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from adapters.recent import Recent
from adapters.setting_values import Listen
from adapters.tasks import MOST_WAITING, Tasks
from adapters.teams.activity import Activity
from adapters.teams.app import busy, is_wanted
from adapters.teams.connector import Json
from adapters.teams.front import Front
from adapters.teams.inbox import MemoryInbox
from adapters.teams.unsigned import Unsigned
from adapters.web.app import web_app
from adapters.web.metrics import Metrics
from adapters.web.serving import serving

from .activities import message

TOO_BUSY = "So many people are asking right now"


class Unforeseen(Exception):
    """A fault of ours."""


@dataclass
class Door:
    """`process` waits until `open`, and fails while `broken`."""

    tasks: Tasks
    url: str = ""
    broken: bool = False
    open: asyncio.Event = field(default_factory=asyncio.Event)
    begun: list[str] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def process(self, activity: Activity) -> Json:
        async with self.news:
            self.begun.append(activity.id)
            self.news.notify_all()
        if self.broken:
            raise Unforeseen
        await self.open.wait()
        return {"done": activity.id}

    async def sorry(self, _activity: Activity) -> None:
        """Nobody waits here."""

    async def until(self, count: int) -> None:
        """So many were begun."""
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(lambda: len(self.begun) >= count)

    async def send(self, id: str, **changes: object) -> tuple[int, str, dict[str, object]]:
        """The status, Retry-After and the body."""
        told = message("help", id=id, serviceUrl="http://127.0.0.1:9/teams/", **changes)
        async with aiohttp.ClientSession() as http, http.post(self.url, json=told) as answer:
            body = await answer.json() if answer.content_type == "application/json" else {}
            return answer.status, answer.headers.get("Retry-After", ""), body

    async def ask(self, id: str, name: str = "adaptiveCard/action", by: str = "29:sam") -> tuple[int, object]:
        """What somebody's client is answered."""
        sender = {"id": by, "name": "Sam", "aadObjectId": "aaaaaaaa-2222-3333-4444-555555555555"}
        status, _, body = await self.send(id, type="invoke", name=name, **{"from": sender})
        return status, body


@asynccontextmanager
async def behind(most: int) -> AsyncIterator[Door]:
    door = Door(Tasks(most=most))
    front = Front(
        edge=Unsigned(("http://127.0.0.1:9/teams",)),
        inbox=MemoryInbox(Recent(lambda: 0.0)),
        tasks=door.tasks,
        wanted=is_wanted,
        process=door.process,
        sorry=door.sorry,
        busy=busy,
    )
    async with serving(web_app(front.routes(), Metrics()), Listen("127.0.0.1", 0), grace=0) as url:
        door.url = f"{url}/api/messages"
        yield door
        door.open.set()
        await door.tasks.idle()


async def test_words_for_which_there_is_no_room_are_sent_again_later() -> None:
    async with behind(2) as door:
        assert [(await door.send(each))[0] for each in ("1", "2")] == [202, 202]
        assert (await door.send("3"))[:2] == (503, "30")
        door.open.set()
        await door.tasks.idle()
        assert (await door.send("3"))[0] == 202
        await door.tasks.idle()
        assert door.begun == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("adaptiveCard/action", lambda body: body["value"]),
        ("composeExtension/query", lambda body: body["composeExtension"]["text"]),
        ("task/fetch", lambda body: body["task"]["value"]),
        ("something/new", lambda body: body["value"]["message"]),
    ],
)
async def test_whoever_waits_is_told_at_once_where_there_is_no_room(name: str, said: Callable[[Any], str]) -> None:
    async with behind(1) as door:
        waiting = asyncio.create_task(door.ask("1", by="29:ana"))
        await door.until(1)
        status, body = await door.ask("2", name)
        assert (status, said(body)[: len(TOO_BUSY)]) == (200, TOO_BUSY)
        door.open.set()
        assert await waiting == (200, {"done": "1"})
        assert await door.ask("2", name) == (200, {"done": "2"})


async def test_one_account_that_asks_and_asks_leaves_room_to_others() -> None:
    async with behind(1_000) as door:
        several = [asyncio.create_task(door.ask(str(number))) for number in range(MOST_WAITING)]
        await door.until(MOST_WAITING)
        assert TOO_BUSY in str(await door.ask("more"))
        other = asyncio.create_task(door.ask("others", by="29:ana"))
        await door.until(MOST_WAITING + 1)
        door.open.set()
        assert {status for status, _ in await asyncio.gather(*several, other)} == {200}


async def test_a_failure_is_not_the_answer_to_what_is_asked_again() -> None:
    async with behind(10) as door:
        door.broken = True
        assert (await door.ask("1"))[0] == 500
        door.broken = False
        door.open.set()
        assert await door.ask("1") == (200, {"done": "1"})
        assert await door.ask("1") == (200, {"done": "1"})
        assert door.begun == ["1", "1"]
