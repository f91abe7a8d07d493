"""Google's own contract: the discovery document its client library ships; requests are checked against it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any  # the discovery document is JSON of many shapes

from googleapiclient.discovery_cache import get_static_doc
from multidict import MultiMapping

from sandbox.google.errors import GoogleError
from sandbox.world import Json

Schema = Mapping[str, Any]
INT32 = 2**31


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the API, such as events.insert."""

    name: str
    http: str
    path: str
    parameters: Mapping[str, Schema]
    body: str | None
    answer: str | None
    scopes: frozenset[str]


@cache
def document() -> Mapping[str, Any]:
    """The Calendar v3 discovery document."""
    loaded: dict[str, Any] = json.loads(get_static_doc("calendar", "v3"))
    return loaded


@cache
def method(name: str) -> Method:
    """The method of this name ("events.insert") as the discovery document describes it."""
    resource, _, verb = name.partition(".")
    found = document()["resources"][resource]["methods"][verb]
    return Method(
        name=name,
        http=found["httpMethod"],
        path=f"/calendar/v3/{found['path']}",
        parameters={**document()["parameters"], **found.get("parameters", {})},
        body=found.get("request", {}).get("$ref"),
        answer=found.get("response", {}).get("$ref"),
        # It covers only calendars the app made itself, and nobody makes one here.
        scopes=frozenset(scope.rpartition("/")[2] for scope in found["scopes"]) - {"calendar.app.created"},
    )


def check_query(of: Method, query: MultiMapping[str]) -> None:
    """Refuse unknown parameters, wrong types, values outside an enum or a range, and forbidden repetition."""
    for name in set(query):
        rule = of.parameters.get(name)
        if rule is None or rule["location"] != "query":
            raise GoogleError("invalidParameter", f'Unknown name "{name}": Cannot bind query parameter.', name)
        values = query.getall(name)
        if len(values) > 1 and not rule.get("repeated"):
            raise GoogleError("invalidParameter", f'"{name}" may be given once only.', name)
        for value in values:
            _check_parameter(name, rule, value)
    if len(query.get("quotaUser", "")) > 40:
        raise GoogleError("invalidParameter", "quotaUser is longer than 40 characters.", "quotaUser")


def _check_parameter(name: str, rule: Schema, value: str) -> None:
    wrong = GoogleError("invalidParameter", f"Invalid value '{value}' for parameter {name}.", name)
    if rule["type"] == "boolean":
        if value not in ("true", "false"):
            raise wrong
    elif rule["type"] == "integer":
        if not value.removeprefix("-").isdecimal():
            raise wrong
        if not int(rule.get("minimum", -INT32)) <= int(value) <= int(rule.get("maximum", INT32 - 1)):
            raise wrong
    elif "enum" in rule and value not in rule["enum"]:
        raise wrong
    elif rule.get("format") == "date-time":
        moment(value, name)


def check_body(schema_name: str, value: Json) -> dict[str, Json]:
    """Refuse a body with unknown fields or wrong types, as the named schema has it; answers the body."""
    _check_value({"$ref": schema_name}, value, "")
    if not isinstance(value, dict):
        raise GoogleError("parseError", "The body must be a JSON object.")
    return value


def _check_value(rule: Schema, value: Json, at: str) -> None:
    if "$ref" in rule:
        rule = document()["schemas"][rule["$ref"]]
    if value is None:
        return
    kind = rule["type"]
    if kind == "object" and isinstance(value, dict):
        for name, inner in value.items():
            inner_rule = rule.get("properties", {}).get(name) or rule.get("additionalProperties")
            if inner_rule is None:
                message = f"Invalid JSON payload received. Unknown name \"{name}\" at '{at}': Cannot find field."
                raise GoogleError("badRequest", message)
            _check_value(inner_rule, inner, f"{at}.{name}".lstrip("."))
    elif kind == "array" and isinstance(value, list):
        for index, inner in enumerate(value):
            _check_value(rule["items"], inner, f"{at}[{index}]")
    elif not _fits(kind, rule.get("format"), value):
        raise GoogleError("invalid", f"Invalid value at '{at}' ({kind}): {json.dumps(value)[:80]}", at)


def _fits(kind: str, format: str | None, value: Json) -> bool:
    if kind == "string" and isinstance(value, str):
        return format is None or format == "int64" or _is_time(format, value)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool) and -INT32 <= value < INT32
    return kind == "any" or (kind == "boolean" and isinstance(value, bool))


def _is_time(format: str, value: str) -> bool:
    try:
        if format == "date":
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def moment(value: str, name: str) -> datetime:
    """An RFC 3339 time whose offset is mandatory."""
    wrong = GoogleError("badRequest", f"Bad Request: {name} must be an RFC3339 time with an offset.", name)
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise wrong from None
    if found.tzinfo is None:
        raise wrong
    return found
