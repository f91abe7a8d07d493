"""Block Kit's text objects, options and interactive elements, and their limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any  # checked JSON, looked into

from sandbox.rules.shapes import Misshapen, Shape
from sandbox.rules.slack_shapes import ByType, Exactly, Fields, Number, Several, Thing, Words, Yes, thing

YES = Yes()
ID = Words(255)
TYPE = Words(50)
URL = Words(3000, pattern=r"https?://\S+|mailto:\S+|slack://\S+")
PICTURE_URL = Words(3000, pattern=r"https?://\S+")
DATE = Words(10, pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME = Words(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
STYLE = Exactly(("primary", "danger"))


def plain(most: int) -> Thing:
    return thing("type text", {"type": Exactly(("plain_text",)), "text": Words(most), "emoji": YES})


def text(most: int) -> ByType:
    """Either kind of text."""
    mrkdwn = thing("type text", {"type": Exactly(("mrkdwn",)), "text": Words(most), "verbatim": YES})
    return ByType({"plain_text": plain(most), "mrkdwn": mrkdwn})


CONFIRM = thing(
    "title text confirm deny",
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30), "style": STYLE},
)
OPTION = thing(
    "text value",
    {"text": text(75), "value": Words(150), "description": text(75), "url": URL},
)
OPTIONS = Several(OPTION, 1, 100)
GROUPS = Several(thing("label options", {"label": plain(75), "options": OPTIONS}), 1, 100)
FEW = Several(OPTION, 1, 10)
DISPATCHED = thing(
    "trigger_actions_on",
    {"trigger_actions_on": Several(Exactly(("on_enter_pressed", "on_character_entered")), 1, 2)},
)


def _choosing(field: str, several: bool = False) -> Any:
    """The options are there in one of two ways, and what is chosen at first is one of them."""

    def look(fields: Fields, path: str) -> None:
        if ("options" in fields) == ("option_groups" in fields):
            raise Misshapen(path, "missing", "must provide either options or option_groups")
        found: Any = fields.get("options")
        if found is None:
            groups: Any = fields["option_groups"]
            found = [option for group in groups for option in group["options"]]
        _different_values(found, path)
        chosen: Any = fields.get(field)
        for each in (chosen if several else [chosen]) if chosen is not None else []:
            if each not in found:
                raise Misshapen(f"{path}/{field}", "choice", "initial option must match one of the provided options")

    return look


def _different_values(options: list[Any], path: str) -> None:
    values = [option["value"] for option in options]
    if len(set(values)) < len(values):
        raise Misshapen(path, "choice", "option values must be unique")


def _lengths(fields: Fields, path: str) -> None:
    least, most = fields.get("min_length", 0), fields.get("max_length", 3000)
    initial = fields.get("initial_value")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        raise Misshapen(f"{path}/min_length", "limit", "min_length must not be greater than max_length")
    if isinstance(initial, str) and isinstance(most, int) and len(initial) > most:
        raise Misshapen(f"{path}/initial_value", "limit", f"must be less than {most + 1} characters")


USUAL: Mapping[str, Shape] = {"type": TYPE, "action_id": ID, "focus_on_load": YES}
ASKING: Mapping[str, Shape] = {**USUAL, "confirm": CONFIRM, "placeholder": plain(150)}
MANY: Mapping[str, Shape] = {**ASKING, "max_selected_items": Number(1, 100)}
LEAST: Mapping[str, Shape] = {"min_query_length": Number(0, 1000)}
SOME = Several(OPTION, 1, 100)
IDS = Several(ID, 1, 100)
TYPED: Mapping[str, Shape] = {
    **USUAL,
    "placeholder": plain(150),
    "initial_value": Words(3000, least=0),
    "dispatch_action_config": DISPATCHED,
}

BUTTON = thing(
    "type text",
    {
        "type": TYPE,
        "action_id": ID,
        "text": plain(75),
        "url": URL,
        "value": Words(2000),
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": Words(75),
    },
)
PICTURE = thing(
    "type alt_text",
    {
        "type": TYPE,
        "alt_text": Words(2000),
        "image_url": PICTURE_URL,
        "slack_file": Thing({"id": ID, "url": PICTURE_URL}),
    },
)
SELECTS: Mapping[str, Shape] = {
    "static_select": thing(
        "type",
        {**ASKING, "options": OPTIONS, "option_groups": GROUPS, "initial_option": OPTION},
        _choosing("initial_option"),
    ),
    "multi_static_select": thing(
        "type",
        {**MANY, "options": OPTIONS, "option_groups": GROUPS, "initial_options": SOME},
        _choosing("initial_options", several=True),
    ),
    "external_select": thing("type", {**ASKING, **LEAST, "initial_option": OPTION}),
    "multi_external_select": thing("type", {**MANY, **LEAST, "initial_options": SOME}),
    "users_select": thing("type", {**ASKING, "initial_user": ID}),
    "multi_users_select": thing("type", {**MANY, "initial_users": IDS}),
    "channels_select": thing("type", {**ASKING, "initial_channel": ID, "response_url_enabled": YES}),
    "conversations_select": thing("type", {**ASKING, "initial_conversation": ID, "response_url_enabled": YES}),
}
PICKERS: Mapping[str, Shape] = {
    "datepicker": thing("type", {**ASKING, "initial_date": DATE}),
    "timepicker": thing("type", {**ASKING, "initial_time": TIME, "timezone": Words(100)}),
    "datetimepicker": thing("type", {**USUAL, "confirm": CONFIRM, "initial_date_time": Number(10**9, 10**10 - 1)}),
}
TICKED: Mapping[str, Shape] = {
    "checkboxes": thing(
        "type options",
        {**USUAL, "options": FEW, "initial_options": FEW, "confirm": CONFIRM},
        _choosing("initial_options", several=True),
    ),
    "radio_buttons": thing(
        "type options",
        {**USUAL, "options": FEW, "initial_option": OPTION, "confirm": CONFIRM},
        _choosing("initial_option"),
    ),
}
OVERFLOW = thing("type options", {"type": TYPE, "action_id": ID, "options": Several(OPTION, 1, 5), "confirm": CONFIRM})
INPUTS: Mapping[str, Shape] = {
    "plain_text_input": thing(
        "type",
        {**TYPED, "multiline": YES, "min_length": Number(0, 3000), "max_length": Number(1, 3000)},
        _lengths,
    ),
    "email_text_input": thing("type", TYPED),
    "url_text_input": thing("type", TYPED),
    "number_input": thing(
        "type is_decimal_allowed",
        {**TYPED, "is_decimal_allowed": YES, "min_value": Words(40), "max_value": Words(40)},
    ),
}
