"""Graph's JSON to and from our values. Only what is named here is kept; titles and places are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TypedDict, cast
from zoneinfo import ZoneInfo

from calendar_core.errors import ConsentRevoked, ProviderUnavailable
from calendar_core.event import Answer, Event, EventDraft
from calendar_core.integration import Suite, Trouble
from calendar_core.interval import Interval
from calendar_core.session import Conference

from .zones import IANA, name_for, zone_named

# Named MAPI properties of our own: the key that makes an event once, and whom we invited.
OURS = "String {8f2f0a53-1d2c-4c39-9d5e-6b1e36c5d7a1} Name"
KEY_PROPERTY = f"{OURS} PairtimeKey"
INVITED_PROPERTY = f"{OURS} PairtimeInvited"

EVENT_FIELDS = (
    "id,iCalUId,start,end,isAllDay,isCancelled,showAs,organizer,attendees,isOnlineMeeting,onlineMeeting,"
    "lastModifiedDateTime"
)
INVITATION_FIELDS = "id,isCancelled,isOrganizer,responseStatus"
EXPAND_INVITED = f"singleValueExtendedProperties($filter=id eq '{INVITED_PROPERTY}')"

# What others may do at that time. Everything unheard of counts as busy.
FREE = frozenset({"free", "workingelsewhere"})
TENTATIVE = "tentative"
# responseCode of one schedule inside an HTTP 200: a number or a name
NOT_FOUND = frozenset({"5009", "ErrorMailRecipientNotFound"})
NO_ACCESS = frozenset({"5008", "ErrorNoFreeBusyAccess"})
TOO_MANY = frozenset({"5006", "ErrorResultSetTooBig"})

ACTION = {Answer.ACCEPTED: "accept", Answer.DECLINED: "decline", Answer.TENTATIVE: "tentativelyAccept"}
ANSWER = {
    "accepted": Answer.ACCEPTED,
    "declined": Answer.DECLINED,
    "tentativelyaccepted": Answer.TENTATIVE,
}


class Moment(TypedDict):
    """dateTimeTimeZone: a wall time, and the zone by name."""

    dateTime: str
    timeZone: str


class _Address(TypedDict):
    address: str


class _Person(TypedDict):
    emailAddress: _Address


class _Attendee(_Person):
    status: Mapping[str, str]


class _Property(TypedDict):
    id: str
    value: str


GraphEvent = TypedDict(
    "GraphEvent",
    {
        "@odata.etag": str,
        "id": str,
        "iCalUId": str,
        "start": Moment,
        "end": Moment,
        "isCancelled": bool,
        "showAs": str,
        "organizer": _Person,
        "attendees": list[_Attendee],
        "isOnlineMeeting": bool,
        "onlineMeeting": Mapping[str, str] | None,
        "lastModifiedDateTime": str,
        "singleValueExtendedProperties": list[_Property],
    },
    total=False,
)


class Invitation(TypedDict):
    """What INVITATION_FIELDS asks for."""

    id: str
    isCancelled: bool
    isOrganizer: bool
    responseStatus: Mapping[str, str]


class TooMuchAtOnce(ProviderUnavailable):
    """More entries than one answer holds: ask for less time."""


# --- free/busy ----------------------------------------------------------------------------------------------------


def schedule_query(address: str, window: Interval) -> dict[str, object]:
    """The body of getSchedule for one person; no interval: availabilityView is not looked at, and null is a 500."""
    return {"schedules": [address], "startTime": _utc(window.start), "endTime": _utc(window.end)}


def schedule_times(
    answer: Mapping[str, object], address: str, window: Interval
) -> tuple[list[Interval], list[Interval]]:
    """Busy and tentative times inside the window. Raises where the person's schedule is missing from the answer or an
    error in it: that comes inside an HTTP 200, and means unknown, never free. KeyError, TypeError, ValueError,
    AttributeError: the answer makes no sense."""
    schedules = cast("list[Mapping[str, object]]", answer["value"])
    schedule = next((each for each in schedules if str(each["scheduleId"]).lower() == address.lower()), None)
    if schedule is None:
        raise ProviderUnavailable("getSchedule: one schedule is missing")
    if (error := cast("Mapping[str, str] | None", schedule.get("error"))) is not None:
        raise _schedule_failure(error.get("responseCode"))
    busy: list[Interval] = []
    tentative: list[Interval] = []
    for item in cast("list[Mapping[str, object]]", schedule["scheduleItems"]):
        status = str(item.get("status")).lower()
        if status not in FREE:
            (tentative if status == TENTATIVE else busy).extend(_inside(item, window))
    return busy, tentative


def _schedule_failure(code: str | None) -> ConsentRevoked | ProviderUnavailable:
    if code in NOT_FOUND:
        return ConsentRevoked(Trouble.NO_MAILBOX)
    if code in NO_ACCESS:
        return ConsentRevoked(Trouble.NOT_COVERED)
    kind = TooMuchAtOnce if code in TOO_MANY else ProviderUnavailable
    return kind("getSchedule: the schedule could not be read")


def _inside(item: Mapping[str, object], window: Interval) -> Iterator[Interval]:
    start, end = _instant(cast("Moment", item["start"])), _instant(cast("Moment", item["end"]))
    inside = Interval.between(start, end).clipped(window) if start < end else None
    if inside is not None:
        yield inside


# --- events ---------------------------------------------------------------------------------------------------------


def new_event(draft: EventDraft) -> dict[str, object]:
    """The body of POST events. The transaction id makes it once."""
    body: dict[str, object] = {
        "subject": draft.title,
        **times(draft.when, draft.zone),
        "attendees": [
            {
                "emailAddress": {"address": draft.attendee.email, "name": draft.attendee.name},
                "type": "required",
            }
        ],
        "showAs": "busy",
        "allowNewTimeProposals": False,
        "transactionId": draft.key,
        "singleValueExtendedProperties": [
            {"id": KEY_PROPERTY, "value": draft.key},
            {"id": INVITED_PROPERTY, "value": draft.attendee.email.lower()},
        ],
    }
    return body | new_conference() if draft.conference else body


def new_conference() -> dict[str, object]:
    """Asks for a Teams link. Without a licence it is passed over in silence."""
    return {"isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}


def times(when: Interval, zone: str) -> dict[str, object]:
    """Start and end by the organizer's wall clock, under the zone name Outlook knows."""
    name = name_for(zone, when.start, when.end)
    here = ZoneInfo(IANA[name.lower()])
    return {
        "start": {"dateTime": _wall(when.start.astimezone(here)), "timeZone": name},
        "end": {"dateTime": _wall(when.end.astimezone(here)), "timeZone": name},
    }


def made_under(key: str) -> str:
    """A $filter for the event of this key (hex digits)."""
    return f"singleValueExtendedProperties/Any(ep: ep/id eq '{KEY_PROPERTY}' and ep/value eq '{key}')"


def carrying(uid: str) -> str:
    """A $filter for the copy of an event with this iCalendar UID."""
    quoted = uid.replace("'", "''")
    return f"iCalUId eq '{quoted}'"


def event_of(found: GraphEvent, invited: str | None = None) -> Event:
    """`invited` is whom we invited where the answer itself does not carry it (KeyError and the like: see above). Of the
    attendees only that one is kept."""
    cancelled = found["isCancelled"]
    conference = _conference(found.get("onlineMeeting"))
    invited = invited_to(found) if invited is None else invited.lower()
    return Event(
        id=found["id"],
        uid=found["iCalUId"],
        etag=found.get("@odata.etag"),
        when=Interval.between(_instant(found["start"]), _instant(found["end"])),
        cancelled=cancelled,
        busy=not cancelled and found["showAs"].lower() not in FREE,
        organizer_email=found["organizer"]["emailAddress"]["address"],
        answers=tuple(
            (address, ANSWER.get(each["status"]["response"].lower(), Answer.NEEDS_ACTION))
            for each in found["attendees"]
            if (address := each["emailAddress"]["address"].lower()) == invited
        ),
        conference=conference,
        conference_pending=conference is None and found["isOnlineMeeting"],
        updated=_updated(found.get("lastModifiedDateTime")),
    )


def invited_to(found: GraphEvent) -> str | None:
    """Whom we invited; None if the event is not ours."""
    properties = found.get("singleValueExtendedProperties", [])
    return next((each["value"] for each in properties if each["id"] == INVITED_PROPERTY), None)


def standing_invitation(entries: Iterable[object]) -> Invitation | None:
    """The one that is still to be answered, or was; not one's own event, and not one that was called off."""
    found = cast("Iterable[Invitation]", entries)
    return next((each for each in found if not each["isCancelled"] and not each["isOrganizer"]), None)


def says(invitation: Invitation, answer: Answer) -> bool:
    """It has been answered so already."""
    return ANSWER.get(invitation["responseStatus"]["response"].lower()) is answer


def _conference(online: Mapping[str, str] | None) -> Conference | None:
    link = (online or {}).get("joinUrl") or ""
    return Conference(Suite.MICROSOFT, link) if link.startswith("https://") else None


def _instant(moment: Moment) -> datetime:
    """We ask for UTC and are given it, but for what Outlook insists on."""
    local = datetime.fromisoformat(moment["dateTime"])
    return (local if local.tzinfo else local.replace(tzinfo=zone_named(moment["timeZone"]))).astimezone(UTC)


def _updated(stamp: str | None) -> datetime | None:
    """The year 1 means never."""
    moment = datetime.fromisoformat(stamp) if stamp else None
    return moment if moment is not None and moment.year > 1 else None


def _utc(instant: datetime) -> Moment:
    return {"dateTime": _wall(instant), "timeZone": "UTC"}


def _wall(local: datetime) -> str:
    return local.strftime("%Y-%m-%dT%H:%M:%S")
