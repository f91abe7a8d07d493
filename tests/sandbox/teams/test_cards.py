"""Which cards Teams takes, by one that just holds to each rule and one that just does not; and its schema agrees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sandbox.rules.shapes import Listing, Misshapen, OneOf, Record, Shape
from sandbox.rules.teams_cards import check_attachment, check_card
from sandbox.rules.teams_elements import CARD
from sandbox.rules.teams_shapes import Either, Kinds

from .conftest import attached, block, card, press

LINK = "https://example.com/a.png"
PICTURE = "data:image/png;base64,AAAA"


def image(**more: Any) -> dict[str, Any]:
    return {"type": "Image", "url": LINK, "altText": "A week", **more}


def asks(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": f"Input.{kind}", "id": "x", "label": "X", **more}


def choices(**more: Any) -> dict[str, Any]:
    return asks("ChoiceSet", choices=[{"title": "One", "value": "1"}], **more)


def buttons(count: int) -> list[dict[str, Any]]:
    return [press(f"Book {number}") for number in range(count)]


def refreshed(**more: Any) -> dict[str, Any]:
    return {"refresh": {"action": {"type": "Action.Execute", "verb": "show"}, **more}}


def mention(text: str) -> dict[str, Any]:
    return {
        "width": "Full",
        "entities": [{"type": "mention", "text": text, "mentioned": {"id": "29:x", "name": "Ana"}}],
    }


def opened(url: str) -> dict[str, Any]:
    return card(actions=[{"type": "Action.OpenUrl", "title": "Join", "url": url}])


def table(**more: Any) -> dict[str, Any]:
    cell = {"type": "TableCell", "items": [block()]}
    return {"type": "Table", "columns": [{"width": 1}], "rows": [{"type": "TableRow", "cells": [cell]}], **more}


def filtered(**more: Any) -> dict[str, Any]:
    return asks("ChoiceSet", style="filtered", **{"choices.data": {"type": "Data.Query", "dataset": "people", **more}})


PAIRS: list[tuple[str, Any, Any]] = [
    ("type", card(), {"version": "1.5", "body": []}),
    ("version", card(), {"type": "AdaptiveCard", "body": []}),
    ("newest version", card(version="1.6"), card(version="1.7")),
    ("unknown field", card(fallbackText="x"), card(colour="red")),
    ("unknown element", card(block()), card({"type": "Marquee"})),
    ("text", card(block()), card({"type": "TextBlock"})),
    ("text is text", card(block()), card({"type": "TextBlock", "text": 3})),
    ("size", card(block(size="Medium")), card(block(size="huge"))),
    ("weight", card(block(weight="bolder")), card(block(weight="heavy"))),
    ("spacing", card(block(spacing="none")), card(block(spacing="tiny"))),
    ("six buttons", card(actions=buttons(6)), card(actions=buttons(7))),
    (
        "six in a set",
        card({"type": "ActionSet", "actions": buttons(6)}),
        card({"type": "ActionSet", "actions": buttons(7)}),
    ),
    ("an action", card(actions=[press()]), card(actions=[block()])),
    ("an action's data", card(actions=[press(data="x")]), card(actions=[press(data=["x"])])),
    (
        "associated inputs",
        card(actions=[press(associatedInputs="none")]),
        card(actions=[press(associatedInputs="all")]),
    ),
    ("link", opened(LINK), opened("javascript:alert(1)")),
    ("loopback", opened("http://127.0.0.1:8000/connect"), opened("http://:80")),
    ("picture", card(image(url=PICTURE)), card(image(url="data:text/html;base64,AAAA"))),
    ("picture's address", card(image()), card(image(url="http://example.com/a.png"))),
    ("an input's id", card(asks("Text")), card({"type": "Input.Text", "label": "X"})),
    ("no empty id", card(asks("Text")), card(asks("Text", id=""))),
    ("ids", card(asks("Text"), asks("Text", id="y")), card(asks("Text"), asks("Date"))),
    ("choices", card(choices()), card(asks("ChoiceSet"))),
    ("choice", card(choices()), card(asks("ChoiceSet", choices=[{"title": "One"}]))),
    ("suggestions", card(filtered()), card(filtered(dataset=3))),
    ("day", card(asks("Date", value="2026-11-30")), card(asks("Date", value="30.11.2026"))),
    ("time", card(asks("Time", value="09:00")), card(asks("Time", value="9:00 am"))),
    ("number", card(asks("Number", value=2)), card(asks("Number", value="2"))),
    ("toggle", card(asks("Toggle", title="Link")), card(asks("Toggle"))),
    ("viewers", card(**refreshed(userIds=["29:x"] * 60)), card(**refreshed(userIds=["29:x"] * 61))),
    ("refreshing", card(**refreshed()), card(refresh={"action": {"type": "Action.Submit"}})),
    ("refresh's version", card(version="1.4", **refreshed()), card(version="1.3", **refreshed())),
    ("execute's version", card(version="1.4", actions=[press()]), card(version="1.2", actions=[press()])),
    ("table", card(table()), card(table(rows=[{"cells": [{"type": "TableCell"}]}]))),
    ("table's version", card(table()), card(table(), version="1.4")),
    (
        "facts",
        card({"type": "FactSet", "facts": [{"title": "When", "value": "Mon"}]}),
        card({"type": "FactSet", "facts": [{"title": "When"}]}),
    ),
    (
        "columns",
        card({"type": "ColumnSet", "columns": [{"type": "Column", "width": "auto", "items": [block()]}]}),
        card({"type": "ColumnSet", "columns": [{"type": "Column", "width": "wide", "items": [block()]}]}),
    ),
    (
        "toggled",
        card(actions=[{"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["x"]}]),
        card(actions=[{"type": "Action.ToggleVisibility", "title": "More"}]),
    ),
    (
        "nested card",
        card(
            actions=[{"type": "Action.ShowCard", "title": "More", "card": {"type": "AdaptiveCard", "body": [block()]}}]
        ),
        card(actions=[{"type": "Action.ShowCard", "title": "More", "card": {"type": "AdaptiveCard", "body": ["x"]}}]),
    ),
    (
        "mention",
        card(block("Hi <at>Ana</at>"), msteams=mention("<at>Ana</at>")),
        card(block("Hi"), msteams=mention("<at>Ana</at>")),
    ),
    ("width", card(msteams={"width": "Full"}), card(msteams={"width": "wide"})),
    ("fallback", card(block(fallback="drop")), card(block(fallback="keep"))),
]
OWN = {
    "type",
    "version",
    "newest version",
    "six buttons",
    "six in a set",
    "link",
    "loopback",
    "picture",
    "picture's address",
    "no empty id",
    "ids",
    "choices",
    "day",
    "time",
    "viewers",
    "refresh's version",
    "execute's version",
    "table's version",
    "columns",
    "mention",
    "width",
}
"""What Teams refuses and the schema does not."""


@pytest.mark.parametrize(("good", "bad"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_just_right_and_just_wrong(good: Any, bad: Any) -> None:
    check_card(good)
    with pytest.raises(Misshapen):
        check_card(bad)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (attached(card()), {"contentType": "application/vnd.microsoft.card.adaptive"}),
        ({"contentType": "image/png", "contentUrl": PICTURE}, {"contentType": "image/png", "contentUrl": "ftp://x"}),
        (
            {"contentType": "application/vnd.microsoft.card.hero", "content": {}},
            {"contentType": "text/html", "content": {}},
        ),
    ],
)
def test_attachments(good: Any, bad: Any) -> None:
    check_attachment(good)
    with pytest.raises(Misshapen):
        check_attachment(bad)


def test_nothing_is_too_deep() -> None:
    deep: dict[str, Any] = block()
    for _ in range(60):
        deep = {"type": "Container", "items": [deep]}
    check_card(card(deep))


def without_options(value: Any) -> Any:
    """Teams' own options, which the schema does not know."""
    if isinstance(value, dict):
        return {name: without_options(each) for name, each in value.items() if name != "msteams"}
    return [without_options(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("name", "good", "bad"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_the_published_schema_agrees(name: str, good: Any, bad: Any, contracts: Path) -> None:
    schema = json.loads((contracts / "adaptive-card-1.6.schema.json").read_text())
    published = jsonschema.Draft6Validator(schema)
    assert not [each.message for each in published.iter_errors(without_options(good))]
    assert published.is_valid(without_options(bad)) is (name in OWN)


def test_every_field_and_word_is_the_schemas(contracts: Path) -> None:
    definitions = json.loads((contracts / "adaptive-card-1.6.schema.json").read_text())["definitions"]
    for record in [*records(CARD, {}).values()]:
        defined = definitions[record.name]
        published = (defined if "properties" in defined else defined["anyOf"][1])["properties"]
        assert {name.rstrip("?") for name in published} == record.fields.keys() - {"msteams"}, record.name
        for name, shape in record.fields.items():
            if isinstance(shape, OneOf) and shape.name in definitions and name != "type":
                words = next(each["enum"] for each in definitions[shape.name]["anyOf"] if "enum" in each)
                assert {word.lower() for word in words} == {word.lower() for word in shape.words}


def records(shape: Shape, found: dict[str, Record]) -> dict[str, Record]:
    """Every table that is reached, by its name."""
    inner: list[Shape] = []
    if isinstance(shape, Listing):
        inner = [shape.of]
    elif isinstance(shape, Either):
        inner = list(shape.shapes)
    elif isinstance(shape, Kinds):
        inner = list(shape.by_type.values())
    elif isinstance(shape, Record) and shape.name not in found and not shape.name.endswith(("Options", "Feedback")):
        found[shape.name] = shape
        inner = list(shape.fields.values())
    for each in inner:
        records(each, found)
    return found
