"""A whole reply as plain text: everything a card says, for terminals, screen readers and messages without cards."""

from __future__ import annotations

from bot.replies import Reader, Reply

from .voice import Voice
from .worded import Worded, worded


def plain(reply: Reply, reader: Reader) -> str:
    """Paragraphs, the numbered list, the buttons in brackets, and on lines of their own the addresses of links."""
    return in_plain(worded(reply, Voice(reader)))


def in_plain(words: Worded) -> str:
    """The same, of words in the plain style."""
    lines = [f"{f'{at}.' if words.numbered else '-'} {line}" for at, line in enumerate(words.lines, start=1)]
    buttons = " ".join(f"[{button.label}]" for button in words.buttons)
    links = [f"{button.label}: {button.url}" for button in words.buttons if button.url]
    return "\n".join([*words.before, *lines, *words.after, *([buttons] if buttons else []), *links])
