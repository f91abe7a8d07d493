"""What people are to be told: stored with the decision that caused it; a job carries only its id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from .people import MatchId, OrganisationId, ProgrammeId, UserId
from .request import RequestId
from .session import SessionUid
from .step import StepUid

HappeningId = NewType("HappeningId", int)


@dataclass(frozen=True, slots=True)
class MatchMade:
    """Two people were matched; each can see when the other is free from now on."""

    match: MatchId


@dataclass(frozen=True, slots=True)
class SessionBooked:
    """The event stands in the organizer's calendar, or goes by mail. Told to the partner; to whoever pressed if no
    reply reached them."""

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
    """No link came in good time, and it is still tried. Told to both; one of them may have to send one."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class SessionDeclined:
    """`by` cannot make it; the session needs a new time."""

    session: SessionUid
    by: UserId


@dataclass(frozen=True, slots=True)
class SessionAccepted:
    """`by` can make it after all, having declined before."""

    session: SessionUid
    by: UserId


@dataclass(frozen=True, slots=True)
class SessionCancelled:
    """One of the two called it off, which took it to this sequence. Told to the other; to whoever cancelled if no reply
    reached them."""

    session: SessionUid
    sequence: int


@dataclass(frozen=True, slots=True)
class EventCleared:
    """A cancelled session's event has left the calendars, later than whoever cancelled was willing to wait."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class EventLeft:
    """A cancelled session's event could not be removed: its people have to delete it."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class MatchEnded:
    """Told to both: the match ended, its programme did, or their organisations parted. What becomes of their planned
    sessions is theirs to say.
    `soon`: one of these is within a day, so that nobody's working hours are waited for."""

    match: MatchId
    soon: bool


@dataclass(frozen=True, slots=True)
class PlanDecided:
    """The other one of an ended match decided what becomes of the planned sessions: `sessions` are those cancelled."""

    match: MatchId
    sessions: tuple[SessionUid, ...]


@dataclass(frozen=True, slots=True)
class PartnerLeft:
    """The other one of a match left the programme; `sessions` were cancelled by that."""

    match: MatchId
    sessions: tuple[SessionUid, ...]


@dataclass(frozen=True, slots=True)
class MembershipEnded:
    """Told to the leaver: no longer in the programme; `sessions` were cancelled by that."""

    programme: ProgrammeId
    sessions: tuple[SessionUid, ...]


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
class SessionOver:
    """It has ended: told to one of the two, who is asked whether it happened."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class StepShared:
    """The other one's next step is for both. Told to the one who did not write it."""

    step: StepUid


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


@dataclass(frozen=True, slots=True)
class CalendarConnected:
    """A person has connected their own calendar: told in the chat that asked, whose issuer is `asked_in`.
    `hours_read`: the working hours are the calendar's. `refused`: what was asked for beside, and was not allowed."""

    user: UserId
    asked_in: str
    hours_read: bool
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarCovered:
    """The consent of a person's organisation reaches their calendar now, and counts in place of their own, which was
    `suite`'s."""

    user: UserId
    suite: str


@dataclass(frozen=True, slots=True)
class ConsentNeedsAdmin:
    """A person may not consent alone: an administrator of their mail must approve first. Told where they asked."""

    user: UserId
    asked_in: str
    suite: str


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """`by` cannot connect their calendar before an administrator of their mail approves: told to an admin."""

    by: UserId
    suite: str


@dataclass(frozen=True, slots=True)
class CalendarBroke:
    """A person's own connection stopped working, and they can repair it. `number` counts what they are told of it."""

    user: UserId
    number: int


@dataclass(frozen=True, slots=True)
class CalendarWorks:
    """It works again. Told to whoever was told that it broke."""

    user: UserId


@dataclass(frozen=True, slots=True)
class CalendarsNeedIt:
    """So many calendars of an organisation broke that only IT can repair. Told to its admins, once a day at most."""

    organisation: OrganisationId
    count: int


@dataclass(frozen=True, slots=True)
class CalendarsRepaired:
    """The last of the calendars that admins were told of as IT's affair works again. Told to them once."""

    organisation: OrganisationId


@dataclass(frozen=True, slots=True)
class DomainBroke:
    """Nobody of a domain is let in any more: one alert for its admins. `kind` is an IntegrationKind's value."""

    organisation: OrganisationId
    kind: str
    domain: str


@dataclass(frozen=True, slots=True)
class DomainWorks:
    """A domain is let in again."""

    organisation: OrganisationId
    kind: str
    domain: str


@dataclass(frozen=True, slots=True)
class SecretEnds:
    """The secret or certificate by which an organisation's calendars are reached ends soon."""

    organisation: OrganisationId
    kind: str


@dataclass(frozen=True, slots=True)
class ZoneDiffers:
    """A person's chat has another zone than we go by: asked once for each (decision 16)."""

    user: UserId
    zone: str


HealthNews = (
    CalendarBroke | CalendarWorks | CalendarsNeedIt | CalendarsRepaired | DomainBroke | DomainWorks | SecretEnds
)

Happening = (
    MatchMade
    | SessionBooked
    | BookingFailed
    | LinkReady
    | LinkMissing
    | SessionDeclined
    | SessionAccepted
    | SessionCancelled
    | EventCleared
    | EventLeft
    | MatchEnded
    | PlanDecided
    | PartnerLeft
    | MembershipEnded
    | RequestMade
    | RequestAnswered
    | SessionSoon
    | SessionOver
    | StepShared
    | SessionFrozen
    | SessionThawed
    | SessionTransferred
    | CounterRefused
    | InvitationRefused
    | CalendarConnected
    | CalendarCovered
    | ConsentNeedsAdmin
    | ApprovalAsked
    | CalendarBroke
    | CalendarWorks
    | CalendarsNeedIt
    | CalendarsRepaired
    | DomainBroke
    | DomainWorks
    | SecretEnds
    | ZoneDiffers
)
