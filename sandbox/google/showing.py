"""A copy of an event as Google's Event resource."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from sandbox.world import AllDay, Attendee, Conference, Event, Json, Mailbox, When

TIMES_ONLY = ("kind", "etag", "id", "status", "start", "end", "transparency", "eventType")
"""What a token sees that may see availability and nothing else."""
ORGANIZERS_CHOICES = ("guestsCanModify", "guestsCanInviteOthers", "guestsCanSeeOtherGuests", "source")
OWN_CHOICES = ("reminders", "colorId", "visibility")


def event_resource(event: Event, owner: Mailbox, zone: str | None = None) -> dict[str, Json]:
    """The whole resource, its times in `zone` (the calendar's own where none is asked for)."""
    return {
        **_head(event),
        "htmlLink": f"https://www.google.com/calendar/event?eid={event.id}",
        **_content(event, owner, ZoneInfo(zone or owner.time_zone)),
        **{name: value for name, value in event.extra.items() if value is not None},
    }


def writable(event: Event, owner: Mailbox) -> dict[str, Json]:
    """The resource a patch is laid over: without what only Google writes."""
    return event_resource(replace(event, conference=None), owner)


def stub(event: Event) -> dict[str, Json]:
    """All that is promised of a deleted event in a list."""
    return _head(event)


def etag(event: Event) -> str:
    return f'"{3_500_000_000_000_000 + event.revision}"'


def calendar_etag(revision: int) -> str:
    return f'"p{revision:020d}"'


def stamp(moment: datetime) -> str:
    """A moment as Google writes it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """A moment in a zone, to the second, Z for UTC."""
    return moment.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "Z")


def _head(event: Event) -> dict[str, Json]:
    status = "cancelled" if event.deleted else event.status
    return {"kind": "calendar#event", "etag": etag(event), "id": event.id, "status": status}


def _content(event: Event, owner: Mailbox, zone: ZoneInfo) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "created": stamp(event.created),
        "updated": stamp(event.updated),
        "creator": _who(event.organizer.email, event.organizer.name, owner),
        "organizer": _who(event.organizer.email, event.organizer.name, owner),
        **_times(event.when, zone),
        "iCalUID": event.uid,
        "sequence": event.sequence,
        "reminders": {"useDefault": True},
        "eventType": "outOfOffice" if event.shows == "oof" else "default",
    }
    texts = {"summary": event.title, "description": _description(event), "location": event.location}
    shown |= {name: text for name, text in texts.items() if text}
    if event.shows in ("free", "elsewhere"):
        shown["transparency"] = "transparent"
    if event.private:
        shown["visibility"] = "private"
    if event.attendees:
        shown["attendees"] = [_attendee(each, event, owner) for each in event.attendees]
    properties: dict[str, Json] = {}
    for name, pairs in (("private", event.private_properties), ("shared", event.shared_properties)):
        if pairs:
            properties[name] = dict(pairs)
    if properties:
        shown["extendedProperties"] = properties
    if event.conference is not None and event.conference.kind == "Meet":
        shown |= _conference(event.conference)
    return shown


def _times(when: When, zone: ZoneInfo) -> dict[str, Json]:
    if isinstance(when, AllDay):
        return {"start": {"date": when.start.isoformat()}, "end": {"date": when.end.isoformat()}}
    return {
        "start": {"dateTime": clock_time(when.start, zone), "timeZone": when.start_zone},
        "end": {"dateTime": clock_time(when.end, zone), "timeZone": when.end_zone},
    }


def _description(event: Event) -> str:
    """Another suite's conference comes as a line of text, as in the invitation it was mailed with."""
    if event.conference is None or event.conference.kind == "Meet" or event.conference.state != "success":
        return event.body
    return f"{event.body}\nJoin: {event.conference.url}".lstrip("\n")


def _who(email: str, name: str, owner: Mailbox) -> dict[str, Json]:
    who: dict[str, Json] = {"email": email}
    if name:
        who["displayName"] = name
    if email == owner.address:
        who["self"] = True
    return who


def _attendee(attendee: Attendee, event: Event, owner: Mailbox) -> dict[str, Json]:
    shown = _who(attendee.email, attendee.name, owner)
    if attendee.email == event.organizer.email:
        shown["organizer"] = True
    if attendee.optional:
        shown["optional"] = True
    if attendee.comment:
        shown["comment"] = attendee.comment
    return {**shown, "responseStatus": attendee.response}


def _conference(conference: Conference) -> dict[str, Json]:
    data: dict[str, Json] = {
        "createRequest": {
            "requestId": conference.request_id,
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
            "status": {"statusCode": conference.state},
        }
    }
    if conference.state != "success":
        return {"conferenceData": data}
    code = conference.url.rpartition("/")[2]
    data["entryPoints"] = [
        {"entryPointType": "video", "uri": conference.url, "label": conference.url.removeprefix("https://")}
    ]
    data["conferenceSolution"] = {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"}
    data["conferenceId"] = code
    return {"conferenceData": data, "hangoutLink": conference.url}
