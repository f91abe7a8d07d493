"""Everything that can go wrong, in two families: a person can act, or the outside failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .availability.bookable import Obstacle
from .integration import Trouble
from .interval import Interval
from .people import MatchId, UserId
from .session import SessionUid


class CalendarError(Exception):
    """Root of all of them. Never shown as it is: the conversation has words for each.

    Those with fields are dataclasses that are not frozen: Python writes the traceback into what it raises.
    """


class Refusal(CalendarError):
    """Somebody can do something about it; nothing was changed. `gave_up` is the session whose booking ended so."""

    gave_up: SessionUid | None = None


@dataclass(eq=False)
class UnknownPerson(Refusal):
    """The chat account belongs to nobody in a programme."""


@dataclass(eq=False)
class NotMatched(Refusal):
    """One answer for strangers: unknown, unmatched, left, former match alike. `typed` is echoed, never looked up."""

    typed: str


@dataclass(eq=False)
class NoMatches(Refusal):
    """The asker has no match at all."""


@dataclass(eq=False)
class WhichMatch(Refusal):
    """Several fit; the asker must say which."""

    matches: tuple[MatchId, ...]


@dataclass(eq=False)
class MatchNotOpenYet(Refusal):
    """Both must have been told of the match first (decision 13)."""

    partner_name: str
    opens_at: datetime


@dataclass(eq=False)
class NotIntegrated(Refusal):
    """No calendar to ask for that person."""

    user: UserId
    trouble: Trouble


@dataclass(eq=False)
class SlotTaken(Refusal):
    """It was free when listed. `nearest` still fit both."""

    when: Interval
    nearest: tuple[Interval, ...] = ()


@dataclass(eq=False)
class NotBookable(Refusal):
    """The one deciding function said no."""

    when: Interval
    obstacle: Obstacle


@dataclass(eq=False)
class ApprovalNeeded(Refusal):
    """The programme wants the mentor to approve first: the press becomes a request."""

    match: MatchId
    when: Interval


@dataclass(eq=False)
class CalendarSilent(Refusal):
    """A calendar did not answer, so nobody knows whether its owner is free."""

    user: UserId


@dataclass(eq=False)
class CalendarRefused(Refusal):
    """The organizer's calendar took no event from us; nothing was booked. Somebody has to look at its connection."""

    user: UserId


@dataclass(eq=False)
class ProgrammeClosed(Refusal):
    """Outside the programme's dates."""

    programme_name: str
    ended: date | None
    starts: date | None
    contact: str | None


@dataclass(eq=False)
class Paused(Refusal):
    """The asker takes no sessions until a date. (A partner's pause only shows as not free.)"""

    until: date


@dataclass(eq=False)
class NotAllowed(Refusal):
    """That needs a role the asker lacks; says nothing about what it would have shown."""

    role: str
    contact: str | None


@dataclass(eq=False)
class GroupsOnly(Refusal):
    """Admins of that organisation are told of groups, and of nobody by name (decision 22)."""


@dataclass(eq=False)
class TooManyLookups(Refusal):
    """The day's look-ups of this pair are used up (decision 14)."""

    limit: int


@dataclass(eq=False)
class TooManyRequests(Refusal):
    """Unmatched requests are limited to a few a week (decision 11)."""

    limit: int


@dataclass(eq=False)
class RequestClosed(Refusal):
    """The request was answered, withdrawn or replaced meanwhile."""


@dataclass(eq=False)
class OpenRequestExists(Refusal):
    """One open request a pair."""

    partner_name: str


@dataclass(eq=False)
class OldButton(Refusal):
    """A press or number that leads nowhere any more, or never did."""


@dataclass(eq=False)
class NoLink(Refusal):
    """What was given is no link that a session could be held at."""


@dataclass(eq=False)
class LinkStands(Refusal):
    """The session has a link that its calendar made: a working one is never replaced."""


@dataclass(eq=False)
class SessionGone(Refusal):
    """No such session among the asker's own."""

    uid: SessionUid | None = None


@dataclass(eq=False)
class SessionIsFrozen(Refusal):
    """Its organisation allows free/busy only, and its event is in a calendar: it can be changed there alone."""

    uid: SessionUid


class ProviderError(CalendarError):
    """The outside failed."""


class ConsentRevoked(ProviderError):
    """Access was withdrawn or never covered this person: somebody must connect again. Carries why, for the admin."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class DomainRefused(ConsentRevoked):
    """The domain, or the installation as a whole, is let in no longer: nobody's own connection is to blame for it."""


class ProviderUnavailable(ProviderError):
    """No usable answer; the same call may be tried again, not before `retry_after`. It may have been done."""

    def __init__(self, what: str, retry_after: timedelta | None = None) -> None:
        super().__init__(what)
        self.retry_after = retry_after


class NotTaken(ProviderUnavailable):
    """The mail server said no for now: it was certainly not done."""


class ProviderRejected(ProviderError):
    """Answered and refused: never try the same again. `code` is the provider's own word for it, for the log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class EventGone(ProviderRejected):
    """The event is not there any more."""


class KeyTaken(ProviderRejected):
    """The key names an event that was deleted: only a new attempt can be created."""


class TooSlow(ProviderError):
    """People were not answered in the time they wait. What was asked may or may not have been done, or still be."""


class StoreUnavailable(ProviderError):
    """Our own database did not answer. What was asked of it may or may not have been done; try again."""
