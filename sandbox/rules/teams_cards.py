"""Adaptive Cards as Teams takes them from bots: what the tables of `teams_elements` cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any  # JSON that was checked, looked into

from sandbox.rules.shapes import Misshapen, Record, Shape
from sandbox.rules.teams_activities import check_mentions
from sandbox.rules.teams_elements import CARD
from sandbox.rules.teams_shapes import PICTURE, TEXT, Anything
from sandbox.world import Json

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
OTHER_CARDS = (
    "application/vnd.microsoft.card.hero",
    "application/vnd.microsoft.card.thumbnail",
    "application/vnd.microsoft.card.signin",
    "application/vnd.microsoft.card.oauth",
    "application/vnd.microsoft.teams.card.file.consent",
    "application/vnd.microsoft.teams.card.file.info",
)
PICTURES = ("image/png", "image/jpeg", "image/gif")
NEEDS = {"Action.Execute": "1.4", "refresh": "1.4", "Table": "1.5"}
"""The first version that knows it."""
APART = ("data", "msteams", "fallback", "refresh", "requires")
"""Fields in which nothing of the card is shown."""

_SHOWN: dict[str, Shape] = {"contentType": TEXT, "name": TEXT, "thumbnailUrl": PICTURE}
_BY_CONTENT = Record(
    "Attachment", {**_SHOWN, "content": Anything(), "preview": Anything()}, frozenset({"contentType", "content"})
)
_BY_ADDRESS = Record("Attachment", {**_SHOWN, "contentUrl": PICTURE}, frozenset({"contentType", "contentUrl"}))


def check_attachments(attachments: Json) -> None:
    """Raises Misshapen for the first fault."""
    listed: Any = attachments
    for at, each in enumerate(listed):
        check_attachment(each, f"attachments/{at}")


def check_attachment(attachment: Json, path: str = "attachment") -> None:
    """Raises Misshapen for the first fault."""
    kind = attachment.get("contentType") if isinstance(attachment, dict) else None
    if kind in PICTURES or (isinstance(kind, str) and kind.endswith("file.download.info")):
        _BY_ADDRESS.checked(attachment, path)
    elif kind == ADAPTIVE:
        read: Any = _BY_CONTENT.checked(attachment, path)
        check_card(read["content"], f"{path}/content")
    elif kind in OTHER_CARDS:
        named: Any = attachment
        Record("Attachment", {**_BY_CONTENT.fields, "contentUrl": TEXT}, _BY_CONTENT.required).checked(named, path)
    else:
        raise Misshapen(f"{path}/contentType", "choice", f"Unknown attachment type: {str(kind)[:80]!r}.")


def check_card(card: Json, path: str = "card") -> None:
    """Raises Misshapen for the first fault."""
    CARD.checked(card, path)
    read: Any = card
    parts = list(parts_of(read))
    _refuse_twins(parts, path)
    for part in parts:
        kind = part.get("type", "")
        if kind.startswith("Input.") and not part["id"]:
            raise Misshapen(f"{path}/{kind}/id", "missing", "An input has an id.")
        if kind == "Input.ChoiceSet" and not part.get("choices") and "choices.data" not in part:
            raise Misshapen(f"{path}/{part['id']}/choices", "missing", "A choice set has choices.")
        if NEEDS.get(kind, "") > read["version"]:
            raise Misshapen(f"{path}/version", "choice", f"{kind} needs version {NEEDS[kind]}.")
    if "refresh" in read and read["version"] < NEEDS["refresh"]:
        raise Misshapen(f"{path}/version", "choice", f"refresh needs version {NEEDS['refresh']}.")
    entities = (read.get("msteams") or {}).get("entities") or []
    check_mentions(entities, "\n".join(_texts(read)), f"{path}/msteams/entities")


def parts_of(card: Any) -> Iterator[dict[str, Any]]:
    """Everything in it that has a type: elements, actions, nested cards; what is sent along is none of it."""
    return (each for each in _objects(card) if isinstance(each.get("type"), str))


def _objects(card: Any) -> Iterator[dict[str, Any]]:
    if isinstance(card, list):
        for each in card:
            yield from _objects(each)
    if isinstance(card, dict):
        yield card
        for name, value in card.items():
            if name not in APART:
                yield from _objects(value)


def _refuse_twins(parts: list[dict[str, Any]], path: str) -> None:
    counted = Counter(part["id"] for part in parts if part.get("id") and not part["type"].startswith("Action."))
    for id, count in counted.items():
        if count > 1:
            raise Misshapen(path, "choice", f"The id {id!r} is there {count} times.")


def _texts(card: Any) -> Iterator[str]:
    for each in _objects(card):
        yield from (value for name in ("text", "title", "value") if isinstance(value := each.get(name), str))
