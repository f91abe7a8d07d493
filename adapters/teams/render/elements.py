"""The pieces of a card, and how large they are: as UTF-8, in which it has to be sent too."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TypeAlias

Element: TypeAlias = dict[str, object]

CARD = "application/vnd.microsoft.card.adaptive"  # an attachment's kind, and an invoke's
VERSION = "1.5"  # what every Teams client draws; newer properties would be dropped by phones
MOST_BYTES = 24 * 1024  # of a card
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9]{1,8})*")  # of which cards take the first part


def text_block(text: str, *, heading: bool = False, close: bool = False) -> Element:
    """A paragraph of Markdown. A heading is one to screen readers too; `close` to what stands above it."""
    block: Element = {"type": "TextBlock", "text": text, "wrap": True}
    if heading:
        block |= {"style": "heading", "size": "Medium", "weight": "Default"}
    return block | ({"spacing": "Small"} if close else {})


def container(items: Sequence[Element], **properties: object) -> Element:
    """Pieces that belong together."""
    return {"type": "Container", "items": list(items), **properties}


def adaptive_card(
    body: Sequence[Element], actions: Sequence[Element], language: str, fallback: str | None = None
) -> Element:
    """The whole card, as wide as the chat. `fallback` is read by clients that do not know the version."""
    card: Element = {"type": "AdaptiveCard", "version": VERSION, "msteams": {"width": "Full"}, "body": list(body)}
    if actions:
        card["actions"] = list(actions)
    if spoken := _LANGUAGE.fullmatch(language):
        card["lang"] = spoken[1].lower()
    return card | ({"fallbackText": fallback} if fallback else {})


def attached(card: Element) -> Element:
    """As a message, or a dialog, has it."""
    return {"contentType": CARD, "content": card}


def size(element: object) -> int:
    """Bytes, as it is sent."""
    return len(json.dumps(element, ensure_ascii=False, separators=(",", ":")).encode())
