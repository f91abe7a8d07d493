"""What people are to be told: stored with the decision that caused it; a job carries only its id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from .people import MatchId, UserId
from .session import SessionUid

HappeningId = NewType("HappeningId", int)
RequestId = NewType("RequestId", int)


@dataclass(frozen=True, slots=True)
class MatchMade:
    """Two people were matched; each can see when the other is free from now on."""

    match: MatchId


@dataclass(frozen=True, slots=True)
class SessionBooked:
    """The event stands in the organizer's calendar. Told to the partner; to the booker if no reply reached them."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class BookingFailed:
    """A held session was released; nothing was booked."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class LinkReady:
    """The late conference link has come."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class LinkMissing:
    """No link came after all tries; somebody has to send one."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class SessionDeclined:
    """`by` cannot make it; the session needs a new time."""

    session: SessionUid
    by: UserId


@dataclass(frozen=True, slots=True)
class RequestMade:
    """Somebody asks the other to choose among times."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class RequestAnswered:
    """The other side said not now, or agreed to plain times."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class SessionSoon:
    """A reminder. `minutes_before` as planned; one of an older sequence is not sent (invariant 10)."""

    session: SessionUid
    sequence: int
    minutes_before: int


@dataclass(frozen=True, slots=True)
class SessionFrozen:
    """The organisation allows free/busy only: what stands in the calendar can be changed there alone. `failed`: it was
    to be sent by mail instead, and could not be taken out of the calendar."""

    session: SessionUid
    failed: bool


@dataclass(frozen=True, slots=True)
class SessionThawed:
    """It can be changed from here again."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class SessionTransferred:
    """The same session, in another way: `by_mail`, or in the organizer's calendar again."""

    session: SessionUid
    by_mail: bool


@dataclass(frozen=True, slots=True)
class CounterRefused:
    """Somebody proposed another time by mail, which moves nothing. Told to that person alone."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class InvitationRefused:
    """The mail server will never take the invitation of that key for `to`, one of its people."""

    invitation: str
    to: UserId


Happening = (
    MatchMade
    | SessionBooked
    | BookingFailed
    | LinkReady
    | LinkMissing
    | SessionDeclined
    | RequestMade
    | RequestAnswered
    | SessionSoon
    | SessionFrozen
    | SessionThawed
    | SessionTransferred
    | CounterRefused
    | InvitationRefused
)
