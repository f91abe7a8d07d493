"""What somebody enters into an element, as Slack tells it, and what Slack itself asks for before a form is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any  # blocks that were checked, looked into

from sandbox.rules.shapes import Misshapen
from sandbox.rules.slack_elements import DATE, TIME
from sandbox.slack.views import INITIAL, View
from sandbox.world import Json


class Impossible(ValueError):
    """Nobody could do that in Slack: a sentence."""


def element_in(blocks: Any, block: str, action: str) -> tuple[Any, Any]:
    """The block and the element with these names. Raises Impossible."""
    for each in blocks:
        elements = [each.get("element"), each.get("accessory"), *(each.get("elements") or [])]
        for element in elements:
            if each["block_id"] == block and isinstance(element, dict) and element.get("action_id") == action:
                return each, element
    raise Impossible(f"There is no {action!r} in {block!r} any more.")


def entered(element: Any, value: Json) -> Json:
    """`value` as the element's state: an option by its value, or a whole one where others suggest them. Raises
    Impossible."""
    kind = element["type"]
    if value is None:
        return None
    if kind in ("datepicker", "timepicker"):
        try:
            return (DATE if kind == "datepicker" else TIME).checked(value)
        except Misshapen as wrong:
            raise Impossible(f"{value!r} cannot be picked.") from wrong
    if kind in ("external_select", "multi_external_select"):
        return value
    name = INITIAL.get(kind, ("", "selected_option"))[1]
    if name == "selected_options":
        return [_option(element, each) for each in (value if isinstance(value, list) else [value])]
    return _option(element, value) if name == "selected_option" else value


def action_json(block: Any, element: Any, value: Json, stamp: str) -> dict[str, Json]:
    """One of `actions` in a block_actions payload; `value` as `entered` gave it."""
    told: dict[str, Json] = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": stamp,
    }
    if element["type"] == "button":
        told["text"] = element["text"]
        return {**told, "value": element["value"]} if "value" in element else told
    return {**told, INITIAL.get(element["type"], ("", "selected_option"))[1]: value}


def unfinished(view: View) -> dict[str, str]:
    """What Slack says beside the fields that it does not let through, by block."""
    return dict(_unfinished(view))


def _unfinished(view: View) -> Iterator[tuple[str, str]]:
    state: Any = view.state()
    blocks: Any = view.view["blocks"]
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        told: Mapping[str, Any] = state[block["block_id"]][element["action_id"]]
        value = told.get(INITIAL[element["type"]][1])
        if not value:
            if block.get("optional") is not True:
                yield block["block_id"], "Please complete this required field."
        elif isinstance(value, str) and len(value) > element.get("max_length", 3000):
            yield block["block_id"], f"Please use at most {element.get('max_length', 3000)} characters."
        elif isinstance(value, str) and len(value) < element.get("min_length", 0):
            yield block["block_id"], f"Please use at least {element['min_length']} characters."


def _option(element: Any, value: Json) -> Json:
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    for group in groups:
        for option in group["options"]:
            if option["value"] == value:
                return option  # type: ignore[no-any-return]  # JSON, as it was sent
    raise Impossible(f"{value!r} is not among the options.")
