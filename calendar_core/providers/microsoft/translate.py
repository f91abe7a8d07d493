"""Graph's events to and from our values. Only what is named here is kept; titles and places are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypedDict, cast

from calendar_core.event import Event, EventDraft
from calendar_core.integration import Suite
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.session import Conference

from .busy_times import FREE
from .moments import Moment, instant_of, moments

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

ACTION = {
    Participation.ACCEPTED: "accept",
    Participation.DECLINED: "decline",
    Participation.TENTATIVE: "tentativelyAccept",
}
ANSWER = {
    "accepted": Participation.ACCEPTED,
    "declined": Participation.DECLINED,
    "tentativelyaccepted": Participation.TENTATIVE,
}


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


def new_event(draft: EventDraft) -> dict[str, object]:
    """The body of POST events. The transaction id makes it once."""
    body: dict[str, object] = {
        "subject": draft.title,
        **moments(draft.when, draft.zone),
        "attendees": []
        if draft.alone
        else [
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
    if draft.private:
        body["sensitivity"] = "private"
    if draft.about:  # with the creation alone: a body sent later would destroy the Teams link that Outlook adds to it
        body["body"] = {"contentType": "text", "content": draft.about}
    return body | new_conference() if draft.conference else body


def new_conference() -> dict[str, object]:
    """Asks for a Teams link. Without a licence it is passed over in silence."""
    return {"isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}


def made_under(key: str) -> str:
    """A $filter for the event of this key (hex digits)."""
    return f"singleValueExtendedProperties/Any(ep: ep/id eq '{KEY_PROPERTY}' and ep/value eq '{key}')"


def carrying(uid: str) -> str:
    """A $filter for the copy of an event with this iCalendar UID."""
    quoted = uid.replace("'", "''")
    return f"iCalUId eq '{quoted}'"


def event_of(found: GraphEvent, invited: str | None = None) -> Event:
    """Of the attendees only the one we invited is kept; `invited` says whom where the answer itself does not. Raises
    KeyError, TypeError, ValueError, AttributeError for what makes no sense."""
    cancelled = found["isCancelled"]
    conference = _conference(found.get("onlineMeeting"))
    invited = invited_to(found) if invited is None else invited.lower()
    return Event(
        id=found["id"],
        uid=found["iCalUId"],
        etag=found.get("@odata.etag"),
        when=Interval.between(instant_of(found["start"]), instant_of(found["end"])),
        cancelled=cancelled,
        busy=not cancelled and found["showAs"].lower() not in FREE,
        organizer_email=found["organizer"]["emailAddress"]["address"],
        answers=tuple(
            (address, ANSWER.get(each["status"]["response"].lower(), Participation.NEEDS_ACTION))
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
    return next((each["value"] for each in properties if each["id"].lower() == INVITED_PROPERTY.lower()), None)


def standing_invitation(entries: Iterable[object]) -> Invitation | None:
    """The one that is still to be answered, or was; not one's own event, and not one that was called off."""
    found = cast("Iterable[Invitation]", entries)
    return next((each for each in found if not each["isCancelled"] and not each["isOrganizer"]), None)


def says(invitation: Invitation, answer: Participation) -> bool:
    """It has been answered so already."""
    return ANSWER.get(invitation["responseStatus"]["response"].lower()) is answer


def _conference(online: Mapping[str, str] | None) -> Conference | None:
    link = (online or {}).get("joinUrl") or ""
    return Conference(Suite.MICROSOFT, link) if link.startswith("https://") else None


def _updated(stamp: str | None) -> datetime | None:
    """The year 1 means never."""
    moment = datetime.fromisoformat(stamp) if stamp else None
    return moment if moment is not None and moment.year > 1 else None
