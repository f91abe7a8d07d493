"""What Slack sends, from bytes to one object: a form with or without a payload, or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MOST_FIELDS = 60

Payload = Mapping[str, object]


class Unreadable(Exception):
    """It is no payload: not of a kind that Slack sends, not UTF-8, not an object, nested too deep."""


def payload_of(body: bytes, content_type: str) -> dict[str, object]:
    """Raises Unreadable. Its fields can be anything still."""
    try:
        text = body.decode("utf-8")
        if content_type == JSON:
            return _object(text)
        if content_type == FORM:
            fields = _fields(text)
            return _object(fields["payload"]) if "payload" in fields else dict(fields)
    except (ValueError, RecursionError):
        raise Unreadable from None
    raise Unreadable


def _fields(text: str) -> dict[str, str]:
    """Of a field that is there twice, the first."""
    pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    return dict(reversed(pairs))


def _object(text: str) -> dict[str, object]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise Unreadable
    return found


def text_at(payload: object, *path: str) -> str:
    """The text found along the path; empty where there is none, or something else."""
    for name in path:
        if not isinstance(payload, Mapping):
            return ""
        payload = payload.get(name)
    return payload if isinstance(payload, str) else ""


def object_at(payload: object, *path: str) -> Payload:
    """The object found along the path; empty where there is none, or something else."""
    for name in path:
        payload = payload.get(name) if isinstance(payload, Mapping) else None
    return payload if isinstance(payload, Mapping) else {}


def list_at(payload: object, *path: str) -> list[object]:
    """The list found along the path; empty where there is none, or something else."""
    found = object_at(payload, *path[:-1]).get(path[-1])
    return found if isinstance(found, list) else []
