"""A whole reply as plain text: everything a card says, for terminals, screen readers and messages without cards."""

from __future__ import annotations

from bot.replies import Reader, Reply

from .voice import Voice
from .worded import worded


def plain(reply: Reply, reader: Reader) -> str:
    """Paragraphs, the numbered list, and the buttons in brackets on the last line."""
    words = worded(reply, Voice(reader))
    lines = [f"{f'{at}.' if words.numbered else '-'} {line}" for at, line in enumerate(words.lines, start=1)]
    buttons = " ".join(f"[{button.label}]" for button in words.buttons)
    return "\n".join([*words.before, *lines, *words.after, *([buttons] if buttons else [])])
