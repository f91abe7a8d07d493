"""Requests: up to three times one person offers and the other picks from."""

from __future__ import annotations

from dataclasses import dataclass, field

from calendar_core.interval import Interval
from calendar_core.people import MatchId
from calendar_core.request import RequestId

from .finding import FindSlots


@dataclass(frozen=True, slots=True)
class AskPartner:
    """[Ask Sam]: let the partner choose, among `times` if some were chosen already."""

    find: FindSlots
    times: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class AskAbout:
    """The same, and what it is to be about."""

    ask: AskPartner
    topic: str = field(repr=False)


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


RequestCommand = (
    AskPartner
    | AskAbout
    | ShowOwnTimes
    | PickTime
    | OfferTimes
    | SendOffer
    | DeclineRequest
    | NoMoreFrom
    | PlainTimes
    | SendPlainRequest
)
