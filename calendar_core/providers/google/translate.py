"""Google's JSON to and from our values. Only what is named here is asked for, and only that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from html import escape
from typing import TypedDict, cast
from zoneinfo import ZoneInfo

from calendar_core.errors import ConsentRevoked, ProviderRejected, ProviderUnavailable
from calendar_core.event import Event, EventDraft
from calendar_core.integration import Suite, Trouble
from calendar_core.interval import Interval, merge
from calendar_core.participation import Participation
from calendar_core.session import Conference

# Partial responses (`fields=`): titles, descriptions and other people's names never reach this process.
FREE_BUSY_FIELDS = "calendars,groups"
EVENT_FIELDS = (
    "id,iCalUID,status,etag,updated,start,end,transparency,organizer(email),attendees(email,responseStatus),"
    "hangoutLink,conferenceData(createRequest/status,entryPoints(entryPointType,uri)),extendedProperties/private"
)
INVITATION_FIELDS = "items(id,status,etag,attendees(email,self,responseStatus,optional,comment))"

SESSION_PROPERTY = "pairtimeSession"
ATTENDEE_PROPERTY = "pairtimeAttendee"

RESPONSE = {
    Participation.NEEDS_ACTION: "needsAction",
    Participation.ACCEPTED: "accepted",
    Participation.DECLINED: "declined",
    Participation.TENTATIVE: "tentative",
}
ANSWER = {response: answer for answer, response in RESPONSE.items()}


class _Attendee(TypedDict):
    email: str
    responseStatus: str


class _Moment(TypedDict, total=False):
    dateTime: str
    date: str


class _EntryPoint(TypedDict, total=False):
    entryPointType: str
    uri: str


class _CreateRequest(TypedDict, total=False):
    status: Mapping[str, str]


class _ConferenceData(TypedDict, total=False):
    createRequest: _CreateRequest
    entryPoints: list[_EntryPoint]


class GoogleEvent(TypedDict, total=False):
    """What EVENT_FIELDS asks for. A deleted event may have kept nothing but id and status."""

    id: str
    iCalUID: str
    status: str
    etag: str
    updated: str
    start: _Moment
    end: _Moment
    transparency: str
    organizer: Mapping[str, str]
    attendees: list[_Attendee]
    hangoutLink: str
    conferenceData: _ConferenceData
    extendedProperties: Mapping[str, Mapping[str, str]]


# --- free/busy ----------------------------------------------------------------------------------------------------


def free_busy_query(calendars: Iterable[str], window: Interval) -> dict[str, object]:
    """The body of freebusy.query for these calendars."""
    return {
        "timeMin": window.start.isoformat(),
        "timeMax": window.end.isoformat(),
        "timeZone": "UTC",
        "items": [{"id": calendar} for calendar in calendars],
    }


def busy_times(answer: Mapping[str, object], calendar: str, window: Interval) -> tuple[Interval, ...]:
    """Raises if the calendar is missing from the answer or has errors in it: that comes inside an HTTP 200, and
    means unknown, never free. KeyError, TypeError, ValueError, AttributeError: the answer makes no sense."""
    if calendar in cast("Mapping[str, object]", answer.get("groups", {})):
        raise ConsentRevoked(Trouble.NOT_A_PERSON)
    entry = cast("Mapping[str, Mapping[str, list[Mapping[str, str]]]]", answer["calendars"])[calendar]
    reasons = [error.get("reason", "") for error in entry.get("errors", [])]
    if "notFound" in reasons:
        raise ConsentRevoked(Trouble.NO_MAILBOX)
    if reasons:
        raise ProviderUnavailable("freebusy.query: the calendar could not be read")
    busy = (_between(each["start"], each["end"]) for each in entry["busy"])
    return merge(inside for each in busy if each and (inside := each.clipped(window)))


def _between(start: str, end: str) -> Interval | None:
    first, last = _instant(start), _instant(end)
    return Interval.between(first, last) if first < last else None


# --- events ---------------------------------------------------------------------------------------------------------


def new_event(draft: EventDraft) -> dict[str, object]:
    """The body of events.insert. The id makes it once: with it no iCalUID can be given, so Google makes that."""
    body: dict[str, object] = {
        "id": draft.key,
        "summary": draft.title,
        **times(draft.when, draft.zone),
        "attendees": []
        if draft.alone
        else [
            {
                "email": draft.attendee.email,
                "displayName": draft.attendee.name,
                # Anything else may be reset, and the event hidden, by the attendee's own settings.
                "responseStatus": RESPONSE[Participation.NEEDS_ACTION],
            }
        ],
        "guestsCanInviteOthers": False,
        "guestsCanModify": False,
        "transparency": "opaque",
        "extendedProperties": {
            "private": {SESSION_PROPERTY: draft.uid, ATTENDEE_PROPERTY: draft.attendee.email.lower()}
        },
    }
    if draft.private:
        body["visibility"] = "private"
    if draft.about:
        body["description"] = escape(draft.about, quote=False)  # Google reads it as HTML
    return body | new_conference(draft.key) if draft.conference else body


def new_conference(key: str) -> dict[str, object]:
    """Asks for a Meet link; Google ignores a request id it has seen."""
    return {
        "conferenceData": {
            "createRequest": {"requestId": key, "conferenceSolutionKey": {"type": "hangoutsMeet"}},
        }
    }


def times(when: Interval, zone: str) -> dict[str, object]:
    """Start and end by the organizer's wall clock, with the offset (an hour that comes twice) and the zone."""
    here = ZoneInfo(zone)
    return {
        "start": {"dateTime": when.start.astimezone(here).isoformat(), "timeZone": zone},
        "end": {"dateTime": when.end.astimezone(here).isoformat(), "timeZone": zone},
    }


def is_for_session(found: GoogleEvent, uid: str) -> bool:
    """We made it, and for this session."""
    return _properties(found).get(SESSION_PROPERTY) == uid


def is_cancelled(found: GoogleEvent) -> bool:
    """Deleted, by whomever."""
    return found.get("status") == "cancelled"


def event_of(found: GoogleEvent) -> Event:
    """Raises ProviderRejected for a deleted one of which only the id is left (KeyError and the like: see above).

    Of the attendees only the one we invited is kept.
    """
    cancelled = is_cancelled(found)
    if cancelled and "start" not in found:
        raise ProviderRejected("deleted")
    conference = _conference(found)
    invited = _properties(found).get(ATTENDEE_PROPERTY)
    return Event(
        id=found["id"],
        uid=found["iCalUID"],
        etag=found.get("etag"),
        when=Interval.between(_moment(found["start"]), _moment(found["end"])),
        cancelled=cancelled,
        busy=not cancelled and found.get("transparency") != "transparent",
        organizer_email=found["organizer"]["email"],
        answers=tuple(
            (attendee["email"].lower(), ANSWER[attendee["responseStatus"]])
            for attendee in found.get("attendees", [])
            if attendee["email"].lower() == invited
        ),
        conference=conference,
        conference_pending=conference is None and _conference_status(found) == "pending",
        updated=_instant(found["updated"]) if "updated" in found else None,
    )


def _properties(found: GoogleEvent) -> Mapping[str, str]:
    return found.get("extendedProperties", {}).get("private", {})


def _conference(found: GoogleEvent) -> Conference | None:
    points = found.get("conferenceData", {}).get("entryPoints", [])
    video = next((point.get("uri", "") for point in points if point.get("entryPointType") == "video"), "")
    link = found.get("hangoutLink", "") or video
    return Conference(Suite.GOOGLE, link) if link.startswith("https://") else None


def _conference_status(found: GoogleEvent) -> str | None:
    return found.get("conferenceData", {}).get("createRequest", {}).get("status", {}).get("statusCode")


def _moment(moment: _Moment) -> datetime:
    """An owner may have made it an all-day event: its days are floating, and UTC's are as good as any to see
    that it moved."""
    if "dateTime" in moment:
        return _instant(moment["dateTime"])
    day = date.fromisoformat(moment["date"])
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return moment


# --- an attendee's own copy ---------------------------------------------------------------------------------------


class Invitation(TypedDict, total=False):
    """What INVITATION_FIELDS asks for: with maxAttendees=1 Google shows of several attendees only the caller."""

    id: str
    etag: str
    status: str
    attendees: list[dict[str, object]]


def standing_invitation(answer: Mapping[str, object]) -> Invitation | None:
    """The caller's copy among the answer to a search by iCalUID, unless it is gone or they are not asked."""
    for item in cast("list[Invitation]", answer.get("items", [])):
        if item.get("status") != "cancelled" and _own(item) is not None:
            return item
    return None


def says(invitation: Invitation, answer: Participation) -> bool:
    """The caller has answered so already."""
    own = _own(invitation)
    return own is not None and own.get("responseStatus") == RESPONSE[answer]


def answered(invitation: Invitation, answer: Participation) -> dict[str, object]:
    """The body of the patch: attendeesOmitted says that the caller's answer is all that changes."""
    own = _own(invitation) or {}
    return {"attendeesOmitted": True, "attendees": [own | {"responseStatus": RESPONSE[answer]}]}


def _own(invitation: Invitation) -> dict[str, object] | None:
    return next((each for each in invitation.get("attendees", []) if each.get("self") is True), None)
