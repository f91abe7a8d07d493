"""What is known of two people's time: both calendars asked at once, with what is already held here."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from calendar_core.availability.bookable import Obstacle, Question, slots, why_not
from calendar_core.availability.free_busy import FreeBusy, Unanswered, Unconnected
from calendar_core.availability.side import side_of, stretched
from calendar_core.errors import (
    CalendarSilent,
    NotBookable,
    NotIntegrated,
    ProviderError,
    ProviderRejected,
    SlotTaken,
    StoreUnavailable,
)
from calendar_core.integration import Integration, IntegrationKind
from calendar_core.interval import Interval, first_whole_minute
from calendar_core.people import DAY_MINUTES, User, UserId
from calendar_core.ports import Calendars, Clock, Sessions
from calendar_core.programme import Programme
from calendar_core.ranking import nearest
from calendar_core.scheduling.outcomes import Pair, PairCase, Wish
from calendar_core.session import Session

log = logging.getLogger(__name__)

Silence = tuple[str, str]  # of which kind of integration, and the kind of error
NEAREST_SHOWN = 3
ANSWER_WITHIN = 8.0  # seconds, tries and tokens included: a person waits, and a booking has to be written after it
NO_WISH = Wish()
TRIED_LATELY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at everything that decides. `asked` is what the calendars were asked for; `past` are as many of the
    match's sessions as were to be remembered, the newest first."""

    question: Question
    asked: Interval
    at: datetime
    past: tuple[Session, ...] = ()

    def insist_on_answers(self) -> None:
        """Raises CalendarSilent if a connected calendar did not answer: unknown is not free."""
        for side in self.question.sides:
            if isinstance(side.seen, Unanswered):
                raise CalendarSilent(side.user)

    def insist_on(self, when: Interval, *, chosen_by: Collection[UserId] = ()) -> None:
        """Raises unless the slot is bookable: SlotTaken (with the nearest that are), CalendarSilent, NotBookable.

        Whoever has chosen this very time has set their own hours aside for it ([From 08:00], [Include it]). A
        partner's reason stays with the partner: to the asker that time is simply not free for both.
        """
        sides = tuple(
            replace(side, chosen_by_owner=side.chosen_by_owner or side.user in chosen_by)
            for side in self.question.sides
        )
        blocked = why_not(when, replace(self.question, sides=sides))
        if blocked is None:
            return
        if blocked.obstacle is Obstacle.UNKNOWN and blocked.user is not None:
            raise CalendarSilent(blocked.user)
        own = blocked.user in (None, sides[0].user)
        if own and blocked.obstacle not in (Obstacle.BUSY, Obstacle.HELD):
            raise NotBookable(when, blocked.obstacle)
        raise SlotTaken(when, self.nearest(when))

    def nearest(self, when: Interval) -> tuple[Interval, ...]:
        """The bookable slots of the same length that lie nearest, in order of time."""
        others = (slot for slot in slots(self.question, (self.asked,), when.minutes) if slot != when)
        return nearest(others, when, NEAREST_SHOWN)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Asks calendars, and only those of a match that is open: callers come with a Pair.

    `silences` counts those that did not answer since the process began.
    """

    sessions: Sessions
    calendars: Calendars
    clock: Clock
    answer_within: float = ANSWER_WITHIN
    silences: Counter[Silence] = field(default_factory=Counter)

    async def look(
        self,
        pair: Pair,
        window: Interval,
        *,
        wish: Wish = NO_WISH,
        own_hold: Interval | None = None,
        chosen: bool = False,
        remembered: int = 0,
    ) -> Looked:
        """One free/busy question to each connected calendar, both at once.

        `own_hold` is what the session in question holds already. `chosen`: whoever has no calendar has chosen this
        very time; before that, where only the asker is connected, the partner's side bounds nothing.
        """
        programme, now = pair.programme, self.clock.now()
        people = [(pair.asker, pair.asker_integration), (pair.partner, pair.partner_integration)]
        if pair.case is PairCase.ONLY_ASKER and not chosen:
            people = people[:1]
        asked = window.padded(programme.rules.buffer)
        seen, (held, past) = await asyncio.gather(  # whoever takes longest is asked first
            asyncio.gather(*(self._ask(user, how, asked) for user, how in people)),
            self.sessions.held_and_past([user.id for user, _ in people], asked, pair.match.id, remembered),
        )
        horizon = look_ahead(programme, now, programme.rules.horizon_days)
        hours = Interval(min(horizon.start_minute, asked.start_minute), max(horizon.end_minute, asked.end_minute))
        sides = [
            side_of(
                user,
                hours,
                said,
                (each for each in held.get(user.id, ()) if each != own_hold),
                included=wish.included if user is pair.asker else frozenset(),
                chosen_by_owner=chosen and isinstance(said, Unconnected),
            )
            for (user, _), said in zip(people, seen, strict=True)
        ]
        sides[0] = stretched(sides[0], pair.asker.itinerary, earlier=wish.earlier, later=wish.later)
        question = Question(programme=programme, now=now, zone=pair.asker.itinerary, sides=tuple(sides))
        return Looked(question, window, now, past)

    async def answers(self, user: User, how: Integration, window: Interval) -> bool:
        """Whether that calendar tells what is busy then."""
        return isinstance(await self._ask(user, how, window), FreeBusy)

    async def _ask(self, user: User, how: Integration, window: Interval) -> FreeBusy | Unanswered | Unconnected:
        """A connection that broke is tried again now and then: so it heals as soon as the calendar lets us in."""
        if how.kind is None:
            return Unconnected()
        if not how.usable and how.checked_at is not None and self.clock.now() - how.checked_at < TRIED_LATELY:
            return Unanswered(window)
        try:
            async with asyncio.timeout(self.answer_within):
                calendar = await self.calendars.through(user, how)
                return await calendar.free_busy.free_busy(window)
        except StoreUnavailable:
            raise  # not the calendar's silence: ours
        except (ProviderError, NotIntegrated, TimeoutError) as silence:
            self._note(user, how.kind, silence)
            return Unanswered(window)

    def _note(self, user: User, kind: IntegrationKind, silence: Exception) -> None:
        """For the operator: whose, which vendor's, and why in one word."""
        why = type(silence).__name__
        self.silences[kind.value, why] += 1
        more = {"code": silence.code} if isinstance(silence, ProviderRejected) else {}
        log.warning("a calendar did not answer", extra={"user": user.id, "vendor": kind.value, "kind": why, **more})


def look_ahead(programme: Programme, now: datetime, days: int | None = None) -> Interval:
    """From now to so many days on (the programme's first look where None), never past its horizon."""
    start = first_whole_minute(now)
    rules = programme.rules
    return Interval(start, start + min(days or rules.look_ahead_days, rules.horizon_days) * DAY_MINUTES)


def insist_on_reach(programme: Programme, now: datetime, times: Iterable[Interval]) -> None:
    """Raises NotBookable for a time that is past or beyond the horizon: no calendar is asked about those."""
    reach = look_ahead(programme, now, programme.rules.horizon_days)
    for when in times:
        if not reach.covers(when):
            raise NotBookable(when, Obstacle.PAST if when.start_minute < reach.start_minute else Obstacle.HORIZON)


def covering(windows: Iterable[Interval]) -> Interval:
    """The stretch from the first start to the last end."""
    windows = tuple(windows)
    return Interval(min(each.start_minute for each in windows), max(each.end_minute for each in windows))
