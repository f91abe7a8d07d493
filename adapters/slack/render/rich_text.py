"""Paragraphs and lists as rich text, in which nothing that people are called is markup.

Slack's mrkdwn cannot escape `*`, `_` and `~`; rich text carries emphasis beside the text instead of in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.wording import Style

from .shown import Block

# Private marks that no text of others can hold: plain_text drops control characters.
BOLD, PLAIN_AGAIN, ITALIC = "\x01", "\x02", "\x03"
MARKED = Style(bold=(BOLD, PLAIN_AGAIN), italic=(ITALIC, PLAIN_AGAIN))
_MARK = re.compile(f"([{BOLD}{PLAIN_AGAIN}{ITALIC}])")
_STYLE = {BOLD: {"bold": True}, ITALIC: {"italic": True}, PLAIN_AGAIN: None}


def paragraph(text: str, links: Collection[str] = ()) -> Block:
    """A block of one paragraph in the marked style. `links` are the addresses that lead somewhere when pressed."""
    return {"type": "rich_text", "elements": [_section(text, links)]}


def listed(lines: Sequence[str], *, first: int | None, links: Collection[str] = ()) -> Block:
    """A block of one list: numbered from `first`, or else of plain points."""
    items: dict[str, object] = {
        "type": "rich_text_list",
        "style": "bullet" if first is None else "ordered",
        "elements": [_section(line, links) for line in lines],
    }
    if first is not None and first > 1:
        items["offset"] = first - 1
    return {"type": "rich_text", "elements": [items]}


def unmarked(text: str) -> str:
    """Without emphasis."""
    return _MARK.sub("", text)


def _section(text: str, links: Collection[str]) -> Block:
    return {"type": "rich_text_section", "elements": list(_runs(text, links)) or [{"type": "text", "text": "-"}]}


def _runs(text: str, links: Collection[str]) -> Iterator[Block]:
    style: dict[str, bool] | None = None
    for piece in _MARK.split(text):
        if piece in _STYLE:
            style = _STYLE[piece]
            continue
        for part in _parted(piece, links):
            run: dict[str, object] = {"type": "text", "text": part}
            if part in links:
                run = {"type": "link", "url": part}
            yield {**run, "style": style} if style else run


def _parted(text: str, links: Collection[str]) -> list[str]:
    """The text before, between and after the addresses, and the addresses."""
    if not links:
        return [text] if text else []
    longest_first = sorted(links, key=len, reverse=True)
    return [part for part in re.split(f"({'|'.join(map(re.escape, longest_first))})", text) if part]
