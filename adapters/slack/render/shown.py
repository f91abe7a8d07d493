"""A message as Slack takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Block: TypeAlias = Mapping[str, object]

ANSWERED = "answered"  # the block_id of an answer's first block


@dataclass(frozen=True, slots=True)
class Shown:
    """`text` says the same as the blocks, for notifications and screen readers. `&`, `<` and `>` are escaped in it:
    what people are called mentions nobody and links nowhere."""

    text: str
    blocks: tuple[Block, ...] = ()

    def fields(self) -> dict[str, object]:
        """The arguments of a call. The first block of an answer is marked, so that a press is answered in its place."""
        if not self.blocks:
            return {"text": self.text, "mrkdwn": False}
        first, *others = self.blocks
        return {"text": self.text, "blocks": [{**first, "block_id": ANSWERED}, *others]}


def as_text(plain: str) -> str:
    """Plain text for a message's `text` (reference/messaging/formatting, "Escaping text")."""
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
