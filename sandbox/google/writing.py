"""A client's Event resource as the world's values, refused where Google refuses it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.google.errors import GoogleError
from sandbox.google.showing import ORGANIZERS_CHOICES, OWN_CHOICES
from sandbox.world import AllDay, Attendee, Event, Json, Response, Shows, Status, Timed, When

CLIENT_ID = re.compile(r"[0-9a-v]{5,1024}")
RESPONSES = ("needsAction", "accepted", "tentative", "declined")
STATUSES = ("confirmed", "tentative", "cancelled")
CHOICES: dict[str, tuple[str, ...]] = {
    "transparency": ("opaque", "transparent"),
    "visibility": ("default", "public", "private", "confidential"),
    "eventType": ("default", "outOfOffice", "focusTime", "workingLocation", "birthday", "fromGmail"),
    "status": STATUSES,
}

Resource = Mapping[str, Json]


def merged(present: Resource, patch: Resource) -> dict[str, Json]:
    """What PATCH means: objects are merged, arrays replaced whole, null takes away."""
    result = {name: value for name, value in present.items() if name not in patch}
    for name, value in patch.items():
        if isinstance(value, dict):
            result[name] = merged(_object(present.get(name)), value)
        elif value is not None:
            result[name] = value
    return result


def checked_id(resource: Resource) -> str:
    """The id the client chose, or an empty text."""
    id = resource.get("id")
    if id is None:
        return ""
    if resource.get("iCalUID") is not None:
        raise GoogleError("invalid", "Only one of id and iCalUID may be given.", "id")
    if not isinstance(id, str) or not CLIENT_ID.fullmatch(id):
        raise GoogleError("invalid", "Invalid resource id value.", "id")
    return id


def written(event: Event, resource: Resource, zone: str) -> Event:
    """The organizer's copy with everything the resource says; what it leaves out is cleared."""
    _check_choices(event, resource)
    extended = _object(resource.get("extendedProperties"))
    extra = {name: resource.get(name) for name in (*ORGANIZERS_CHOICES, *OWN_CHOICES) if name in resource}
    return replace(
        event,
        title=_text(resource, "summary"),
        body=_text(resource, "description"),
        location=_text(resource, "location"),
        when=_when(resource, zone),
        attendees=_attendees(event, resource),
        status=cast(Status, resource.get("status") or "confirmed"),
        shows=_shows(event, resource),
        private=resource.get("visibility") in ("private", "confidential"),
        private_properties=_properties(extended, "private"),
        shared_properties=_properties(extended, "shared"),
        extra=extra,
    )


def written_by_attendee(event: Event, resource: Resource, zone: str) -> Event:
    """An attendee's copy with what is his own; raises GoogleError where something shared would change."""
    asked = written(event, resource, zone)
    shared = ("title", "body", "location", "when", "shared_properties", "status")
    if any(getattr(asked, name) != getattr(event, name) for name in shared):
        raise GoogleError("forbiddenForNonOrganizer")
    if any(asked.extra.get(name) != event.extra.get(name) for name in ORGANIZERS_CHOICES):
        raise GoogleError("forbiddenForNonOrganizer")
    return replace(
        event,
        shows=asked.shows,
        private=asked.private,
        private_properties=asked.private_properties,
        extra=asked.extra,
    )


def own_answer(resource: Resource, address: str) -> tuple[Response, str] | None:
    """The answer and comment a resource gives for this attendee, if it names him."""
    attendees = resource.get("attendees")
    for each in attendees if isinstance(attendees, list) else []:
        entry = _object(each)
        if str(entry.get("email", "")).lower() == address and "responseStatus" in entry:
            return _response(entry), _text(entry, "comment")
    return None


def _check_choices(event: Event, resource: Resource) -> None:
    for name, choices in CHOICES.items():
        if resource.get(name) is not None and resource[name] not in choices:
            raise GoogleError("invalid", f"Invalid value for: {name}", name)
    if resource.get("recurrence"):
        raise GoogleError("invalid", "Recurrence is not kept here: write single events.", "recurrence")
    if resource.get("eventType", "default") not in ("default", "outOfOffice"):
        raise GoogleError("invalid", "This event type is not kept here.", "eventType")
    sequence = resource.get("sequence")
    if isinstance(sequence, int) and sequence < event.sequence:
        raise GoogleError("invalid", "Invalid sequence value. It is below the current sequence number.", "sequence")


def _when(resource: Resource, zone: str) -> When:
    start, end = _object(resource.get("start")), _object(resource.get("end"))
    for name, side in (("start", start), ("end", end)):
        if not side.get("date") and not side.get("dateTime"):
            raise GoogleError("required", f"Missing {name} time.", name)
        if side.get("date") and side.get("dateTime"):
            raise GoogleError("invalid", f"Invalid {name} time: either date or dateTime.", name)
    first, last = start.get("date"), end.get("date")
    if isinstance(first, str) and isinstance(last, str):
        all_day = AllDay(date.fromisoformat(first), date.fromisoformat(last))
        if all_day.end <= all_day.start:
            raise GoogleError("timeRangeEmpty", location="timeMax")
        return all_day
    if first or last:
        raise GoogleError("invalid", "The start and end times must either both be date or both be dateTime.", "end")
    begins, start_zone = _moment(start, "start", zone)
    ends, end_zone = _moment(end, "end", zone)
    if ends < begins:
        raise GoogleError("timeRangeEmpty", location="timeMax")
    return Timed(begins, ends, start_zone, end_zone)


def _moment(side: Resource, name: str, zone: str) -> tuple[datetime, str]:
    written_zone = side.get("timeZone")
    moment = datetime.fromisoformat(str(side["dateTime"]))
    try:
        local = ZoneInfo(str(written_zone or zone))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise GoogleError("invalid", f"Invalid time zone definition for {name} time.", name) from error
    if moment.tzinfo is None:
        if not written_zone:
            raise GoogleError("required", f"Missing time zone definition for {name} time.", name)
        moment = moment.replace(tzinfo=local)
    return moment.astimezone(UTC), str(written_zone or zone)


def _attendees(event: Event, resource: Resource) -> tuple[Attendee, ...]:
    listed = resource.get("attendees")
    before = {each.email: each for each in event.attendees}
    result: dict[str, Attendee] = {}
    for each in listed if isinstance(listed, list) else []:
        entry = _object(each)
        email = str(entry.get("email", "")).lower()
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
            raise GoogleError("invalid", "Invalid attendee email.", "attendees")
        response, known = _response(entry), before.get(email)
        # Nobody answers for somebody else: an answer he has not given himself becomes an open question.
        if email != event.organizer.email and (known is None or known.response != response):
            response = "needsAction"
        result[email] = Attendee(
            email=email,
            name=_text(entry, "displayName") or (known.name if known else ""),
            response=response,
            optional=entry.get("optional") is True,
            comment=_text(entry, "comment"),
            answered=known.answered if known and known.response == response else None,
        )
    return tuple(result.values())


def _response(entry: Resource) -> Response:
    response = entry.get("responseStatus") or "needsAction"
    if response not in RESPONSES:
        raise GoogleError("invalid", "Invalid attendee response status.", "attendees")
    return cast(Response, response)


def _shows(event: Event, resource: Resource) -> Shows:
    """Free or not is all that Google knows; another suite's finer word stays as long as it agrees."""
    free = resource.get("transparency") == "transparent"
    if free == (event.shows in ("free", "elsewhere")):
        return event.shows
    return "free" if free else "busy"


def _properties(extended: Resource, which: str) -> dict[str, str]:
    """Keys over 44 characters are dropped and values cut at 1024, without a word, as Google does."""
    pairs = _object(extended.get(which))
    return {key: str(value)[:1024] for key, value in pairs.items() if len(key) <= 44 and value is not None}


def _object(value: Json) -> Resource:
    return value if isinstance(value, dict) else {}


def _text(resource: Resource, name: str) -> str:
    value = resource.get(name)
    return value if isinstance(value, str) else ""
