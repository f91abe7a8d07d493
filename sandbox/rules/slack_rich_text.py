"""Block Kit's rich text."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.rules.shapes import Shape
from sandbox.rules.slack_elements import ID, TYPE, URL, YES
from sandbox.rules.slack_shapes import ByType, Exactly, Number, Several, Thing, Words, thing

LONG = Words(12000, least=1)
LOOKS = Thing({"bold": YES, "italic": YES, "strike": YES, "code": YES, "underline": YES})
INSIDE = ByType(
    {
        "text": thing("type text", {"type": TYPE, "text": LONG, "style": LOOKS}),
        "link": thing("type url", {"type": TYPE, "url": URL, "text": LONG, "style": LOOKS, "unsafe": YES}),
        "emoji": thing("type name", {"type": TYPE, "name": ID, "unicode": ID, "style": LOOKS}),
        "user": thing("type user_id", {"type": TYPE, "user_id": ID, "style": LOOKS}),
        "channel": thing("type channel_id", {"type": TYPE, "channel_id": ID, "style": LOOKS}),
        "usergroup": thing("type usergroup_id", {"type": TYPE, "usergroup_id": ID, "style": LOOKS}),
        "broadcast": thing("type range", {"type": TYPE, "range": Exactly(("here", "channel", "everyone"))}),
        "date": thing(
            "type timestamp format",
            {
                "type": TYPE,
                "timestamp": Number(0, 10**10),
                "format": Words(255),
                "url": URL,
                "fallback": Words(255),
                "style": LOOKS,
            },
        ),
    }
)
PARTS = Several(INSIDE, 0, 1000)
SECTION = thing("type elements", {"type": TYPE, "elements": PARTS})
QUOTED: Mapping[str, Shape] = {"type": TYPE, "elements": PARTS, "border": Number(0, 1)}
LISTED = thing(
    "type style elements",
    {
        "type": TYPE,
        "style": Exactly(("bullet", "ordered")),
        "elements": Several(ByType({"rich_text_section": SECTION}), 0, 1000),
        "indent": Number(0, 8),
        "offset": Number(0, 10**6),
        "border": Number(0, 1),
    },
)
RICH_TEXT = Several(
    ByType(
        {
            "rich_text_section": SECTION,
            "rich_text_list": LISTED,
            "rich_text_quote": thing("type elements", QUOTED),
            "rich_text_preformatted": thing("type elements", {**QUOTED, "language": Words(50)}),
        }
    ),
    0,
    1000,
)
