"""Graph's own schema (msgraph-metadata, cut to calendars), asked whether an answer or a table agrees with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

# Operation -> the type it answers; "[]" in front: a page of them.
ANSWERS: Mapping[str, str] = {
    "getSchedule": "[]scheduleInformation",
    "calendar.get": "calendar",
    "mailboxSettings.get": "mailboxSettings",
    "calendarView": "[]event",
    "events.list": "[]event",
    "events.get": "event",
    "events.create": "event",
    "events.update": "event",
}


@cache
def definitions(folder: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((folder / "graph-calendar.schema.json").read_text())
    definitions: dict[str, Any] = schema["$defs"]
    return definitions


@cache
def permissions(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "graph-calendar-permissions.json").read_text())
    return found


def check_answer(folder: Path, operation: str, body: Any) -> None:
    """Raises jsonschema.ValidationError if Graph would never answer so."""
    kind = ANSWERS.get(operation)
    if kind is None:
        assert body is None, f"{operation} answers nothing"
        return
    if not kind.startswith("[]"):
        check(folder, kind, body)
        return
    assert {name for name in body if not name.startswith("@")} == {"value"}
    for each in body["value"]:
        check(folder, kind.removeprefix("[]"), each)


def check(folder: Path, kind: str, value: Any) -> None:
    """Raises jsonschema.ValidationError if the value is no such type."""
    _validator(folder, kind).validate(value)


@cache
def _validator(folder: Path, kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": definitions(folder)})
