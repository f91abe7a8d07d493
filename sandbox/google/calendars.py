"""freebusy.query, and what a calendar says of itself: zone, working hours, settings, the list of calendars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.google.contract import moment
from sandbox.google.errors import GoogleError
from sandbox.google.sharing import Reached, Sharing
from sandbox.google.showing import calendar_etag, clock_time, stamp
from sandbox.world import Json, Mailbox, Role, World

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
        elif (found := Sharing(world).reached(caller, name)) is None:
            # A calendar nobody shared looks the same as one that does not exist.
            calendars[name] = _failed("notFound")
        else:
            busy = busy_times(world, found.calendar, start, end)
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
    """calendars.get; only a person's own, primary one has working hours."""
    shown: dict[str, Json] = {
        "kind": "calendar#calendar",
        "etag": calendar_etag(world.revision),
        "id": owner.address,
        "summary": owner.name if owner.owner else owner.address,
        "timeZone": owner.time_zone,
        "conferenceProperties": _conference_types(owner),
    }
    if owner.owner:
        return {**shown, "dataOwner": owner.owner}
    hours = owner.hours
    return {
        **shown,
        "workingHours": {
            "workingHoursEnabled": bool(hours.days),
            "availableTimes": [
                {"dayOfWeek": DAYS[day], "periodStart": hours.start, "periodEnd": hours.end} for day in hours.days
            ],
        },
    }


def calendar_list(world: World, caller: Mailbox, least: Role) -> dict[str, Json]:
    """calendarList.list: the primary one, then what else the caller owns or was shared, down to this role."""
    found = [each for each in Sharing(world).all_of(caller) if each.allows(least)]
    return {
        "kind": "calendar#calendarList",
        "etag": calendar_etag(world.revision),
        "nextSyncToken": str(world.revision),
        "items": [_entry(world, caller, each) for each in found],
    }


def calendar_list_entry(world: World, caller: Mailbox, id: str) -> dict[str, Json]:
    """calendarList.get. Raises GoogleError notFound for what is not in the caller's list."""
    found = Sharing(world).reached(caller, id)
    if found is None:
        raise GoogleError("notFound")
    return _entry(world, caller, found)


def _entry(world: World, caller: Mailbox, found: Reached) -> dict[str, Json]:
    of = found.calendar
    entry: dict[str, Json] = {
        "kind": "calendar#calendarListEntry",
        "etag": calendar_etag(world.revision),
        "id": of.address,
        "summary": of.name if of.owner else of.address,
        "timeZone": of.time_zone,
        "conferenceProperties": _conference_types(of),
        "accessRole": found.role,
        "selected": True,
        "defaultReminders": [],
    }
    if of.address == caller.address:
        entry["primary"] = True
    if of.owner:
        entry["dataOwner"] = of.owner
    return entry


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
