"""What Slack takes of each part of a message (reference/block-kit), and how a text is made to fit."""

from __future__ import annotations

import json
from collections.abc import Sequence

BLOCKS = 50  # of a message
CHARACTERS = 10_000  # of a message's blocks, as they are sent; Slack refuses somewhere beyond 13,000
ACTIONS = 25  # elements of one actions block
OPTIONS = 100  # of one menu
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
BUTTON_URL = 3_000
ACCESSIBILITY_LABEL = 75
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
OPTION_TEXT = 75
OPTION_VALUE = 75  # older clients' limit; newer ones take 150
CONTEXT_TEXT = 2_000
SECTION_TEXT = 3_000
HEADING = 150
LABEL = 75  # of an input; Slack takes more, phones do not show it
PLACEHOLDER = 150
VIEW_BLOCKS = 100
VIEW_TITLE = 24  # of its buttons, too
PARAGRAPH = 2_500  # letters of one paragraph; a longer one is cut in several
FALLBACK = 30_000  # letters of a message's text, of which a page never has as many; Slack cuts it off at 40,000


def clipped(text: str, limit: int) -> str:
    """The text, its end left out where it is too long. Never empty: Slack refuses empty texts."""
    if len(text) > limit:
        return f"{text[: limit - 1].rstrip()}…"
    return text or "-"


def length(blocks: Sequence[object] | object) -> int:
    """Characters, as they are sent."""
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
