"""What a card holds, and whether Teams would take it: the vendor's schema, and what that schema misses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

from jsonschema import Draft6Validator

from adapters.teams.render import MOST_BYTES, Element, size

Complaints = Callable[[Element], list[str]]
LIMIT_OF_ACTIONS = 6
INPUTS = {"Input.Date", "Input.Time", "Input.ChoiceSet", "Input.Text", "Input.Number", "Input.Toggle"}


def schema_of(contracts: Path) -> Complaints:
    """What the published schema has against a card; Teams' own additions left aside."""
    validator = Draft6Validator(json.loads((contracts / "adaptive-card-1.6.schema.json").read_text()))

    def complaints(card: Element) -> list[str]:
        bare = {key: value for key, value in card.items() if key != "msteams"}
        return [error.message[:200] for error in validator.iter_errors(bare)]

    return complaints


def pieces(node: object) -> Iterator[Element]:
    """Everything with a type, from the outside in."""
    if isinstance(node, dict):
        if "type" in node:
            yield node
        for value in node.values():
            yield from pieces(value)
    elif isinstance(node, list):
        for each in node:
            yield from pieces(each)


def limits_broken(card: Element) -> list[str]:
    """What the schema does not look at."""
    broken = []
    if card.get("version") not in ("1.5", "1.6"):
        broken.append("no version")
    if not re.fullmatch(r"[a-z]{2,3}", str(card.get("lang", "en"))):
        broken.append("a language that the parser of clients does not take")
    if card.get("msteams") != {"width": "Full"}:
        broken.append("narrow")
    if size(card) > MOST_BYTES:
        broken.append(f"{size(card)} bytes")
    everything = list(pieces(card))
    names = [str(piece["id"]) for piece in everything if "id" in piece]
    if len(set(names)) < len(names):
        broken.append("an id twice")
    return broken + [said for piece in everything for said in _broken_in(piece, bare=is_refresh(card, piece))]


def _broken_in(piece: Element, *, bare: bool) -> Iterator[str]:
    kind, abreast = str(piece["type"]), piece.get("actions", [])
    if isinstance(abreast, list) and len(abreast) > LIMIT_OF_ACTIONS:
        yield f"{len(abreast)} buttons abreast"
    if kind == "TextBlock" and not (piece.get("wrap") and str(piece["text"]).strip()):
        yield "a text that is cut, or none"
    if kind.startswith("Action.") and not piece.get("title"):
        yield "a button without a name"
    if kind == "Action.Execute" and bare is ("fallback" in piece):
        yield "no fallback, or one where Teams takes none"
    may_be_wrong = kind != "Input.Text" or piece.get("isRequired")  # a text that may be left out is never refused
    if kind in INPUTS and not (
        piece.get("label") and piece.get("id") and (piece.get("errorMessage") or not may_be_wrong)
    ):
        yield "an input without label, name or words for what is missing"
    if kind == "Image" and not piece.get("altText"):
        yield "a picture without words"


def is_refresh(card: Element, piece: Element) -> bool:
    """Teams demands a bare Action.Execute there."""
    refresh = card.get("refresh")
    return isinstance(refresh, dict) and refresh.get("action") is piece


def shown(card: Element) -> str:
    """All words of a card as a person reads them: texts, names of buttons, addresses of links."""
    texts = [unescape(str(piece["text"]).replace("*", "")) for piece in pieces(card.get("body", [])) if "text" in piece]
    everywhere = pieces([card.get("body", []), card.get("actions", [])])
    names = [str(piece[key]) for piece in everywhere for key in ("title", "tooltip", "url", "label") if key in piece]
    return "\n".join([*texts, *names])


def actions(card: Element) -> list[Element]:
    """All buttons, folded ones too, without their fallbacks."""
    everywhere = pieces([card.get("actions", []), card.get("body", [])])
    return [piece for piece in everywhere if piece["type"] in ("Action.Execute", "Action.OpenUrl")]
