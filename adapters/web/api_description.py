"""What is read over HTTP, described for other programs (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Mapping

from calendar_core.health import Repairer
from calendar_core.integration import Health, IntegrationKind, Trouble

STATUSES = "/api/v1/statuses"
USUAL, MOST = 100, 500  # people in one answer

_INSTANT = {"type": "string", "pattern": r"^(|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$"}
_FIELDS: Mapping[str, Mapping[str, object]] = {
    "email": {"type": "string"},
    "name": {"type": "string"},
    "calendar_integration": {"enum": ["", *IntegrationKind]},
    "health": {"enum": ["", *Health]},
    "reason": {"enum": ["", *Trouble]},
    "repaired_by": {"enum": ["", *Repairer]},
    "since": _INSTANT,
    "checked": _INSTANT,
}


def _closed(fields: Mapping[str, object]) -> dict[str, object]:
    """An object with all of these and nothing else."""
    return {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}


def _answer(means: str, schema: Mapping[str, object], *headers: str) -> Mapping[str, object]:
    told: dict[str, object] = {"description": means, "content": {"application/json": {"schema": schema}}}
    return told | ({"headers": {each: {"schema": {"type": "string"}} for each in headers}} if headers else {})


def _asked(name: str, means: str, usual: int, least: int, most: int) -> dict[str, object]:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": usual}
    return {"name": name, "in": "query", "description": means, "schema": schema}


_PAGE = _closed({"people": {"type": "array", "items": _closed(_FIELDS)}, "next": {"type": ["string", "null"]}})
_ERROR = _closed({"error": {"type": "string"}})

DESCRIPTION: Mapping[str, object] = {
    "openapi": "3.1.0",
    "info": {"title": "Pairtime", "version": "1"},
    "paths": {
        STATUSES: {
            "get": {
                "summary": "Everybody's calendar status, in pages",
                "parameters": [
                    _asked("after", "From `next` of the page before", 0, 0, 10**18 - 1),
                    _asked("limit", "People in one answer", USUAL, 1, MOST),
                ],
                "responses": {
                    "200": _answer("Some people, and where the next ones are; null after the last", _PAGE),
                    "400": _answer("A page that cannot be", _ERROR),
                    "401": _answer("No token that counts", _ERROR, "WWW-Authenticate"),
                    "403": _answer("The organisation's reports are of groups only", _ERROR),
                    "429": _answer("Too often", _ERROR, "Retry-After"),
                    "503": _answer("The database does not answer", _ERROR, "Retry-After"),
                },
                "security": [{"token": []}],
            }
        }
    },
    "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
}
