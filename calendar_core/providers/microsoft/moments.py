"""Times as Graph writes them: a wall time, and the name of its zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from calendar_core.interval import Interval

from .zones import IANA, name_for, zone_named


class Moment(TypedDict):
    """dateTimeTimeZone: a wall time, and the zone by name."""

    dateTime: str
    timeZone: str


def moments(when: Interval, zone: str) -> dict[str, Moment]:
    """Start and end by the organizer's wall clock, under the zone name Outlook knows."""
    name = name_for(zone, when.start, when.end)
    here = ZoneInfo(IANA[name.lower()])
    return {
        "start": {"dateTime": _wall(when.start.astimezone(here)), "timeZone": name},
        "end": {"dateTime": _wall(when.end.astimezone(here)), "timeZone": name},
    }


def in_utc(instant: datetime) -> Moment:
    """An instant without a place."""
    return {"dateTime": _wall(instant), "timeZone": "UTC"}


def instant_of(moment: Moment) -> datetime:
    """We ask for UTC and are given it, but for what Outlook insists on."""
    local, zone = datetime.fromisoformat(moment["dateTime"]), moment["timeZone"]
    if zone == "UTC" and local.tzinfo is None:  # a calendar has hundreds of them
        return local.replace(tzinfo=UTC)
    return (local if local.tzinfo else local.replace(tzinfo=zone_named(zone))).astimezone(UTC)


def _wall(local: datetime) -> str:
    return local.strftime("%Y-%m-%dT%H:%M:%S")
