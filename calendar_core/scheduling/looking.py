"""Look-ups: times that fit both, times that fit the asker alone, plain times, and both calendars side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from calendar_core.availability.bookable import Question, slots
from calendar_core.availability.explanation import explain
from calendar_core.availability.free_busy import NotAsked
from calendar_core.availability.shared_view import shared_view
from calendar_core.availability.side import Side, holidays_of
from calendar_core.availability.working_hours import working_time
from calendar_core.interval import Interval
from calendar_core.people import User
from calendar_core.ports import Clock, Sessions
from calendar_core.programme import Programme
from calendar_core.ranking import Ranked, Taste, rank, whose_turn
from calendar_core.request import Basis
from calendar_core.scheduling.evidence import Evidence, Looked, covering, insist_on_reach, look_ahead
from calendar_core.scheduling.lookups import Lookups
from calendar_core.scheduling.outcomes import CalendarsSeen, Offer, Pair, PairCase, Wish
from calendar_core.session import Session
from calendar_core.wall_clock import first_minute

SESSIONS_REMEMBERED = 6
MOST_SKIPPED = 60  # nobody turns more pages than that; each costs a choice among all that is left
PLAIN = frozenset({PairCase.ONLY_PARTNER, PairCase.NOBODY})  # the asker has no calendar: times come without one
BASIS = {
    PairCase.BOTH: Basis.BOTH_FREE,
    PairCase.ONLY_ASKER: Basis.PROPOSER_FREE,
    PairCase.ONLY_PARTNER: Basis.PLAIN,
    PairCase.NOBODY: Basis.PLAIN,
}


@dataclass(frozen=True, slots=True)
class Looking:
    """What people see of their own and of each other's time."""

    evidence: Evidence
    sessions: Sessions
    lookups: Lookups
    clock: Clock

    async def find(self, pair: Pair, wish: Wish) -> Offer:
        """Times to choose from. Both connected: times that fit both. Only the asker: the asker's own. Else plain.

        The pair is one that Pairs found open when the turn began. Raises CalendarSilent, TooManyLookups.
        """
        asker, programme, now = pair.asker, pair.programme, self.clock.now()
        windows = wish.windows or (look_ahead(programme, now, wish.days_ahead),)
        if pair.case in PLAIN:
            looked = plain_look(asker, programme, covering(windows), now)
            past = await self.sessions.of_match(pair.match.id, SESSIONS_REMEMBERED)
        else:
            # a little further than what is listed, in the same call: [Look 4 weeks ahead] then knows if it helps
            further = (look_ahead(programme, now, 2 * programme.rules.look_ahead_days), *windows)
            looked = await self.evidence.look(pair, covering(further), wish=wish, remembered=SESSIONS_REMEMBERED)
            looked.insist_on_answers()
            past = looked.past
        choosing = _offer(pair, wish, looked, _taste(pair, past), windows)
        if pair.case is not PairCase.BOTH:
            return await choosing
        _, offer = await asyncio.gather(self.lookups.shown(pair, covering(windows)), choosing)  # while that is written
        return offer

    async def calendars(self, pair: Pair, day: date, days: int, minutes: int) -> CalendarsSeen:
        """Both calendars for some days of the asker's, from now to the horizon, within working hours (decision 14).

        A calendar that did not answer is shown as unknown. Raises TooManyLookups, and NotIntegrated unless both are.
        """
        pair.insist_on_both()
        begins = first_minute(pair.asker.itinerary, day)
        ends = first_minute(pair.asker.itinerary, day + timedelta(days=days))
        window = Interval(begins, max(ends, begins + 1))  # a journey far enough east can leave a day no minute
        looked = await self.evidence.look(pair, window)
        await self.lookups.shown(pair, window)
        view = shared_view(looked.question, day, days)
        found = slots(looked.question, (window,), minutes)
        return CalendarsSeen(pair=pair, view=view, minutes=minutes, slots=found, checked_at=looked.at)

    async def insist(self, pair: Pair, times: Iterable[Interval]) -> None:
        """Times about to be offered must fit whoever offers them. Raises as Looked.insist_on does; TooManyLookups."""
        times = tuple(times)
        if pair.case in PLAIN:
            insist_on_plain(pair.asker, pair.programme, times, self.clock.now())
            return
        insist_on_reach(pair.programme, self.clock.now(), times)
        if pair.case is PairCase.BOTH:
            await self.lookups.tried(pair, covering(times))
        looked = await self.evidence.look(pair, covering(times))
        for when in times:
            looked.insist_on(when, chosen_by=(pair.asker.id,))


def _taste(pair: Pair, past: Iterable[Session]) -> Taste:
    """Whose turn it is to be comfortable, by who took the early and late hours lately."""
    zones = {user.id: user.itinerary for user in (pair.asker, pair.partner)}
    return Taste(pair.asker.itinerary, turn=whose_turn([session.when for session in past], zones))


async def _offer(pair: Pair, wish: Wish, looked: Looked, taste: Taste, windows: Sequence[Interval]) -> Offer:
    asker, rules = pair.asker, pair.programme.rules
    minutes = wish.minutes or rules.default_length
    fitting = slots(looked.question, windows, minutes)
    ranked, more = _ranked(fitting, taste, wish)
    told = pair.case not in PLAIN and (bool(wish.windows) or not fitting)  # of holidays among the days asked for
    return Offer(
        pair=pair,
        wish=wish,
        minutes=minutes,
        window=covering(windows),
        basis=BASIS[pair.case],
        checked_at=looked.at,
        suite=pair.suite,
        by_request=pair.case is not PairCase.BOTH or (rules.approval and asker.id == pair.match.mentee),
        more=more,
        ranked=ranked,
        explanation=None if fitting else explain(looked.question, windows, minutes),
        holidays=_left_out(asker, windows, wish.included) if told else {},
    )


def plain_look(asker: User, programme: Programme, window: Interval, now: datetime) -> Looked:
    """From programme hours, the asker's own zone and the clock alone (decision 11)."""
    working = working_time(programme.hours, asker.itinerary, window)
    side = Side(user=asker.id, working=working, held=(), seen=NotAsked())
    return Looked(Question(programme=programme, now=now, zone=asker.itinerary, sides=(side,)), window, now)


def insist_on_plain(asker: User, programme: Programme, times: Iterable[Interval], now: datetime) -> None:
    """Raises NotBookable unless all of them are such times."""
    times = tuple(times)
    insist_on_reach(programme, now, times)
    looked = plain_look(asker, programme, covering(times), now)
    for when in times:
        looked.insist_on(when)


def plain_times(asker: User, programme: Programme, minutes: int, now: datetime, *, count: int) -> tuple[Interval, ...]:
    """The best few plain times of the first look."""
    window = look_ahead(programme, now)
    fitting = slots(plain_look(asker, programme, window, now).question, (window,), minutes)
    return rank(fitting, Taste(asker.itinerary), count).slots


def _left_out(asker: User, windows: Iterable[Interval], included: frozenset[date]) -> Mapping[date, str]:
    """The asker's own holidays among the days asked for."""
    days = {day: name for window in windows for day, name in holidays_of(asker, window).items()}
    return {day: name for day, name in days.items() if day not in included}


def _ranked(fitting: tuple[Interval, ...], taste: Taste, wish: Wish) -> tuple[Ranked, bool]:
    """The wished number of slots, after leaving out those that earlier pages showed; and whether others are left."""
    left, skipped = tuple(slot for slot in fitting if slot not in wish.besides), 0
    if wish.every:
        return Ranked(left), False
    while left and skipped < min(wish.skip, MOST_SKIPPED):
        shown = rank(left, taste, wish.count).slots
        left, skipped = tuple(slot for slot in left if slot not in shown), skipped + len(shown)
    ranked = rank(left, taste, wish.count)
    return ranked, len(left) > len(ranked.slots)
