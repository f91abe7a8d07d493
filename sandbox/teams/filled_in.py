"""What stands in a card's inputs when somebody presses, and what Teams asks for before it sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any  # cards that were checked, looked into

from sandbox.rules.teams_cards import parts_of
from sandbox.teams.hands import Impossible
from sandbox.world import Json

USUAL_ERROR = "This field is required."


def action_in(card: Any, title: str, at: int = 0) -> dict[str, Any]:
    """The action with this title (or id); `at` counts where several have it. Raises Impossible."""
    found = [each for each in parts_of(card) if is_action(each) and title in (each.get("title"), each.get("id"))]
    if len(found) <= at:
        titles = [str(each.get("title")) for each in parts_of(card) if is_action(each)]
        raise Impossible(f"There is no {title!r} on the card; there is {', '.join(titles) or 'no button'}.")
    if found[at].get("isEnabled") is False:
        raise Impossible(f"{title!r} cannot be pressed now.")
    return found[at]


def is_action(part: Mapping[str, Any]) -> bool:
    return str(part["type"]).startswith("Action.")


def inputs_in(card: Any) -> Iterator[dict[str, Any]]:
    return (each for each in parts_of(card) if str(each["type"]).startswith("Input."))


def entered(card: Any, values: Mapping[str, Json]) -> dict[str, Json]:
    """Every input's value as it is sent, a text each; `values` by id, what stood there before for the others. Raises
    Impossible for what cannot be entered."""
    sent: dict[str, Json] = {}
    known = {each["id"]: each for each in inputs_in(card)}
    if strange := sorted(values.keys() - known.keys()):
        raise Impossible(f"There is no input {', '.join(strange)} on the card.")
    for id, element in known.items():
        value = values.get(id, element.get("value"))
        if value is not None and value != "":
            sent[id] = _as_sent(element, value)
        elif element["type"] == "Input.Toggle":
            sent[id] = element.get("valueOff", "false")
    return sent


def unfinished(card: Any, sent: Mapping[str, Json]) -> dict[str, str]:
    """What Teams says beside the inputs that it does not let through, by id."""
    return {each["id"]: _error(each) for each in inputs_in(card) if not _is_finished(each, sent.get(each["id"]))}


def data_of(action: Mapping[str, Any], inputs: Mapping[str, Json]) -> Json:
    """What goes along: the action's own data, and the inputs unless it wants none."""
    data = action.get("data")
    if str(action.get("associatedInputs", "auto")).lower() == "none":
        return data if data is not None else {}
    if isinstance(data, str):
        return data
    return {**(data or {}), **inputs}


def wants_inputs(action: Mapping[str, Any]) -> bool:
    return str(action.get("associatedInputs", "auto")).lower() != "none"


def _as_sent(element: Mapping[str, Any], value: Json) -> Json:
    kind, id = element["type"], element["id"]
    if kind == "Input.Toggle" and isinstance(value, bool):
        return str(element.get("valueOn", "true") if value else element.get("valueOff", "false"))
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    if kind == "Input.Date" and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise Impossible(f"{id}: {text!r} is no day.")
    if kind == "Input.Time" and not re.fullmatch(r"\d{2}:\d{2}", text):
        raise Impossible(f"{id}: {text!r} is no time.")
    if kind == "Input.Text" and len(text) > element.get("maxLength", len(text)):
        raise Impossible(f"{id} holds {element['maxLength']} letters.")
    if kind == "Input.ChoiceSet" and "choices.data" not in element:
        known = {each["value"] for each in element.get("choices", [])}
        if strange := [each for each in text.split(",") if each not in known]:
            raise Impossible(f"{id}: {', '.join(strange)} is not among the choices.")
    return text


def _is_finished(element: Mapping[str, Any], value: Json) -> bool:
    if value is None or value == "":
        return element.get("isRequired") is not True
    if element["type"] == "Input.Toggle" and element.get("isRequired") is True:
        return bool(value == element.get("valueOn", "true"))
    pattern = element.get("regex")
    return not isinstance(pattern, str) or re.search(pattern, str(value)) is not None


def _error(element: Mapping[str, Any]) -> str:
    return str(element.get("errorMessage") or USUAL_ERROR)
