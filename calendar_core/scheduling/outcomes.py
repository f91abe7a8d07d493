"""What scheduling is asked and what it answers: values only, dressed in words by the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from calendar_core.availability.explanation import Explanation
from calendar_core.availability.shared_view import SharedView
from calendar_core.errors import NotIntegrated
from calendar_core.integration import Integration, Suite, Trouble
from calendar_core.interval import Interval
from calendar_core.people import Match, User
from calendar_core.programme import Programme
from calendar_core.ranking import Ranked
from calendar_core.request import Basis, Request


class PairCase(StrEnum):
    """The rows of the matrix for matched pairs (docs/product.md section 1); strangers are refused before."""

    BOTH = "both connected"
    ONLY_ASKER = "only the asker connected"
    ONLY_PARTNER = "only the partner connected"
    NOBODY = "nobody connected"


@dataclass(frozen=True, slots=True)
class Pair:
    """A match as one of its two sees it."""

    match: Match
    programme: Programme
    asker: User
    partner: User
    asker_integration: Integration
    partner_integration: Integration

    @property
    def writer(self) -> Integration:
        """Whose calendar carries the event (decision 3): the asker's, if it can be written; else the partner's. Where
        neither can, the event is mailed on behalf of the asker, or of the partner where the asker has none at all.
        """
        asker, partner = self.asker_integration, self.partner_integration
        wanted = (asker.writable, partner.writable, asker.usable)
        return next((each for each, can in zip((asker, partner, asker), wanted, strict=True) if can), partner)

    @property
    def organizer(self) -> User:
        """The one whose calendar that is."""
        return self.asker if self.writer is self.asker_integration else self.partner

    @property
    def attendee(self) -> User:
        """The other one."""
        return self.partner if self.writer is self.asker_integration else self.asker

    def insist_on_both(self) -> None:
        """Raises NotIntegrated, naming the one without a calendar, unless both are connected."""
        for integration in (self.asker_integration, self.partner_integration):
            if integration.kind is None:
                raise NotIntegrated(integration.user, integration.trouble or Trouble.NEVER_CONNECTED)

    def other_way(self) -> Pair:
        """The same match as the partner sees it."""
        return replace(
            self,
            asker=self.partner,
            partner=self.asker,
            asker_integration=self.partner_integration,
            partner_integration=self.asker_integration,
        )

    @property
    def case(self) -> PairCase:
        """Which features apply. Not connected and connected-but-broken are told apart by the integrations."""
        return _CASES[self.asker_integration.kind is not None, self.partner_integration.kind is not None]

    def in_sight(self) -> Pair:
        """The same match with a connection that broke taken for none: so people can confirm to each other what no
        calendar tells, until it is repaired."""
        asker, partner = self.asker_integration, self.partner_integration
        return replace(
            self,
            asker_integration=asker if asker.usable else replace(asker, kind=None),
            partner_integration=partner if partner.usable else replace(partner, kind=None),
        )

    @property
    def suite(self) -> Suite | None:
        """Who makes the link: the organizer's suite (decision 4). None where the event is mailed, or nobody is
        connected."""
        return self.writer.suite if self.writer.writable else None


_CASES = {
    (True, True): PairCase.BOTH,
    (True, False): PairCase.ONLY_ASKER,
    (False, True): PairCase.ONLY_PARTNER,
    (False, False): PairCase.NOBODY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the asker would like. Nothing set: the programme's usual length, from now on, soonest first.

    `windows` bound whole sessions; where `exact`, each begins at the time asked for. `days_ahead` widens the
    first look; `earlier` and `later` stretch the asker's own days by so many minutes; `included` are own holidays to
    be used all the same; `skip` leaves out so many of the best, shown before; `besides` are times known already;
    `every`: all there are, in order, instead of a choice of `count`.
    """

    minutes: int | None = None
    windows: tuple[Interval, ...] = ()
    exact: bool = False
    days_ahead: int | None = None
    earlier: int = 0
    later: int = 0
    included: frozenset[date] = frozenset()
    skip: int = 0
    besides: tuple[Interval, ...] = ()
    count: int = 3
    every: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Times to choose from, or the reason why there are none.

    `ranked` holds the slots in order of time and says why these; `more` that there are others. `suite` is the
    organizer's, None if nobody can write. `holidays` are the asker's own that were left out of days asked for, or of
    all where nothing fits. `by_request`: a choice becomes a request, because the mentor approves first or because
    nobody can say who is free.
    """

    pair: Pair
    wish: Wish
    minutes: int
    window: Interval
    basis: Basis
    checked_at: datetime
    suite: Suite | None
    by_request: bool
    more: bool
    ranked: Ranked
    explanation: Explanation | None = None
    holidays: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarsSeen:
    """[See both calendars]: one view that text and picture are both made from."""

    pair: Pair
    view: SharedView
    minutes: int
    slots: tuple[Interval, ...]
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesToOffer:
    """What the one whose turn it is may offer instead: mutual times, own free times, or plain ones.

    `later` says that the programme's first look had no other time, so that all of it was looked at, to the horizon.
    """

    request: Request
    pair: Pair | None
    times: tuple[Interval, ...]
    basis: Basis
    later: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTimes:
    """Times from programme hours, the asker's zone and the clock alone: nobody's calendar, nobody's existence."""

    programme: Programme
    minutes: int
    times: tuple[Interval, ...]
