"""What the Prefer headers ask of an answer: the zone of times, and ids that stay the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox.graph.errors import GraphError
from sandbox.rules.graph_zones import UTC, zone_named
from sandbox.world import Json

PREFERENCE = re.compile(r'\s*([\w.\-]+)\s*(?:=\s*"?([^",]*)"?)?\s*(?:,|$)')
IMMUTABLE, MUTABLE = "AAMk", "AQMkAD"
"""The world's ids are the immutable ones; without the header the same event goes by another."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """`zone_name` as the caller spelt it."""

    zone_name: str
    zone: ZoneInfo
    immutable_ids: bool
    page: int | None

    @classmethod
    def of(cls, request: web.Request) -> Preferences:
        """From one header with commas or several. Raises GraphError for a zone nobody knows."""
        named = {
            name.lower(): value
            for header in request.headers.getall("Prefer", [])
            for name, value in PREFERENCE.findall(header)
            if name
        }
        zone_name = named.get("outlook.timezone", UTC)
        zone = zone_named(zone_name)
        if zone is None:
            raise unsupported(zone_name)
        page = named.get("odata.maxpagesize", "")
        return cls(zone_name, zone, named.get("idtype") == "ImmutableId", int(page) if page.isdecimal() else None)

    def moment(self, instant: datetime) -> dict[str, Json]:
        """A dateTimeTimeZone: wall time with seven decimals, and no offset."""
        return {"dateTime": wall(instant.astimezone(self.zone)), "timeZone": self.zone_name}

    def id(self, id: str) -> str:
        return id if self.immutable_ids else MUTABLE + id.removeprefix(IMMUTABLE)


def true_id(given: str) -> str:
    """The world's id of an event, by whichever of the two it was named."""
    return IMMUTABLE + given.removeprefix(MUTABLE) if given.startswith(MUTABLE) else given


def wall(local: datetime) -> str:
    return local.strftime("%Y-%m-%dT%H:%M:%S.%f0")


def unsupported(name: str) -> GraphError:
    """A zone name Graph does not take."""
    return GraphError(
        400,
        "TimeZoneNotSupportedException",
        f"A valid TimeZone value must be specified. The following TimeZone value is not supported: '{name}'.",
    )
