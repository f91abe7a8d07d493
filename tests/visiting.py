"""Somebody who talks to a running demo over HTTP, as anybody in it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypedDict

import aiohttp

from adapters.cli.playing import Stage


class Choice(TypedDict):
    """As the console's data has it."""

    label: str
    name: str
    token: str
    start: str | None
    end: str | None
    url: str | None


class Read(TypedDict):
    """As the console's data has it."""

    partner: str | None
    windows: list[list[str]]
    minutes: int | None


class Reply(TypedDict):
    """As the console's data has it, as far as tests look."""

    kind: str
    text: str
    read: Read | None
    choices: list[Choice]
    before: list[str]
    lines: list[str]
    after: list[str]
    numbered: bool
    join: str | None
    picture: dict[str, str] | None
    download: dict[str, str] | None


class Event(TypedDict):
    """As the sandbox shows it, as far as tests look."""

    id: str
    uid: str
    title: str
    start: str
    end: str
    organizer: str
    attendees: list[dict[str, str]]
    busy: bool
    conference: dict[str, str] | None


class Invited(TypedDict):
    """As the sandbox shows it."""

    method: str
    uid: str
    sequence: int
    start: str
    end: str
    organizer: str
    link: str | None


A_MOMENT = 0.01  # seconds

Letter = TypedDict(
    "Letter",
    {
        "from": str,
        "to": str,
        "subject": str,
        "message_id": str,
        "after": str | None,
        "text": str,
        "invitation": Invited | None,
    },
)


def address_of(who: str) -> str:
    """A first name is somebody's at example.com."""
    return who if "@" in who else f"{who}@example.com"


@dataclass(frozen=True)
class Visitor:
    """Talks to the console over HTTP, as anybody."""

    http: aiohttp.ClientSession
    stage: Stage

    async def say(self, who: str, text: str) -> Reply:
        """The one final reply."""
        async with self.http.post("/console/say", json={"as": address_of(who), "text": text}) as answer:
            assert answer.status == 200, await answer.text()
            reply: Reply = await answer.json()
        return reply

    async def press(self, who: str, reply: Reply, label: str) -> Reply:
        """Presses the button of that label."""
        (token,) = [choice["token"] for choice in reply["choices"] if label in (choice["label"], choice["name"])]
        return await self.press_token(who, token)

    async def press_token(self, who: str, token: str) -> Reply:
        """Presses whatever is behind the token."""
        async with self.http.post("/console/press", json={"as": address_of(who), "token": token}) as answer:
            assert answer.status == 200, await answer.text()
            reply: Reply = await answer.json()
        return reply

    async def inbox(self, who: str) -> list[Reply]:
        """All that was pushed so far."""
        async with self.http.get("/console/inbox", params={"as": address_of(who), "after": "0"}) as answer:
            assert answer.status == 200, await answer.text()
            messages: list[Reply] = (await answer.json())["messages"]
        return messages

    async def changes(self, after: int) -> int:
        """How many messages were pushed to anybody, once they are more than that, or after a while."""
        async with self.http.get("/console/changes", params={"after": after}) as answer:
            changes: int = (await answer.json())["changes"]
        return changes

    async def hears(self, who: str, words: str) -> Reply:
        """The first pushed message with these words, once it is there."""
        changes, messages = -1, list[Reply]()
        with suppress(TimeoutError):
            async with asyncio.timeout(60):
                while True:
                    messages = await self.inbox(who)
                    if found := [message for message in messages if words in message["text"]]:
                        return found[0]
                    changes = await self.changes(changes)
        raise AssertionError(f"{who} never heard {words!r}, but {[message['text'] for message in messages]}")

    async def until(self, ask: Callable[[], Awaitable[object]], wanted: object) -> None:
        """Returns once the durable work has made it so: nobody tells, so it is asked for now and then. Whoever waits
        leaves the processor to whoever works."""
        async with asyncio.timeout(60):
            while True:
                if await ask() == wanted:
                    return
                await asyncio.sleep(A_MOMENT)

    async def events(self, who: str, title: str = "Mentoring session") -> list[Event]:
        """What is in that person's own calendar."""
        address = address_of(who)
        async with self.http.get(f"{self.stage.sandbox.url}/_/world", params={"mailbox": address}) as answer:
            events: list[Event] = (await answer.json())["mailboxes"][address]["events"]
        return [event for event in events if event["title"] == title]

    async def letters(self, who: str) -> list[Letter]:
        """What came to that person by mail."""
        address = address_of(who)
        async with self.http.get(f"{self.stage.sandbox.url}/_/world", params={"mailbox": address}) as answer:
            letters: list[Letter] = (await answer.json())["letters"].get(address, [])
        return letters

    async def gets(self, who: str, count: int) -> list[Letter]:
        """So many letters, once they are there."""
        came = asyncio.Event()
        self.stage.sandbox.mail.post.on_arrival(address_of(who), lambda _: came.set())
        async with asyncio.timeout(60):
            while len(letters := await self.letters(who)) < count:
                await came.wait()
                came.clear()
        return letters

    async def drive(self, what: str, **body: object) -> None:
        """A control of the sandbox's."""
        async with self.http.post(f"{self.stage.sandbox.url}/_/{what}", json=body) as answer:
            assert answer.status == 200, await answer.text()
