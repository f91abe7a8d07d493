"""What a message or a view holds, and whether Slack would take it: what the published schema does not look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View as SdkView

Block = Mapping[str, Any]
Complaints = Callable[[Sequence[Block]], list[str]]

MOST_TEXT = {
    "button": 75,
    "option": 75,
    "placeholder": 150,
    "header": 150,
    "section": 3_000,
    "context": 3_000,
    "label": 2_000,
    "title": 24,
    "submit": 24,
    "close": 24,
}


def schema_of(contracts: Path, definition: str = "KnownBlock") -> Complaints:
    """What the published schema has against blocks; or, with a view's `definition`, against views."""
    schema = json.loads((contracts / "slack-blockkit.schema.json").read_text())
    validator = Draft7Validator({"$ref": f"#/definitions/{definition}", "definitions": schema["definitions"]})

    def complaints(things: Sequence[Block]) -> list[str]:
        plain = json.loads(json.dumps(list(things)))
        return [error.message[:200] for thing in plain for error in validator.iter_errors(thing)]

    return complaints


def objects(node: object) -> Iterator[dict[str, Any]]:
    """Every object, from the outside in."""
    if isinstance(node, Mapping):
        yield dict(node)
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from objects(each)


def sdk_complaints(blocks: Sequence[Block]) -> list[str]:
    """What the library's models make of blocks: they know other limits, and drop what they do not know."""
    plain = json.loads(json.dumps(list(blocks)))
    made = [block.to_dict() for block in SdkBlock.parse_all(plain)]
    return [f"read as {back}" for back, block in zip(made, plain, strict=True) if back != block]


def sdk_view_complaints(view: Block) -> list[str]:
    """The same of a view."""
    plain = json.loads(json.dumps(view))
    back = json.loads(json.dumps(SdkView(**plain).to_dict()))
    return [] if back == plain else [f"read as {back}"]


def message_broken(text: str, blocks: Sequence[Block]) -> list[str]:
    """A message's limits."""
    broken = [] if text.strip() and len(text) <= 40_000 else ["a text that is empty or cut off"]
    if "<" in text or ">" in text:
        broken.append("a text that mentions or links")
    if len(blocks) > 50:
        broken.append(f"{len(blocks)} blocks")
    if len(json.dumps(list(blocks), ensure_ascii=False)) > 13_000:
        broken.append("more than Slack takes in all")
    return broken + _broken(blocks)


def view_broken(view: Block) -> list[str]:
    """A modal's or a Home's limits."""
    blocks = view["blocks"]
    broken = [f"{len(blocks)} blocks"] if len(blocks) > 100 else []
    if len(view.get("private_metadata", "")) > 150:
        broken.append("more than a token carried along")
    names = [name for name in ("title", "submit", "close") if view.get(name)]
    broken += [f"{name} too long" for name in names if not 0 < len(view[name]["text"]) <= MOST_TEXT[name]]
    if view["type"] == "modal" and any(block["type"] == "input" for block in blocks) and not view.get("submit"):
        broken.append("an input and no way to send it")
    return broken + _broken(blocks)


def _broken(blocks: Sequence[Block]) -> list[str]:
    names = [block["block_id"] for block in blocks if "block_id" in block]
    broken = ["a block_id twice"] if len(set(names)) < len(names) else []
    for block in blocks:
        ids = [each["action_id"] for each in objects(block) if "action_id" in each]
        if len(set(ids)) < len(ids):
            broken.append("an action_id twice")
        if block["type"] == "actions" and not 0 < len(block["elements"]) <= 25:
            broken.append("none or too many elements")
        if block["type"] == "actions" and len([e for e in block["elements"] if e["type"] == "button"]) > 25:
            broken.append("too many buttons")
    return broken + [said for each in objects(list(blocks)) for said in _broken_in(each)]


def _broken_in(piece: dict[str, Any]) -> Iterator[str]:
    kind = piece.get("type")
    if "text" in piece and isinstance(piece["text"], str) and not piece["text"]:
        yield "an empty text"
    if kind == "plain_text" and piece.get("emoji") is not False:
        yield "a plain text in which :x: is a picture"
    if kind == "mrkdwn":
        yield "a text in which names are markup"
    if kind == "button":
        yield from _broken_button(piece)
    if kind in ("static_select", "overflow"):
        yield from _broken_menu(piece)
    if kind == "image" and not piece.get("alt_text"):
        yield "a picture without words"
    if kind == "input" and not 0 < len(piece["label"]["text"]) <= MOST_TEXT["label"]:
        yield "an input without a label"
    if kind == "header" and not 0 < len(piece["text"]["text"]) <= MOST_TEXT["header"]:
        yield "a heading that is empty or too long"


def _broken_menu(piece: dict[str, Any]) -> Iterator[str]:
    options = piece["options"]
    if not 0 < len(options) <= 100:
        yield f"{len(options)} options"
    if any(not 0 < len(each.get("value", "")) <= 75 for each in options):
        yield "an option's value"
    if any(not 0 < len(each["text"]["text"]) <= MOST_TEXT["option"] for each in options):
        yield "an option's name"
    if len({each["value"] for each in options}) < len(options):
        yield "two options of one value"
    if "initial_option" in piece and piece["initial_option"] not in options:
        yield "an initial option that is none"


def _broken_button(piece: dict[str, Any]) -> Iterator[str]:
    if not 0 < len(piece["text"]["text"]) <= MOST_TEXT["button"]:
        yield "a button's name"
    if not 0 < len(piece.get("accessibility_label", "")) <= 75:
        yield "a button without a whole name"
    if ("url" in piece) is ("value" in piece):
        yield "a button that leads nowhere, or to two places"
    if len(piece.get("url", "")) > 3_000 or len(piece.get("value", "")) > 150:
        yield "a button that carries too much"
    confirm = piece.get("confirm")
    if confirm and not (
        len(confirm["title"]["text"]) <= 100
        and len(confirm["text"]["text"]) <= 300
        and len(confirm["confirm"]["text"]) <= 30
        and len(confirm["deny"]["text"]) <= 30
    ):
        yield "a question that is too long"


def shown(blocks: Sequence[Block]) -> str:
    """All words as a person reads them, an element after the other: lists with their numbers."""
    return "\n".join(_words(block) for block in blocks)


def _words(node: Mapping[str, Any]) -> str:
    match node.get("type"):
        case "rich_text" | "actions":
            return "\n".join(_words(each) for each in node["elements"])
        case "rich_text_list":
            marks = [f"{at}." if node["style"] == "ordered" else "-" for at in range(1, len(node["elements"]) + 1)]
            return "\n".join(f"{mark} {_words(each)}" for mark, each in zip(marks, node["elements"], strict=True))
        case "rich_text_section":
            return "".join(each.get("text") or each["url"] for each in node["elements"])
        case "context":
            return " ".join(each["text"] for each in node["elements"])
        case "button":
            return " ".join([node["text"]["text"], node["accessibility_label"], node.get("url", "")])
        case "static_select":
            return "\n".join([node["placeholder"]["text"], *(each["text"]["text"] for each in node["options"])])
        case "header" | "section":
            return str(node["text"]["text"])
        case _:
            return ""


def read_by_a_screen_reader(text: str) -> str:
    """A message's text, as people get it."""
    return unescape(text)


def buttons(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """All of them, those in menus too, as (name, value or url)."""
    return [
        each
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
        for each in (element["options"] if element["type"] == "static_select" else [element])
    ]
