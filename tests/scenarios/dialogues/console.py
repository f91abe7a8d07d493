"""The console as a `Chat`: over HTTP, as the demo's page and `pairtime chat` use it."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from tests.visiting import Reply, Visitor

from .chat import Seen


class ConsoleChat:
    """A Chat. What was answered and told stays on the screen, the newest last."""

    name = "the console"

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._screens: defaultdict[str, list[Reply]] = defaultdict(list)
        self._told: defaultdict[str, int] = defaultdict(int)

    async def says(self, person: str, words: str) -> Seen:
        """See Chat."""
        return self._shown(person, await self._visitor.say(person, words))

    async def presses(self, person: str, label: str) -> Seen:
        """See Chat."""
        for reply in reversed(self._screens[person]):
            if any(label in (choice["label"], choice["name"]) for choice in reply["choices"]):
                return self._shown(person, await self._visitor.press(person, reply, label))
        raise AssertionError(f"no [{label}] before {person}'s eyes")

    async def told(self, person: str) -> Seen:
        """See Chat."""
        changes = -1
        async with asyncio.timeout(60):
            while len(messages := await self._visitor.inbox(person)) <= self._told[person]:
                changes = await self._visitor.changes(changes)
        self._told[person] += 1
        return self._shown(person, messages[self._told[person] - 1])

    def _shown(self, person: str, reply: Reply) -> Seen:
        self._screens[person].append(reply)
        return seen(reply)


def seen(reply: Reply) -> Seen:
    """The data of a reply, as a page shows them."""
    marks = [f"{number}. " if reply["numbered"] else "- " for number in range(1, len(reply["lines"]) + 1)]
    lines = [f"{mark}{line}" for mark, line in zip(marks, reply["lines"], strict=True)]
    links = {choice["label"]: choice["url"] for choice in reply["choices"] if choice["url"]}
    if reply["join"]:
        links["Join"] = reply["join"]
    files = [*(["picture"] if reply["picture"] else []), *([reply["download"]["name"]] if reply["download"] else [])]
    return Seen(
        words="\n".join([*reply["before"], *lines, *reply["after"]]),
        buttons=tuple(choice["label"] for choice in reply["choices"]),
        links=links,
        files=tuple(files),
    )
