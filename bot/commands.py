"""Everything a person may ask. Typed words and pressed buttons become the same command (docs/architecture.md, rule 3).

A command carries ids, times and numbers, and grants nothing: the core checks again who asks and what still holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calendar_core.happening import RequestId
from calendar_core.integration import Suite
from calendar_core.interval import Interval
from calendar_core.people import MatchId, ProgrammeId, Role, UserId
from calendar_core.session import SessionUid

from .ending_commands import EndingCommand
from .own_commands import OwnCommand

# --- looking for times -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSlots:
    """Times for a session. Typed words name a `partner` or the partner's `role`; buttons carry the `match`.

    The other fields mean what they mean in `calendar_core.scheduling.outcomes.Wish`.
    """

    match: MatchId | None = None
    partner: str | None = None
    role: Role | None = None
    minutes: int | None = None
    windows: tuple[Interval, ...] = ()
    exact: bool = False
    days_ahead: int | None = None
    earlier: int = 0
    later: int = 0
    included: tuple[date, ...] = ()
    skip: int = 0


@dataclass(frozen=True, slots=True)
class AskBack:
    """A wish of which something was not understood: what was read, the words it is about, the kind of doubt (a
    `bot.when` Doubt, or empty where the words were not understood at all), and what might be meant."""

    find: FindSlots
    about: str
    doubt: str = ""
    readings: tuple[FindSlots, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowMore:
    """[More] below a list: other times, other lengths, and why these."""

    find: FindSlots


@dataclass(frozen=True, slots=True)
class WhyThese:
    """Why these times and not others."""

    find: FindSlots


@dataclass(frozen=True, slots=True)
class WhyNone:
    """Why nothing fits: counts, and what would help."""

    find: FindSlots


@dataclass(frozen=True, slots=True)
class ShowCalendars:
    """[See both calendars] of the match that `find` names: `days` from `day` on (the asker's; None is today)."""

    find: FindSlots
    day: date | None = None
    days: int = 1


@dataclass(frozen=True, slots=True)
class ChooseDay:
    """Every time of one day (the asker's; None is the first that has any), for a wish without windows."""

    find: FindSlots
    day: date | None = None


# --- booking and answering -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BookSession:
    """Book this time with this match."""

    match: MatchId
    when: Interval


@dataclass(frozen=True, slots=True)
class LooksGood:
    """Accept a session the other one booked."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class CannotMakeIt:
    """Decline a session; it is not cancelled by that."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class AddLink:
    """[Add a link] to a session, or a typed link for one: the `number`-th of those without, the only one where 0."""

    session: SessionUid | None = None
    url: str = ""
    number: int = 0


# --- requests --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskPartner:
    """[Ask Sam]: let the partner choose, among `times` if some were chosen already."""

    find: FindSlots
    times: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowOwnTimes:
    """[Show my free times]: own times, of which up to three are `chosen` to be sent to the partner."""

    find: FindSlots
    chosen: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class PickTime:
    """Take one of the times a request offers."""

    request: RequestId
    when: Interval


@dataclass(frozen=True, slots=True)
class OfferTimes:
    """[Offer other times]: times to offer instead, of which up to three are `chosen`."""

    request: RequestId
    chosen: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class SendOffer:
    """Send the chosen times back."""

    request: RequestId
    times: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class DeclineRequest:
    """[Not now]."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class NoMoreFrom:
    """[No more from this person], unseen by the sender."""

    request: RequestId


@dataclass(frozen=True, slots=True)
class PlainTimes:
    """Times made from programme hours alone, of which up to three are `chosen`. Between strangers `partner` is
    the text that was typed, carried along and never looked up before it is sent (decision 12)."""

    match: MatchId | None = None
    partner: str = ""
    chosen: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class SendPlainRequest:
    """Pass plain times on to whoever was typed, if that person is in the programme."""

    partner: str
    times: tuple[Interval, ...]


# --- looking things up -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowSessions:
    """Own sessions, planned or past."""

    past: bool = False


@dataclass(frozen=True, slots=True)
class ShowReceipts:
    """Who was shown the asker's times (decision 9)."""


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """The asker's own calendar connection, and what is next."""


@dataclass(frozen=True, slots=True)
class WhoHasntIntegrated:
    """An admin's question; `skip` people were shown already."""

    programme: ProgrammeId | None = None
    skip: int = 0


# --- how connections stand -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowHealth:
    """An admin's: how calendars are reached, and what waits."""


@dataclass(frozen=True, slots=True)
class HowToRenew:
    """[How to renew] a secret or certificate that ends."""


@dataclass(frozen=True, slots=True)
class StatusOf:
    """An admin's: one person's connection, by the name that was typed."""

    name: str


@dataclass(frozen=True, slots=True)
class ShowPerson:
    """The same, of somebody who was chosen among several."""

    user: UserId


@dataclass(frozen=True, slots=True)
class CheckCalendar:
    """[Check now]: whether that person's calendar answers."""

    user: UserId


@dataclass(frozen=True, slots=True)
class RemindTomorrow:
    """[Tomorrow] on the notice that one's connection broke."""


@dataclass(frozen=True, slots=True)
class StopAsking:
    """[Stop asking] on the same."""


# --- help ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Help:
    """What can be said; `about` narrows it to one word."""

    about: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a person can ask."""

    programme: ProgrammeId | None = None


@dataclass(frozen=True, slots=True)
class NotThisMatch:
    """[Not this one] on the notice of a new match."""

    match: MatchId


# --- connecting one's own calendar -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Connect:
    """Connect one's own calendar, of that suite if one was named; `again` also where one is connected already."""

    suite: Suite | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Let go of one's own calendar; asks before it does."""

    sure: bool = False


@dataclass(frozen=True, slots=True)
class AskForApproval:
    """[Ask Priya]: an administrator of the person's mail must approve first."""

    suite: Suite


@dataclass(frozen=True, slots=True)
class ShowApprovalText:
    """[Copy text for IT]."""

    suite: Suite


# --- what words alone can mean ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberTyped:
    """An answer to the newest numbered list."""

    number: int


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """Six digits, as a browser shows them."""

    code: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """None of the words led anywhere; `text` is echoed."""

    text: str


Command = (
    FindSlots
    | AskBack
    | ShowMore
    | WhyThese
    | WhyNone
    | ShowCalendars
    | ChooseDay
    | BookSession
    | LooksGood
    | CannotMakeIt
    | AskPartner
    | ShowOwnTimes
    | PickTime
    | OfferTimes
    | SendOffer
    | DeclineRequest
    | NoMoreFrom
    | PlainTimes
    | SendPlainRequest
    | ShowSessions
    | ShowReceipts
    | ShowStatus
    | WhoHasntIntegrated
    | ShowHealth
    | HowToRenew
    | StatusOf
    | ShowPerson
    | CheckCalendar
    | RemindTomorrow
    | StopAsking
    | Help
    | Contact
    | NotThisMatch
    | AddLink
    | NumberTyped
    | NotUnderstood
    | Connect
    | Disconnect
    | AskForApproval
    | ShowApprovalText
    | CodeTyped
    | EndingCommand
    | OwnCommand
)
