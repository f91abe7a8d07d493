"""Somebody in the sandbox's Slack: types, presses, and sees what a screen there shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from adapters.cli.playing import Stage
from adapters.main.slack import SlackIn
from tests.visiting import address_of


@dataclass(frozen=True)
class Message:
    """As somebody sees it. Where a button or an option leads, and by which ids, is what pressing needs."""

    by: str
    where: str
    shown: dict[str, Any] = field(repr=False)
    files: tuple[dict[str, Any], ...] = field(default=(), repr=False)

    @property
    def ts(self) -> str:
        """Which one of the channel's it is."""
        return str(self.shown["ts"])

    @property
    def is_ours(self) -> bool:
        """Written by the application."""
        return bool(self.shown["bot"])

    @property
    def only(self) -> bool:
        """Nobody else sees it."""
        return bool(self.shown["only"])

    @property
    def blocks(self) -> list[Mapping[str, Any]]:
        """What is drawn."""
        return list(self.shown["blocks"])

    @property
    def text(self) -> str:
        """What a screen reader or a phone's lock screen says."""
        text: str = self.shown["text"]
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    @property
    def lines(self) -> list[str]:
        """The same, line by line."""
        return self.text.splitlines()

    @property
    def pressable(self) -> dict[str, dict[str, str]]:
        """By what stands on it: a button's block and action, an option's value besides."""
        found: dict[str, dict[str, str]] = {}
        for block in self.blocks:
            for element in block.get("elements", ()) if block["type"] == "actions" else ():
                ids = {"block": block["block_id"], "action": element["action_id"]}
                if element["type"] == "button":
                    found |= dict.fromkeys((element["accessibility_label"], element["text"]["text"]), ids)
                for option in element.get("options", ()):
                    found[option["text"]["text"]] = {**ids, "value": option["value"]}
        return found


@dataclass(frozen=True)
class Members:
    """Everybody in one workspace. Each deed waits until what it led to is done."""

    http: aiohttp.ClientSession
    here: SlackIn
    stage: Stage

    async def command(self, who: str, line: str, channel: str = "") -> Message:
        """The newest message before their eyes, after a slash command."""
        await self._drive("command", **{"as": address_of(who), "line": line, "channel": channel})
        return await self.newest(who, channel)

    async def say(self, who: str, text: str) -> Message:
        """The same, after words to the bot."""
        await self._drive("say", **{"as": address_of(who), "text": text})
        return await self.newest(who)

    async def press(self, message: Message, label: str, who: str = "") -> Message:
        """The same, after a button, pressed by whoever saw it or by somebody else."""
        place = {"channel": message.where, "ts": message.ts, **message.pressable[label]}
        await self._drive("press", **{"as": address_of(who or message.by), **place})
        return await self.newest(who or message.by, message.where)

    async def messages(self, who: str, channel: str = "") -> list[Message]:
        """Everything in that channel, or in the direct messages with the bot."""
        shown = await self._screen(who, channel=channel)
        files = shown["files"]
        return [
            Message(who, shown["channel"], each, tuple(files[id] for id in each["files"])) for each in shown["messages"]
        ]

    async def newest(self, who: str, channel: str = "") -> Message:
        """The last of those."""
        await self.here.tasks.idle()
        return (await self.messages(who, channel))[-1]

    async def changed_since(self, who: str, seen: int) -> int:
        """The number of changes anywhere, once it is another than `seen`, or after a while."""
        shown = await self._screen(who, **({"seen": str(seen)} if seen >= 0 else {}))
        return int(shown["seen"])

    async def channel(self, name: str, *who: str) -> str:
        """A channel of these people."""
        members = [address_of(each) for each in who]
        told = await self._drive("channel", domain="example.com", name=name, members=members, bot=True)
        return str(told["channel"])

    async def shortcut(self, who: str, callback: str, **message: str) -> Message:
        """A shortcut, of the menu or of a message."""
        await self._drive("shortcut", **{"as": address_of(who), "callback": callback, **message})
        return await self.newest(who)

    async def _screen(self, who: str, **query: str) -> dict[str, Any]:
        async with self.http.get("/_/slack/screen", params={"as": address_of(who), **query}) as answer:
            shown: dict[str, Any] = json.loads(await answer.text())
            assert answer.status == 200, shown
        return shown

    async def _drive(self, deed: str, **told: Any) -> dict[str, Any]:
        async with self.http.post(f"/_/slack/{deed}", json=told) as answer:
            read: dict[str, Any] = await answer.json()
            assert answer.status == 200, read
        assert read.get("status", 200) == 200, read
        await self.here.tasks.idle()
        return read
