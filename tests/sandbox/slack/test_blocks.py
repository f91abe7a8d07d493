"""Every limit of Block Kit, by one block that just holds to it and one that just does not."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.rules.shapes import Misshapen
from sandbox.rules.slack_blocks import Surface, TooLong, check_blocks
from sandbox.rules.slack_views import check_view

from .conftest import asks, button, modal, plain, section


def actions(*elements: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def options(count: int, text: str = "One", value: str = "") -> list[dict[str, Any]]:
    return [{"text": plain(text), "value": f"{number}{value}"} for number in range(count)]


def select(**more: Any) -> dict[str, Any]:
    return actions({"type": "static_select", "action_id": "day", **more})


def context(count: int) -> dict[str, Any]:
    return {"type": "context", "elements": [plain("x")] * count}


def fields(count: int, length: int = 1) -> dict[str, Any]:
    return {"type": "section", "fields": [plain("x" * length)] * count}


def typed(**more: Any) -> dict[str, Any]:
    return asks(**more)


def confirmed(**more: Any) -> dict[str, Any]:
    said = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    return actions(button(confirm={**said, **more}))


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "alt_text": "A week", "image_url": "https://example.com/a.png", **more}


def rich(*elements: Any) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def buttons(count: int) -> dict[str, Any]:
    return actions(*(button(number) for number in range(count)))


def moment(at: int) -> dict[str, Any]:
    return actions({"type": "datetimepicker", "initial_date_time": at})


LINK = "https://example.com/"
PAIRS: list[tuple[str, Any, Any]] = [
    ("section text", section("x" * 3000), section("x" * 3001)),
    ("some text", section("x"), section("")),
    ("text or fields", fields(1), {"type": "section"}),
    ("fields", fields(10), fields(11)),
    ("field", fields(1, 2000), fields(1, 2001)),
    ("header", {"type": "header", "text": plain("x" * 150)}, {"type": "header", "text": plain("x" * 151)}),
    ("header's kind", {"type": "header", "text": plain("x")}, {"type": "header", "text": section("x")["text"]}),
    ("actions", buttons(25), buttons(26)),
    ("no actions", buttons(1), buttons(0)),
    ("context", context(10), context(11)),
    ("button text", actions(button(text=plain("x" * 75))), actions(button(text=plain("x" * 76)))),
    ("button value", actions(button(value="x" * 2000)), actions(button(value="x" * 2001))),
    ("empty value", actions(button(value="x")), actions(button(value=""))),
    ("button url", actions(button(url=LINK + "x" * 2980)), actions(button(url=LINK + "x" * 2981))),
    ("url's kind", actions(button(url="https://example.com")), actions(button(url="javascript:alert(1)"))),
    ("label", actions(button(accessibility_label="x" * 75)), actions(button(accessibility_label="x" * 76))),
    ("style", actions(button(style="danger")), actions(button(style="default"))),
    ("action id", actions(button(action_id="x" * 255)), actions(button(action_id="x" * 256))),
    ("block id", section("x", block_id="x" * 255), section("x", block_id="x" * 256)),
    ("action ids", actions(button(1), button(2)), actions(button(1), button(1))),
    ("field's name", section("x"), section("x", colour="red")),
    ("block's type", section("x"), {"type": "sektion"}),
    ("element's type", actions(button()), actions({"type": "plain_text_input", "action_id": "x"})),
    ("options", select(options=options(100)), select(options=options(101))),
    ("no options", select(options=options(1)), select(options=[])),
    ("option text", select(options=options(1, "x" * 75)), select(options=options(1, "x" * 76))),
    ("option value", select(options=options(1, value="x" * 149)), select(options=options(1, value="x" * 150))),
    ("same values", select(options=options(2)), select(options=options(1) * 2)),
    (
        "description",
        select(options=[{**options(1)[0], "description": plain("x" * 75)}]),
        select(options=[{**options(1)[0], "description": plain("x" * 76)}]),
    ),
    (
        "options or groups",
        select(option_groups=[{"label": plain("x" * 75), "options": options(1)}]),
        select(option_groups=[{"label": plain("x"), "options": options(1)}], options=options(1)),
    ),
    (
        "group label",
        select(option_groups=[{"label": plain("x" * 75), "options": options(1)}]),
        select(option_groups=[{"label": plain("x" * 76), "options": options(1)}]),
    ),
    (
        "initial option",
        select(options=options(2), initial_option=options(2)[1]),
        select(options=options(2), initial_option=options(3)[2]),
    ),
    (
        "placeholder",
        select(options=options(1), placeholder=plain("x" * 150)),
        select(options=options(1), placeholder=plain("x" * 151)),
    ),
    (
        "overflow",
        actions({"type": "overflow", "options": options(5)}),
        actions({"type": "overflow", "options": options(6)}),
    ),
    (
        "radio buttons",
        actions({"type": "radio_buttons", "options": options(10)}),
        actions({"type": "radio_buttons", "options": options(11)}),
    ),
    (
        "date",
        actions({"type": "datepicker", "initial_date": "2026-11-30"}),
        actions({"type": "datepicker", "initial_date": "30.11.2026"}),
    ),
    (
        "time",
        actions({"type": "timepicker", "initial_time": "09:30"}),
        actions({"type": "timepicker", "initial_time": "24:00"}),
    ),
    ("moment", moment(1796040000), moment(17)),
    ("input label", {**typed(), "label": plain("x" * 2000)}, {**typed(), "label": plain("x" * 2001)}),
    ("input hint", {**typed(), "hint": plain("x" * 2000)}, {**typed(), "hint": plain("x" * 2001)}),
    ("input length", typed(max_length=3000), typed(max_length=3001)),
    ("input value", typed(max_length=3, initial_value="abc"), typed(max_length=3, initial_value="abcd")),
    ("input bounds", typed(min_length=3, max_length=3), typed(min_length=4, max_length=3)),
    ("input element", typed(), {**typed(), "element": button()}),
    ("confirm title", confirmed(title=plain("x" * 100)), confirmed(title=plain("x" * 101))),
    ("confirm text", confirmed(text=plain("x" * 300)), confirmed(text=plain("x" * 301))),
    ("confirm button", confirmed(confirm=plain("x" * 30)), confirmed(confirm=plain("x" * 31))),
    ("alt text", image(alt_text="x" * 2000), image(alt_text="x" * 2001)),
    ("alt text is there", image(), {key: value for key, value in image().items() if key != "alt_text"}),
    ("one picture", image(), image(slack_file={"id": "F0"})),
    (
        "date in rich text",
        rich({"type": "date", "timestamp": 1796040000, "format": "{date_short} {time}", "fallback": "30 Nov"}),
        rich({"type": "date", "timestamp": "now", "format": "{date_short}"}),
    ),
    ("link in rich text", rich({"type": "link", "url": "https://example.com"}), rich({"type": "link", "url": "ftp://x"})),
]  # fmt: skip


def check(blocks: list[Any], surface: Surface = "message") -> None:
    check_blocks(blocks, surface)


@pytest.mark.parametrize(("good", "bad"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_each_limit_from_both_sides(good: Any, bad: Any) -> None:
    check([good], "modal")
    with pytest.raises(Misshapen):
        check([bad], "modal")


def test_how_many_blocks_a_place_holds() -> None:
    divider: Any = {"type": "divider"}
    check([divider] * 50)
    check([divider] * 100, "modal")
    check([divider] * 100, "home")
    places: list[tuple[Surface, int]] = [("message", 50), ("modal", 100), ("home", 100)]
    for surface, most in places:
        with pytest.raises(Misshapen, match=f"no more than {most} items"):
            check([divider] * (most + 1), surface)


def test_markdown_stands_in_messages_alone_and_has_an_end() -> None:
    check([{"type": "markdown", "text": "x" * 12_000}])
    with pytest.raises(Misshapen):
        check([{"type": "markdown", "text": "x"}], "modal")
    with pytest.raises(Misshapen):
        check([{"type": "markdown", "text": "x" * 6001}] * 2)


def test_a_message_is_too_long_as_a_whole() -> None:
    check([section("x" * 3000)] * 4)
    with pytest.raises(TooLong):
        check([section("x" * 3000)] * 5)


def test_block_ids_differ() -> None:
    check([section("x", block_id="a"), section("x", block_id="b")])
    with pytest.raises(Misshapen, match="unique"):
        check([section("x", block_id="a")] * 2)


def test_what_is_no_list_of_objects() -> None:
    anything: list[Any] = ["x", {}, [1], [None], [{}], [{"type": 5}], [{"type": "section", "text": "x"}]]
    for wrong in anything:
        with pytest.raises(Misshapen):
            check(wrong)


VIEWS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("title", {"title": plain("x" * 24)}, {"title": plain("x" * 25)}),
    ("submit", {"submit": plain("x" * 24)}, {"submit": plain("x" * 25)}),
    ("close", {"close": plain("x" * 24)}, {"close": plain("x" * 25)}),
    ("private metadata", {"private_metadata": "x" * 3000}, {"private_metadata": "x" * 3001}),
    ("callback id", {"callback_id": "x" * 255}, {"callback_id": "x" * 256}),
    ("external id", {"external_id": "x" * 255}, {"external_id": "x" * 256}),
    ("field", {"notify_on_close": True}, {"colour": "red"}),
]


@pytest.mark.parametrize(("good", "bad"), [each[1:] for each in VIEWS], ids=[each[0] for each in VIEWS])
def test_each_limit_of_a_modal(good: dict[str, Any], bad: dict[str, Any]) -> None:
    check_view(modal(section("x"), **good), home=False)
    with pytest.raises(Misshapen):
        check_view(modal(section("x"), **bad), home=False)
