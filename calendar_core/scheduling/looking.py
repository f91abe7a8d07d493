"""Look-ups: times that fit both, times that fit the asker alone, plain times, and both calendars side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from calendar_core.availability.explanation import explain
from calendar_core.availability.shared_view import shared_view
from calendar_core.availability.working_hours import working_time
from calendar_core.ranking import Past, best

from calendar_core.availability.bookable import Question, Side, slots
from calendar_core.availability.free_busy import Unconnected
from calendar_core.errors import TooManyLookups
from calendar_core.integration import Integration
from calendar_core.interval import Interval
from calendar_core.people import MatchId, User
from calendar_core.ports import Clock, Receipt, Receipts, Sessions
from calendar_core.programme import Programme
from calendar_core.request import Basis
from calendar_core.scheduling.evidence import Evidence, Looked, look_ahead
from calendar_core.scheduling.outcomes import CalendarsSeen, Offer, Pair, PairCase, Wish
from calendar_core.scheduling.pairs import Pairs

SESSIONS_REMEMBERED = 6


@dataclass(frozen=True, slots=True)
class Looking:
    """Every look at somebody else's calendar leaves a receipt before its result is shown (decision 9)."""

    pairs: Pairs
    evidence: Evidence
    sessions: Sessions
    receipts: Receipts
    clock: Clock

    async def find(self, asker: User, match: MatchId, wish: Wish) -> Offer:
        """Times to choose from. Both connected: times that fit both. Only the asker: the asker's own. Else plain.

        Raises CalendarSilent, TooManyLookups, and what Pairs raises.
        """
        pair = await self.pairs.pair(asker, match)
        minutes = wish.minutes or pair.programme.rules.default_length
        now = self.clock.now()
        window = _window_of(wish, look_ahead(pair.programme, now, wish.days_ahead), now)
        if pair.case in (PairCase.ONLY_PARTNER, PairCase.NOBODY):
            return self._plain(pair, wish, minutes, window, now)
        looked = await self.evidence.look(pair, window, wish=wish)
        looked.insist_on_answers()
        if pair.case is PairCase.BOTH:
            await self._receipt(pair, window)
        fitting = looked.bookable(wish.windows or (window,), minutes)
        past = await self._past(pair)
        picked = best(fitting, wish.count + wish.skip, asker=asker, partner=pair.partner, past=past)
        shown = picked.slots[wish.skip :] if wish.skip else picked.slots
        return Offer(
            pair=pair,
            wish=wish,
            minutes=minutes,
            window=window,
            slots=tuple(sorted(shown)),
            basis=Basis.BOTH_FREE if pair.case is PairCase.BOTH else Basis.PROPOSER_FREE,
            checked_at=looked.at,
            suite=suite_of(organizer_integration(pair)),
            by_request=pair.programme.rules.approval and asker.id == pair.match.mentee,
            more=len(fitting) > len(shown) + wish.skip,
            rank_reasons=picked.reasons,
            explanation=None if fitting else explain(looked.question, wish.windows or (window,), minutes),
            holidays=looked.holidays,
        )

    async def calendars(self, asker: User, match: MatchId, day: date, days: int, minutes: int) -> CalendarsSeen:
        """Both calendars for some days of the asker's, from now to the horizon, within working hours (decision 14).

        A calendar that did not answer is shown as unknown. Raises TooManyLookups.
        """
        pair = await self.pairs.pair(asker, match)
        zone = ZoneInfo(asker.time_zone)
        start = datetime.combine(day, time(), zone)
        window = Interval.between(start, datetime.combine(day + timedelta(days=days), time(), zone))
        looked = await self.evidence.look(pair, window)
        if pair.case is PairCase.BOTH:
            await self._receipt(pair, window)
        view = shared_view(looked.question, day, days)
        return CalendarsSeen(
            pair=pair,
            view=view,
            minutes=minutes,
            slots=slots(looked.question, (window,), minutes),
            checked_at=looked.at,
        )

    async def insist(self, pair: Pair, times: Iterable[Interval]) -> None:
        """Times about to be offered must fit whoever offers them. Raises as Looked.insist_on does."""
        times = tuple(times)
        window = Interval(min(t.start_minute for t in times), max(t.end_minute for t in times))
        if pair.case in (PairCase.ONLY_PARTNER, PairCase.NOBODY):
            looked = plain_look(pair.asker, pair.programme, window, self.clock.now())
        else:
            looked = await self.evidence.look(pair, window)
        for when in times:
            looked.insist_on(when)

    def _plain(self, pair: Pair, wish: Wish, minutes: int, window: Interval, now: datetime) -> Offer:
        looked = plain_look(pair.asker, pair.programme, window, now)
        fitting = slots(looked.question, wish.windows or (window,), minutes)
        picked = best(fitting, wish.count + wish.skip, asker=pair.asker, partner=pair.asker, past=())
        return Offer(
            pair=pair,
            wish=wish,
            minutes=minutes,
            window=window,
            slots=tuple(sorted(picked.slots[wish.skip :])),
            basis=Basis.PLAIN,
            checked_at=now,
            suite=None,
            by_request=True,
            more=len(fitting) > wish.count + wish.skip,
        )

    async def _receipt(self, pair: Pair, window: Interval) -> None:
        owner = ZoneInfo(pair.partner.time_zone)
        receipt = Receipt(
            owner=pair.partner.id,
            viewer=pair.asker.id,
            match=pair.match.id,
            day=self.clock.now().date(),
            first=window.start.astimezone(owner).date(),
            last=(window.end - timedelta(minutes=1)).astimezone(owner).date(),
        )
        limit = pair.programme.rules.lookups_a_day
        if not await self.receipts.shown((receipt,), limit):
            raise TooManyLookups(limit)

    async def _past(self, pair: Pair) -> tuple[Past, ...]:
        """Who took the early or late hours lately (fair hours)."""
        return tuple(session.when for session in await self.sessions.of_match(pair.match.id, SESSIONS_REMEMBERED))


def plain_look(asker: User, programme: Programme, window: Interval, now: datetime) -> Looked:
    """From programme hours, the asker's own zone and the clock alone (decision 11)."""
    working = working_time(programme.hours, asker.time_zone, window)
    side = Side(user=asker.id, working=working, held=(), seen=Unconnected(), chosen_by_owner=False)
    return Looked(Question(programme=programme, now=now, zone=asker.time_zone, sides=(side,)), window, now, ())


def plain_times(asker: User, programme: Programme, minutes: int, now: datetime, *, count: int) -> tuple[Interval, ...]:
    """The best few plain times of the first look."""
    window = look_ahead(programme, now)
    fitting = slots(plain_look(asker, programme, window, now).question, (window,), minutes)
    return best(fitting, count, asker=asker, partner=asker, past=()).slots


def organizer_integration(pair: Pair) -> Integration:
    """The booking user's, if that side can write; else the partner's (decision 3)."""
    return pair.asker_integration if pair.asker_integration.usable else pair.partner_integration
