"""The $-options of a query: only those an operation knows, and only as far as this calendar part supports them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from multidict import MultiMapping

from sandbox.graph.errors import GraphError
from sandbox.rules import graph as rules
from sandbox.world import Event

QUOTED = r"'((?:[^']|'')*)'"
BY_UID = re.compile(rf"iCalUId eq {QUOTED}")
BY_PROPERTY = re.compile(
    r"singleValueExtendedProperties/any\((\w+):\s*\1/id eq " + QUOTED + r" and \1/value eq " + QUOTED + r"\)",
    re.IGNORECASE,
)
EXPANDED = re.compile(r"singleValueExtendedProperties\(\$filter=id eq " + QUOTED + r"\)")
ORDERED = re.compile(r"start/dateTime(?: (asc|desc))?")


@dataclass(frozen=True, slots=True)
class Options:
    """`select`: None for everything. `expand`: the id of the extended property that is wanted. `top`: page size."""

    select: frozenset[str] | None = None
    expand: str | None = None
    top: int = rules.USUAL_PAGE
    newest_first: bool = False
    keep: Callable[[Event], bool] = lambda _event: True
    token: str | None = None


def options(query: MultiMapping[str], allowed: str, properties: frozenset[str], page: int | None = None) -> Options:
    """Checked against the names in `allowed` and the type's `properties`; anything else is refused with 400."""
    unknown = [name for name in query if name.startswith("$") and name not in allowed.split()]
    if unknown:
        raise GraphError(400, "BadRequest", f"The query option '{unknown[0]}' is not supported here.")
    return Options(
        select=_select(query.get("$select"), properties),
        expand=_expand(query.get("$expand")),
        top=min(_number(query.get("$top"), page or rules.USUAL_PAGE), page or rules.LARGEST_PAGE),
        newest_first=_newest_first(query.get("$orderby")),
        keep=_filter(query.get("$filter")),
        token=query.get("$skiptoken"),
    )


def window(query: MultiMapping[str]) -> tuple[datetime, datetime]:
    """startDateTime and endDateTime: the offset in the value counts, UTC where there is none."""
    start, end = _moment(query, "startDateTime"), _moment(query, "endDateTime")
    if end < start:
        raise GraphError(400, "ErrorInvalidParameter", "The end of the window lies before its start.")
    return start, end


def _moment(query: MultiMapping[str], name: str) -> datetime:
    value = query.get(name)
    if value is None:
        raise GraphError(400, "ErrorInvalidParameter", f"This request requires a time window: {name} is missing.")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise GraphError(400, "ErrorInvalidParameter", f"The value '{value}' of {name} is invalid.") from None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _select(value: str | None, properties: frozenset[str]) -> frozenset[str] | None:
    if value is None:
        return None
    named = frozenset(part.strip() for part in value.split(","))
    if unknown := sorted(named - properties):
        raise GraphError(400, "RequestBroker--ParseUri", f"Could not find a property named '{unknown[0]}'.")
    return named


def _expand(value: str | None) -> str | None:
    if value is None:
        return None
    found = EXPANDED.fullmatch(value)
    if found is None:
        raise GraphError(400, "RequestBroker--ParseUri", "Only singleValueExtendedProperties by id can be expanded.")
    return _plain(found[1])


def _number(value: str | None, usual: int) -> int:
    if value is None:
        return usual
    if not value.isdecimal() or not 1 <= int(value) <= rules.LARGEST_PAGE:
        raise GraphError(400, "ErrorInvalidUrlQuery", f"$top must lie between 1 and {rules.LARGEST_PAGE}.")
    return int(value)


def _newest_first(value: str | None) -> bool:
    found = ORDERED.fullmatch(value or "start/dateTime")
    if found is None:
        raise GraphError(400, "ErrorInvalidUrlQuery", "Only start/dateTime can be ordered by.")
    return found[1] == "desc"


def _filter(value: str | None) -> Callable[[Event], bool]:
    if value is None:
        return lambda _event: True
    if found := BY_UID.fullmatch(value):
        uid = _plain(found[1])
        return lambda event: event.uid == uid
    if found := BY_PROPERTY.fullmatch(value):
        name, wanted = _plain(found[2]), _plain(found[3]).lower()
        # The name counts its letters' case, the value does not.
        return lambda event: event.private_properties.get(name, "").lower() == wanted
    raise GraphError(400, "ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes.")


def _plain(quoted: str) -> str:
    return quoted.replace("''", "'")
