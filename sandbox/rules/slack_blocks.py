"""Block Kit's blocks and where they may stand: messages, modals, App Homes. Limits as Slack documents them, and the
one it does not: about 13,200 characters of blocks in one message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal  # checked JSON, looked into

from sandbox.rules.shapes import Misshapen, Shape
from sandbox.rules.slack_elements import (
    BUTTON,
    ID,
    INPUTS,
    OVERFLOW,
    PICKERS,
    PICTURE,
    PICTURE_URL,
    SELECTS,
    TICKED,
    TYPE,
    YES,
    plain,
    text,
)
from sandbox.rules.slack_rich_text import RICH_TEXT
from sandbox.rules.slack_shapes import ByType, Fields, Several, Thing, Words, thing
from sandbox.world import Json

Surface = Literal["message", "modal", "home"]
BLOCKS_AT_MOST: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}
CHARACTERS_AT_MOST = 13_200
MARKDOWN_AT_MOST = 12_000

ACTIVE: Mapping[str, Shape] = {"button": BUTTON, "overflow": OVERFLOW, **SELECTS, **PICKERS, **TICKED}
ONE_OF_MANY: Mapping[str, Shape] = {name: shape for name, shape in SELECTS.items() if not name.startswith("multi_")}


def _says_something(fields: Fields, path: str) -> None:
    if "text" not in fields and "fields" not in fields:
        raise Misshapen(path, "missing", "missing required field: text or fields")


def _one_picture(fields: Fields, path: str) -> None:
    if ("image_url" in fields) == ("slack_file" in fields):
        raise Misshapen(path, "missing", "must provide either image_url or slack_file")


def _different_actions(fields: Fields, path: str) -> None:
    elements: Any = fields["elements"]
    ids = [each["action_id"] for each in elements if "action_id" in each]
    if len(set(ids)) < len(ids):
        raise Misshapen(f"{path}/elements", "choice", "action_id must be unique within a block")


BLOCK: Mapping[str, Shape] = {"type": TYPE, "block_id": ID}
SHOWN = Thing(PICTURE.fields, PICTURE.required, _one_picture)
EVERYWHERE: Mapping[str, Shape] = {
    "section": thing(
        "type",
        {
            **BLOCK,
            "text": text(3000),
            "fields": Several(text(2000), 1, 10),
            "accessory": ByType({**ACTIVE, "image": SHOWN}),
            "expand": YES,
        },
        _says_something,
    ),
    "actions": thing(
        "type elements",
        {
            **BLOCK,
            "elements": Several(
                ByType({"button": BUTTON, "overflow": OVERFLOW, **ONE_OF_MANY, **PICKERS, **TICKED}), 1, 25
            ),
        },
        _different_actions,
    ),
    "context": thing(
        "type elements",
        {**BLOCK, "elements": Several(ByType({**text(3000).kinds, "image": SHOWN}), 1, 10)},
    ),
    "header": thing("type text", {**BLOCK, "text": plain(150)}),
    "divider": thing("type", BLOCK),
    "image": thing("type alt_text", {**BLOCK, **PICTURE.fields, "title": plain(2000)}, _one_picture),
    "input": thing(
        "type label element",
        {
            **BLOCK,
            "label": plain(2000),
            "element": ByType({**INPUTS, **SELECTS, **PICKERS, **TICKED}),
            "hint": plain(2000),
            "optional": YES,
            "dispatch_action": YES,
        },
    ),
    "rich_text": thing("type elements", {**BLOCK, "elements": RICH_TEXT}),
    "video": thing(
        "type alt_text title thumbnail_url video_url",
        {
            **BLOCK,
            "alt_text": Words(2000),
            "title": plain(200),
            "title_url": PICTURE_URL,
            "thumbnail_url": PICTURE_URL,
            "video_url": PICTURE_URL,
            "description": plain(200),
            "author_name": Words(49),
            "provider_name": Words(100),
            "provider_icon_url": PICTURE_URL,
        },
    ),
}
KINDS: Mapping[Surface, Mapping[str, Shape]] = {
    "message": {**EVERYWHERE, "markdown": thing("type text", {**BLOCK, "text": Words(MARKDOWN_AT_MOST)})},
    "modal": EVERYWHERE,
    "home": EVERYWHERE,
}


class TooLong(ValueError):
    """The blocks are well formed, and together more than a message holds."""


def check_blocks(blocks: Json, surface: Surface, path: str = "/blocks") -> None:
    """Raises Misshapen for the first fault, TooLong for the sum of a message's."""
    Several(ByType(KINDS[surface]), 0, BLOCKS_AT_MOST[surface]).checked(blocks, path)
    found: Any = blocks
    ids = [block["block_id"] for block in found if "block_id" in block]
    for index, block in enumerate(found):
        if "block_id" in block and ids.count(block["block_id"]) > 1:
            raise Misshapen(f"{path}/{index}/block_id", "choice", "block_id must be unique within a message or view")
    markdown = sum(len(block["text"]) for block in found if block["type"] == "markdown")
    if markdown > MARKDOWN_AT_MOST:
        raise Misshapen(path, "limit", f"markdown blocks may hold {MARKDOWN_AT_MOST} characters in total")
    if surface == "message" and len(json.dumps(blocks, ensure_ascii=False)) > CHARACTERS_AT_MOST:
        raise TooLong
