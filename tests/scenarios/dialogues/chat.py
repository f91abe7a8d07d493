"""A chat, as the people in it know it: they say something or press a button, and read what comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

BUTTONS = re.compile(r"(?:\[[^\[\]]+\] ?)+")
ADDRESS = re.compile(r"https?://\S+?(?=[.,;]?(?:\s|$))")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one person has before their eyes: `words` as drawn for that person, line by line, without emphasis, lists
    numbered as on the screen; the labels of `buttons`, in order. `links`: where some of them lead, and [Join]. `files`:
    "picture", or the name of what was handed over."""

    words: str
    buttons: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict, compare=False)
    files: tuple[str, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """As the product's page writes it."""
        buttons = " ".join(f"[{label}]" for label in self.buttons)
        return "\n".join([self.words, *([buttons] if buttons else [])])

    @property
    def link(self) -> str:
        """The one address in the words."""
        (found,) = ADDRESS.findall(self.words)
        return str(found)


class Chat(Protocol):
    """`person` is a first name of somebody at example.com, or an address."""

    @property
    def name(self) -> str:
        """As administrators read it: "reachable in Slack"."""
        ...

    async def says(self, person: str, words: str) -> Seen:
        """What is answered. Words that begin with a slash are a command, where the chat has commands."""
        ...

    async def presses(self, person: str, label: str) -> Seen:
        """What is answered to the newest button of that label before this person's eyes."""
        ...

    async def told(self, person: str) -> Seen:
        """The next thing this person is told without having asked, once it comes. Each is told once, in order."""
        ...


def dialogue(text: str) -> Seen:
    """As the product's page writes it: the words, and in a last line the buttons in brackets. Where a line of it is too
    long for a file, it goes on behind a backslash."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    buttons: tuple[str, ...] = ()
    if BUTTONS.fullmatch(lines[-1]):
        buttons = tuple(re.findall(r"\[([^\[\]]+)\]", lines.pop()))
    return Seen("\n".join(lines), buttons)
