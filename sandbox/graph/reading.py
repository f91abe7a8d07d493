"""What callers send about an event, as a change of the world's: zones, all-day rules, people, the Teams blob."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypedDict, cast  # bodies arrive checked against sandbox.rules.graph

from sandbox.graph.errors import GraphError
from sandbox.graph.preferences import unsupported
from sandbox.graph.showing import KEPT_AS_SENT, teams_blob
from sandbox.rules import graph as rules
from sandbox.rules.graph_zones import zone_named
from sandbox.world import AllDay, Attendee, Event, Json, Response, Shows, Timed, When

SHOWS: Mapping[str, Shows] = {
    "free": "free",
    "tentative": "tentative",
    "busy": "busy",
    "oof": "oof",
    "workingElsewhere": "elsewhere",
}


class Moment(TypedDict):
    """rules.graph.MOMENT"""

    dateTime: str
    timeZone: str


def instant(moment: Moment) -> datetime:
    """The UTC instant of a wall time and a zone name. Raises GraphError."""
    return _wall(moment, windows_only=False).astimezone(UTC)


def changed(event: Event, sent: Mapping[str, Json]) -> Event:
    """The event with what was sent; everything about its conference but the loss of it is left to the caller."""
    body = cast("dict[str, Any]", sent)
    event = replace(event, when=_when(event.when, body))
    if "subject" in body:
        event = replace(event, title=body["subject"])
    if "location" in body:
        event = replace(event, location=body["location"].get("displayName", ""))
    if "showAs" in body:
        event = replace(event, shows=SHOWS[body["showAs"]])
    if "sensitivity" in body:
        event = replace(event, private=body["sensitivity"] in ("private", "confidential"))
    if "attendees" in body:
        event = replace(event, attendees=_attendees(event, body["attendees"]))
    if "body" in body:
        event = _with_body(event, body["body"])
    properties = {each["id"]: each["value"] for each in body.get("singleValueExtendedProperties", [])}
    extra = {name: body[name] for name in (*KEPT_AS_SENT, "sensitivity") if name in body}
    return replace(
        event,
        private_properties={**event.private_properties, **properties},
        extra={**event.extra, **extra},
    )


def _with_body(event: Event, sent: Mapping[str, str]) -> Event:
    """A new body without the Teams blob in it takes the conference away."""
    content, conference = sent.get("content", ""), event.conference
    if conference is not None and conference.kind == "Teams":
        blob = teams_blob(conference.url)
        if blob in content:
            content = content.replace(blob, "")
        else:
            conference = None
    content = content.removeprefix("<html><body>").removesuffix("</body></html>")
    is_html = sent.get("contentType", "text") == "html"
    return replace(event, body=content, body_is_html=is_html, conference=conference)


def _when(now: When, sent: Mapping[str, Any]) -> When:
    if not {"start", "end", "isAllDay"} & sent.keys():
        return now
    if not {"start", "end"} <= sent.keys():
        raise _invalid("Send start and end together.")
    start, end = cast("Moment", sent["start"]), cast("Moment", sent["end"])
    if sent.get("isAllDay", isinstance(now, AllDay)):
        return _days(start, end)
    begins, ends = instant(start), instant(end)
    if ends < begins:
        raise _invalid("The event's end lies before its start.")
    return Timed(begins, ends, _iana(start["timeZone"]), _iana(end["timeZone"]))


def _days(start: Moment, end: Moment) -> AllDay:
    first, last = _wall(start, windows_only=True), _wall(end, windows_only=True)
    if first.time() != datetime.min.time() or last.time() != datetime.min.time():
        raise _invalid("The Event.Start property for an all-day event needs to be set to midnight.")
    if last.replace(tzinfo=None) - first.replace(tzinfo=None) < rules.ALL_DAY_AT_LEAST:
        raise _invalid("The duration of an event marked as All day must be at least 24 hours.")
    return AllDay(first.date(), last.date())


def _wall(moment: Moment, *, windows_only: bool) -> datetime:
    zone = zone_named(moment["timeZone"], windows_only=windows_only)
    if zone is None:
        raise unsupported(moment["timeZone"])
    try:
        local = datetime.fromisoformat(moment["dateTime"])
    except ValueError:
        raise _invalid(f"'{moment['dateTime']}' is no date and time.") from None
    if local.tzinfo is not None:
        raise _invalid("dateTime is a wall time; its zone belongs into timeZone.")
    return local.replace(tzinfo=zone)


def _iana(name: str) -> str:
    zone = zone_named(name)
    return zone.key if zone is not None else "UTC"


def _attendees(event: Event, sent: list[dict[str, Any]]) -> tuple[Attendee, ...]:
    """Answers are each attendee's own: a status that is sent along is passed over."""
    before = {each.email: each for each in event.attendees}
    people: dict[str, Attendee] = {}
    for each in sent:
        address = each["emailAddress"]["address"].lower()
        if address == event.organizer.email:
            continue
        known = before.get(address)
        response: Response = "needsAction" if known is None else known.response
        people[address] = Attendee(
            address,
            each["emailAddress"].get("name", "") or (known.name if known else ""),
            response,
            optional=each.get("type", "required") == "optional",
            comment=known.comment if known else "",
            answered=known.answered if known else None,
        )
    return tuple(people.values())


def _invalid(sentence: str) -> GraphError:
    return GraphError(400, "ErrorPropertyValidationFailure", sentence)
