"""freebusy.query, and what a calendar says of itself: zone, working hours, settings, the list of calendars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.google.contract import moment
from sandbox.google.errors import GoogleError
from sandbox.google.showing import calendar_etag, clock_time, stamp
from sandbox.world import Json, Mailbox, World

LONGEST = timedelta(days=92)
MOST_CALENDARS = 50
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Resource = Mapping[str, Json]


def free_busy(world: World, caller: Mailbox, body: Resource) -> dict[str, Json]:
    """Busy intervals, merged and cut to the window; a calendar that may not be read says so inside the 200."""
    start, end = _bound(body, "timeMin"), _bound(body, "timeMax")
    if end <= start:
        raise GoogleError("timeRangeEmpty", location="timeMax")
    if end - start > LONGEST:
        raise GoogleError("timeRangeTooLong", location="timeMax")
    try:
        zone = ZoneInfo(str(body.get("timeZone") or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise GoogleError("invalid", "Invalid time zone.", "timeZone") from error
    items = body.get("items")
    wanted = items if isinstance(items, list) else []
    names = [str(each["id"]) for each in wanted if isinstance(each, dict) and "id" in each]
    most = body.get("calendarExpansionMax")
    limit = min(most, MOST_CALENDARS) if isinstance(most, int) else MOST_CALENDARS
    calendars: dict[str, Json] = {}
    for index, name in enumerate(names):
        if index >= limit:
            calendars[name] = _failed("tooManyCalendarsRequested")
        elif name.lower() not in ("primary", caller.address):
            # Another person's calendar is not shared here, which looks the same as one that does not exist.
            calendars[name] = _failed("notFound")
        else:
            busy = busy_times(world, caller, start, end)
            calendars[name] = {"busy": [{"start": clock_time(a, zone), "end": clock_time(b, zone)} for a, b in busy]}
    return {"kind": "calendar#freeBusy", "timeMin": stamp(start), "timeMax": stamp(end), "calendars": calendars}


def busy_times(world: World, owner: Mailbox, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Merged and clipped to the window. Unanswered and tentative are busy; declined and transparent are not."""
    merged: list[tuple[datetime, datetime]] = []
    for event in world.between(owner, start, end):
        if not event.is_busy:
            continue
        begins, ends = event.when.bounds(owner.time_zone)
        begins, ends = max(begins, start).astimezone(UTC), min(ends, end).astimezone(UTC)
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return merged


def calendar(world: World, owner: Mailbox) -> dict[str, Json]:
    hours = owner.hours
    return {
        "kind": "calendar#calendar",
        "etag": calendar_etag(world.revision),
        "id": owner.address,
        "summary": owner.address,
        "timeZone": owner.time_zone,
        "conferenceProperties": _conference_types(owner),
        "workingHours": {
            "workingHoursEnabled": bool(hours.days),
            "availableTimes": [
                {"dayOfWeek": DAYS[day], "periodStart": hours.start, "periodEnd": hours.end} for day in hours.days
            ],
        },
    }


def calendar_list_entry(world: World, owner: Mailbox) -> dict[str, Json]:
    return {
        "kind": "calendar#calendarListEntry",
        "etag": calendar_etag(world.revision),
        "id": owner.address,
        "summary": owner.address,
        "timeZone": owner.time_zone,
        "conferenceProperties": _conference_types(owner),
        "accessRole": "owner",
        "primary": True,
        "selected": True,
        "defaultReminders": [],
    }


def setting(owner: Mailbox, name: str) -> dict[str, Json]:
    """Raises GoogleError notFound for a setting not kept here."""
    values = {"timezone": owner.time_zone, "locale": "en", "weekStart": "1", "format24HourTime": "true"}
    if name not in values:
        raise GoogleError("notFound")
    return {"kind": "calendar#setting", "etag": f'"{values[name]}"', "id": name, "value": values[name]}


def _conference_types(owner: Mailbox) -> dict[str, Json]:
    return {"allowedConferenceSolutionTypes": ["hangoutsMeet"] if owner.conference else []}


def _bound(body: Resource, name: str) -> datetime:
    value = body.get(name)
    if not isinstance(value, str):
        raise GoogleError("required", f"Missing {name} parameter.", name)
    return moment(value, name)


def _failed(reason: str) -> Json:
    return {"errors": [{"domain": "global", "reason": reason}], "busy": []}
