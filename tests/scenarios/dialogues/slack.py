"""Slack as a `Chat`: the sandbox's Slack signs what people do and brings it to the real front, which answers through
its Web API; what is read is what a screen there shows, blocks and all."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from adapters.slack.render.buttons import FORM
from adapters.slack.render.shown import ANSWERED
from bot.words import ChattingWords, Words
from tests.scenarios.slack.member import Members, Message

from .chat import Seen

JOIN = "link-0"
MEANWHILE = (
    Words.STILL_CHECKING,
    ChattingWords.STILL_WORKING,
    ChattingWords.CHECKING_TAKES_LONGER,
    ChattingWords.TAKES_LONGER,
)  # said where an answer takes a while
SLACKS_OWN = (JOIN, FORM)  # buttons that this chat has beside a reply's


class SlackChat:
    """A Chat. An answer to a press stands where the button was; notices are messages of their own."""

    name = "Slack"

    def __init__(self, members: Members) -> None:
        self._members = members
        self._told: defaultdict[str, list[str]] = defaultdict(list)

    async def says(self, person: str, words: str) -> Seen:
        """See Chat."""
        before = await self._ours(person)
        if words.startswith("/"):
            await self._members.command(person, words)
        else:
            await self._members.say(person, words)
        return await self._new(person, before)

    async def presses(self, person: str, label: str) -> Seen:
        """See Chat."""
        before = await self._ours(person)
        for message in reversed(await self._members.messages(person)):
            if message.is_ours and label in message.pressable:
                await self._members.press(message, label)
                return await self._new(person, before, pressed=message)
        raise AssertionError(f"no [{label}] before {person}'s eyes")

    async def told(self, person: str) -> Seen:
        """See Chat."""
        changes = -1
        async with asyncio.timeout(60):
            while not (news := await self._news(person)):
                changes = await self._members.changed_since(person, changes)
        self._told[person].append(news[0].ts)
        return seen(news[0])

    async def _ours(self, person: str) -> dict[str, Message]:
        return {each.ts: each for each in await self._members.messages(person) if each.is_ours}

    async def _new(self, person: str, before: Mapping[str, Message], pressed: Message | None = None) -> Seen:
        """What changed before their eyes; where nothing did, the same words were put in place of what was pressed. How
        a booking ended has a mark, as notices have: it is the answer where there is no other."""
        after = await self._ours(person)
        changed = [message for ts, message in after.items() if before.get(ts) != message]
        new = [message for message in changed if not is_notice(message)] or changed
        self._told[person] += [message.ts for message in new if is_notice(message)]
        parts = [seen(message) for message in new if not message.files]
        if not parts and pressed is not None:
            parts = [seen(after[pressed.ts])]
        assert parts, f"nothing was answered to {person}"
        parts = [each for each in parts if each.words not in MEANWHILE] or parts
        links = {label: url for part in parts for label, url in part.links.items()}
        files = tuple("picture" if file["picture"] else file["name"] for message in new for file in message.files)
        return Seen("\n".join(part.words for part in parts), parts[-1].buttons, links, files)

    async def _news(self, person: str) -> list[Message]:
        messages = await self._members.messages(person)
        return [each for each in messages if is_notice(each) and each.ts not in self._told[person]]


def is_notice(message: Message) -> bool:
    """It has a mark of its own, where an answer says that it is one."""
    return message.is_ours and bool(message.blocks) and message.blocks[0]["block_id"] != ANSWERED


def seen(message: Message) -> Seen:
    """The blocks as they are drawn. Lock screens and screen readers get the same words."""
    lines: list[str] = []
    buttons: list[str] = []
    links: dict[str, str] = {}
    for block in message.blocks:
        if block["type"] == "actions":
            for element in block["elements"]:
                shown = list(labels(element))
                if "url" in element:
                    links[shown[0]] = element["url"]
                buttons += [] if element["action_id"] in SLACKS_OWN else shown
        else:
            lines += written(block)
    if not message.blocks:
        lines = message.lines
    assert message.lines[: len(lines)] == lines, "the text says something else than the blocks"
    return Seen("\n".join(lines), tuple(buttons), links)


def labels(element: Mapping[str, Any]) -> Iterator[str]:
    """A button's; or of a menu what can be chosen in it."""
    if element["type"] == "static_select":
        yield from (option["text"]["text"] for option in element["options"])
    else:
        yield element["text"]["text"]


def written(block: Mapping[str, Any]) -> Iterator[str]:
    """A paragraph, or the lines of a list."""
    match block["type"]:
        case "context":
            yield from (line for element in block["elements"] for line in element["text"].splitlines())
        case "rich_text":
            for part in block["elements"]:
                items = part["elements"] if part["type"] == "rich_text_list" else [part]
                for number, item in enumerate(items, start=1):
                    mark = "" if item is part else f"{number}. " if part["style"] == "ordered" else "- "
                    text = "".join(run["url"] if run["type"] == "link" else run["text"] for run in item["elements"])
                    yield from f"{mark}{text}".splitlines()
        case other:
            raise AssertionError(f"people would see a block of type {other!r}")
