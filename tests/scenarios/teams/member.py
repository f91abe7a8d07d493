"""Somebody in the sandbox's Teams: types, presses, and sees what a screen there shows."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from adapters.cli.playing import Stage
from adapters.main.teams import TeamsIn
from tests.visiting import address_of


@dataclass(frozen=True)
class Seen:
    """A message as somebody sees it."""

    by: str
    where: str
    message: dict[str, Any] = field(repr=False)

    @property
    def id(self) -> str:
        """The message's."""
        return str(self.message["id"])

    @property
    def only(self) -> bool:
        """For one person's eyes."""
        return bool(self.message["only"])

    @property
    def card(self) -> dict[str, Any]:
        """The one card."""
        [card] = self.message["cards"]
        assert isinstance(card, dict)
        return card

    @property
    def text(self) -> str:
        """What a screen reader or a phone's lock screen says: of the card as it is now."""
        return str(self.card["fallbackText"]) if self.message["cards"] else str(self.message["text"])

    @property
    def lines(self) -> list[str]:
        """The same, line by line."""
        return self.text.splitlines()

    @property
    def buttons(self) -> list[str]:
        """Their titles."""
        return [str(each["title"]) for each in self.actions]

    @property
    def actions(self) -> list[dict[str, Any]]:
        """All of them, in whatever rows."""
        return list(_actions(self.card))


@dataclass(frozen=True)
class Members:
    """Everybody in the tenant of example.com. Each deed waits until what it led to is done."""

    http: aiohttp.ClientSession
    here: TeamsIn
    stage: Stage
    is_durable: bool

    async def say(self, who: str, text: str, conversation: str = "", **how: bool) -> Seen:
        """The newest message before their eyes, after words to the bot."""
        await self.drive("say", who, wait=True, text=text, conversation=conversation, **how)
        return await self.newest(who, conversation)

    async def press(self, seen: Seen, title: str, who: str = "", values: Mapping[str, str] | None = None) -> Seen:
        """The same message, after a button of its card; pressed by whoever saw it or by somebody else."""
        who = who or seen.by
        told = await self.drive(
            "press", who, message=seen.id, title=title, conversation=seen.where, values=dict(values or {})
        )
        assert told["status"] in (200, 202), told
        assert not told["trouble"], told
        return next(each for each in await self.messages(who, seen.where) if each.id == seen.id)

    async def messages(self, who: str, conversation: str = "", *, wait: bool = True) -> list[Seen]:
        """Everything in that conversation, or in the chat with the bot."""
        if wait:
            await self.here.tasks.idle()
        query = {"as": address_of(who), "conversation": conversation}
        async with self.http.get("/_/teams/screen", params=query) as answer:
            shown = await answer.json()
            assert answer.status == 200, shown
        return [Seen(who, shown["conversation"], each) for each in shown["messages"]]

    async def newest(self, who: str, conversation: str = "") -> Seen:
        """The last of those."""
        return (await self.messages(who, conversation))[-1]

    async def told(self, who: str, words: str, *, wait: bool = True) -> Seen:
        """The message with these words, once it is there: pushed by a job, whenever that runs."""
        async with asyncio.timeout(30):
            while True:
                before = self.stage.sandbox.teams.state.changes.number
                found = [each for each in await self.messages(who, wait=wait) if words in each.text]
                if found:
                    return found[-1]
                await self.stage.sandbox.teams.state.changes.since(before, 30.0)

    async def fail(self, operation: str, vendor: str = "teams", kind: str = "status", **how: object) -> None:
        """The next calls of that kind are answered so."""
        body = {"kind": kind, "vendor": vendor, "operation": operation, **how}
        async with self.http.post("/_/faults", json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def calls(self, operation: str) -> list[dict[str, Any]]:
        """What was asked of Teams."""
        async with self.http.get("/_/log") as answer:
            told = await answer.json()
        return [each for each in told["calls"] if each["vendor"] == "teams" and each["operation"] == operation]

    async def drive(self, deed: str, who: str = "", *, wait: bool = True, **told: object) -> dict[str, Any]:
        """What the sandbox's hands did. `wait`: until what it led to is done."""
        body: Mapping[str, object] = {**({"as": address_of(who)} if who else {}), **told}
        async with self.http.post(f"/_/teams/{deed}", json=body) as answer:
            read: dict[str, Any] = await answer.json()
            assert answer.status == 200, read
        if wait:
            await self.here.tasks.idle()
        return read


def _actions(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if str(node.get("type", "")).startswith("Action.") and "title" in node:
            yield node
            return
        for name, value in node.items():
            if name != "fallback":
                yield from _actions(value)
    elif isinstance(node, list):
        for each in node:
            yield from _actions(each)
