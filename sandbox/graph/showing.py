"""The world's events as Graph shows them."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from sandbox.graph.preferences import Preferences, wall
from sandbox.graph.querying import Options
from sandbox.rules.graph_zones import windows_name
from sandbox.world import AllDay, Attendee, Conference, Event, Json, Response, Shows, When

SHOW_AS: Mapping[Shows, str] = {
    "free": "free",
    "tentative": "tentative",
    "busy": "busy",
    "oof": "oof",
    "elsewhere": "workingElsewhere",
}
RESPONSE: Mapping[Response, str] = {
    "needsAction": "none",
    "accepted": "accepted",
    "tentative": "tentativelyAccepted",
    "declined": "declined",
}
NEVER = "0001-01-01T00:00:00Z"
TAG = re.compile(r"<[^>]*>")
# What Outlook keeps beside an event and its own clients never need to be told again.
KEPT_AS_SENT: Mapping[str, Json] = {
    "allowNewTimeProposals": True,
    "hideAttendees": False,
    "responseRequested": True,
    "isReminderOn": True,
    "reminderMinutesBeforeStart": 15,
    "importance": "normal",
    "categories": [],
}


def etag(event: Event) -> str:
    return f'W/"{_change_key(event)}"'


def event_json(event: Event, prefer: Preferences, asked: Options, *, bodies: bool) -> dict[str, Json]:
    """An event resource with the selected properties (id always); `bodies`: the token may read them."""
    id = prefer.id(event.id)
    own = event.response
    whole: dict[str, Json] = {
        "id": id,
        "createdDateTime": _stamp(event.created),
        "lastModifiedDateTime": _stamp(event.updated),
        "changeKey": _change_key(event),
        "transactionId": event.transaction_id or None,
        "iCalUId": event.uid,
        "subject": event.title,
        "isAllDay": isinstance(event.when, AllDay),
        "isCancelled": event.status == "cancelled",
        "isOrganizer": event.is_organizer_copy,
        "isDraft": False,
        "hasAttachments": False,
        "seriesMasterId": None,
        "recurrence": None,
        "type": "singleInstance",
        "showAs": SHOW_AS[event.availability],
        "sensitivity": event.extra.get("sensitivity") or ("private" if event.private else "normal"),
        "webLink": f"https://outlook.office365.com/owa/?itemid={quote(id, safe='')}&exvsurl=1&path=/calendar/item",
        "responseStatus": {
            "response": "organizer" if event.is_organizer_copy else _own_response(own),
            "time": next((_answered(each) for each in event.attendees if each.email == event.mailbox), NEVER),
        },
        **_times(event.when, prefer),
        **_place(event.location),
        "attendees": [_attendee(each) for each in event.attendees if each.email != event.organizer.email],
        "organizer": {"emailAddress": {"address": event.organizer.email, "name": event.organizer.name}},
        **_online(event.conference),
        **{name: event.extra.get(name, usual) for name, usual in KEPT_AS_SENT.items()},
    }
    if bodies:
        whole |= _body(event)
    shown = {name: value for name, value in whole.items() if asked.select is None or name in asked.select | {"id"}}
    if bodies and asked.expand is not None and asked.expand in event.private_properties:
        value = event.private_properties[asked.expand]
        shown["singleValueExtendedProperties"] = [{"id": asked.expand, "value": value}]
    return {"@odata.etag": etag(event), **shown}


def teams_blob(url: str) -> str:
    """What Outlook puts at the end of an online event's body, and finds its conference by."""
    return f'<div class="me-email-text"><a class="me-email-headline" href="{url}">Join the meeting now</a></div>'


def _online(conference: Conference | None) -> dict[str, Json]:
    teams = conference if conference is not None and conference.kind == "Teams" else None
    ready = teams is not None and teams.state == "success"
    return {
        "isOnlineMeeting": teams is not None,
        "onlineMeetingProvider": "unknown" if teams is None else "teamsForBusiness",
        "onlineMeetingUrl": None,
        "onlineMeeting": {"joinUrl": teams.url} if teams is not None and ready else None,
    }


def _body(event: Event) -> dict[str, Json]:
    conference = event.conference
    blob = ""
    if conference is not None and conference.kind == "Teams" and conference.state == "success":
        blob = teams_blob(conference.url)
    html = event.body_is_html or bool(blob)
    content = f"<html><body>{event.body}{blob}</body></html>" if html else event.body
    return {
        "body": {"contentType": "html" if html else "text", "content": content},
        "bodyPreview": TAG.sub("", content)[:255],
    }


def _times(when: When, prefer: Preferences) -> dict[str, Json]:
    if isinstance(when, AllDay):
        # Midnight to midnight whatever zone was asked for: the days are floating.
        days = [datetime.combine(day, datetime.min.time()) for day in (when.start, when.end)]
        return {
            "start": {"dateTime": wall(days[0]), "timeZone": "UTC"},
            "end": {"dateTime": wall(days[1]), "timeZone": "UTC"},
            "originalStartTimeZone": "UTC",
            "originalEndTimeZone": "UTC",
        }
    return {
        "start": prefer.moment(when.start),
        "end": prefer.moment(when.end),
        "originalStartTimeZone": windows_name(when.start_zone),
        "originalEndTimeZone": windows_name(when.end_zone),
    }


def _place(name: str) -> dict[str, Json]:
    place: dict[str, Json] = {"displayName": name, "locationType": "default"}
    return {"location": place, "locations": [place] if name else []}


def _attendee(attendee: Attendee) -> dict[str, Json]:
    return {
        "type": "optional" if attendee.optional else "required",
        "status": {"response": RESPONSE[attendee.response], "time": _answered(attendee)},
        "emailAddress": {"address": attendee.email, "name": attendee.name or attendee.email},
    }


def _own_response(own: Response | None) -> str:
    if own is None:
        return "none"
    return "notResponded" if own == "needsAction" else RESPONSE[own]


def _answered(attendee: Attendee) -> str:
    return NEVER if attendee.answered is None else _stamp(attendee.answered)


def _change_key(event: Event) -> str:
    return base64.b64encode(b"change" + event.revision.to_bytes(8, "big")).decode()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0Z")
