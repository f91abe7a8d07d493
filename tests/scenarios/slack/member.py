"""Somebody in the sandbox's Slack: types, presses, and sees what a screen there shows."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from adapters.cli.playing import Stage
from adapters.main.slack import SlackIn
from tests.visiting import address_of

MARK = re.compile(r"<!date\^[^|>]*\|([^>]*)>")


@dataclass(frozen=True)
class Seen:
    """A message as somebody sees it."""

    by: str
    where: str
    only: bool
    message: dict[str, Any] = field(repr=False)

    @property
    def text(self) -> str:
        """What a screen reader or a phone's lock screen says."""
        text: str = self.message["text"]
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    @property
    def lines(self) -> list[str]:
        """The same, line by line."""
        return self.text.splitlines()

    @property
    def buttons(self) -> dict[str, tuple[str, str]]:
        """By their labels: the block they are in, and their action."""
        return {
            element["text"]["text"]: (block["block_id"], element["action_id"])
            for block in self.message["blocks"]
            if block["type"] == "actions"
            for element in block["elements"]
            if element["type"] == "button"
        }


@dataclass(frozen=True)
class Members:
    """Everybody in the workspace of example.com. Each deed waits until what it led to is done."""

    http: aiohttp.ClientSession
    here: SlackIn
    stage: Stage

    async def command(self, who: str, line: str, channel: str = "") -> Seen:
        """The newest message before their eyes, after a slash command."""
        await self._drive("command", **{"as": address_of(who), "line": line, "channel": channel})
        return await self.newest(who, channel)

    async def say(self, who: str, text: str) -> Seen:
        """The same, after words to the bot."""
        await self._drive("say", **{"as": address_of(who), "text": text})
        return await self.newest(who)

    async def press(self, seen: Seen, label: str, who: str = "") -> Seen:
        """The same, after a button, pressed by whoever saw it or by somebody else."""
        block, action = seen.buttons[label]
        place = {"channel": seen.where, "ts": seen.message["ts"], "block": block, "action": action}
        await self._drive("press", **{"as": address_of(who or seen.by), **place})
        return await self.newest(who or seen.by, seen.where)

    async def messages(self, who: str, channel: str = "") -> list[Seen]:
        """Everything in that channel, or in the direct messages with the bot."""
        query = {"as": address_of(who), "channel": channel}
        async with self.http.get("/_/slack/screen", params=query) as answer:
            shown = json.loads(await answer.text())
            assert answer.status == 200, shown
        return [Seen(who, shown["channel"], each["only"], each) for each in shown["messages"]]

    async def newest(self, who: str, channel: str = "") -> Seen:
        """The last of those."""
        await self.here.tasks.idle()
        return (await self.messages(who, channel))[-1]

    async def channel(self, name: str, *who: str) -> str:
        """A channel of these people."""
        members = [address_of(each) for each in who]
        told = await self._drive("channel", domain="example.com", name=name, members=members, bot=True)
        return str(told["channel"])

    async def shortcut(self, who: str, callback: str, **message: str) -> Seen:
        """A shortcut, of the menu or of a message."""
        await self._drive("shortcut", **{"as": address_of(who), "callback": callback, **message})
        return await self.newest(who)

    async def _drive(self, deed: str, **told: Any) -> dict[str, Any]:
        async with self.http.post(f"/_/slack/{deed}", json=told) as answer:
            read: dict[str, Any] = await answer.json()
            assert answer.status == 200, read
        assert read.get("status", 200) == 200, read
        await self.here.tasks.idle()
        return read
