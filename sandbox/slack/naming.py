"""Names for what the application left nameless: every block and every element that acts has one in the end."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from sandbox.world import Json

ACTS = ("button", "overflow", "datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")


def named_blocks(blocks: list[Json]) -> list[Json]:
    """The same blocks, named."""
    return [_block(each) for each in blocks]


def named(view: Mapping[str, Json]) -> dict[str, Json]:
    blocks = view["blocks"]
    return {**view, "blocks": named_blocks(blocks) if isinstance(blocks, list) else []}


def _block(block: Json) -> Json:
    if not isinstance(block, dict):
        return block
    made = {"block_id": secrets.token_urlsafe(4)[:5], **block}
    for place in ("accessory", "element"):
        if place in made:
            made[place] = _element(made[place])
    elements = made.get("elements")
    if isinstance(elements, list):
        made["elements"] = [_element(each) for each in elements]
    return made


def _element(element: Json) -> Json:
    if not isinstance(element, dict):
        return element
    kind = str(element.get("type"))
    if kind in ACTS or kind.endswith(("_select", "_input")):
        return {"action_id": secrets.token_urlsafe(4)[:5], **element}
    return element
