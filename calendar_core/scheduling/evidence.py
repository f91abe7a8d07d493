"""What is known of two people's time: both calendars asked at once, with what is already held here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from calendar_core.availability.holidays import days_off
from calendar_core.availability.working_hours import working_time

from calendar_core.availability.bookable import Obstacle, Question, Side, slots, why_not
from calendar_core.availability.free_busy import FreeBusy, Unanswered, Unconnected
from calendar_core.errors import CalendarSilent, NotBookable, NotIntegrated, ProviderError, SlotTaken
from calendar_core.integration import Integration
from calendar_core.interval import Interval, epoch_minute
from calendar_core.people import DAY_MINUTES, User, WeeklyHours
from calendar_core.ports import Calendars, Clock, Sessions
from calendar_core.programme import Programme
from calendar_core.scheduling.outcomes import Pair, PairCase, Wish

NEAREST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at everything that decides. `holidays` are the asker's own within the window."""

    question: Question
    window: Interval
    at: datetime
    holidays: tuple[tuple[date, str], ...]

    def bookable(self, windows: Iterable[Interval], minutes: int) -> tuple[Interval, ...]:
        """Every bookable slot in the windows. Raises CalendarSilent if that cannot be known."""
        self.insist_on_answers()
        return slots(self.question, windows, minutes)

    def insist_on_answers(self) -> None:
        """Raises CalendarSilent if a connected calendar did not answer: unknown is not free."""
        for side in self.question.sides:
            if isinstance(side.seen, Unanswered):
                raise CalendarSilent(side.user)

    def insist_on(self, when: Interval) -> None:
        """Raises unless the slot is bookable: SlotTaken (with the nearest that are), CalendarSilent, NotBookable."""
        blocked = why_not(when, self.question)
        if blocked is None:
            return
        if blocked.obstacle is Obstacle.UNKNOWN and blocked.user is not None:
            raise CalendarSilent(blocked.user)
        if blocked.obstacle in (Obstacle.BUSY, Obstacle.HELD):
            raise SlotTaken(when, self.nearest(when))
        mine = blocked.user in (None, self.question.sides[0].user)
        # a partner's reason stays with the partner: to the asker that time is simply not free for both
        raise NotBookable(when, blocked.obstacle) if mine else SlotTaken(when, self.nearest(when))

    def nearest(self, when: Interval) -> tuple[Interval, ...]:
        """The bookable slots of the same length that lie nearest, in order of time."""
        every = [slot for slot in slots(self.question, (self.window,), when.minutes) if slot != when]
        near = sorted(every, key=lambda slot: abs(slot.start_minute - when.start_minute))[:NEAREST_SHOWN]
        return tuple(sorted(near))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Asks calendars, and only those of a match that is open: callers come with a Pair."""

    sessions: Sessions
    calendars: Calendars
    clock: Clock

    async def look(
        self,
        pair: Pair,
        window: Interval,
        *,
        wish: Wish = Wish(),
        own_hold: Interval | None = None,
        chosen: bool = False,
    ) -> Looked:
        """One free/busy question a connected person. `own_hold` is what the session in question holds already;
        `chosen`: the one without a calendar has chosen the time, so that it counts without one.

        Where only the asker is connected the partner's hours bound nothing before the partner has chosen.
        """
        people = [(pair.asker, pair.asker_integration), (pair.partner, pair.partner_integration)]
        if pair.case is PairCase.ONLY_ASKER and not chosen:
            people = people[:1]
        margin = pair.programme.rules.buffer
        held = await self.sessions.held([user.id for user, _ in people], window.padded(margin))
        seen = await asyncio.gather(*(self._ask(user, how, window.padded(margin)) for user, how in people))
        sides = []
        for (user, _), said in zip(people, seen, strict=True):
            kept = tuple(each for each in held.get(user.id, ()) if each != own_hold)
            asks = user is pair.asker
            sides.append(_side(user, window, kept, said, wish if asks else Wish(), chosen=chosen))
        question = Question(
            programme=pair.programme, now=self.clock.now(), zone=pair.asker.time_zone, sides=tuple(sides)
        )
        return Looked(question, window, question.now, _holidays_of(pair.asker, window, wish))

    async def _ask(self, user: User, how: Integration, window: Interval) -> FreeBusy | Unanswered | Unconnected:
        if how.kind is None:
            return Unconnected()
        try:
            calendar = await self.calendars.of(user)
            return await calendar.free_busy.free_busy(window)
        except (ProviderError, NotIntegrated):
            return Unanswered(window)


def look_ahead(programme: Programme, now: datetime, days: int | None = None) -> Interval:
    """From now to so many days on (the programme's first look where None), never past its horizon."""
    rules = programme.rules
    ahead = min(days or rules.look_ahead_days, rules.horizon_days)
    start = epoch_minute(now)
    return Interval(start, start + ahead * DAY_MINUTES)


def _side(
    user: User,
    window: Interval,
    held: tuple[Interval, ...],
    seen: FreeBusy | Unanswered | Unconnected,
    wish: Wish,
    *,
    chosen: bool,
) -> Side:
    hours = _widened(user.hours, wish)
    off = frozenset(day for day, _ in _holidays_of(user, window, wish))
    working = working_time(hours, user.time_zone, window, days_off=off, not_before=user.paused_until)
    return Side(user=user.id, working=working, held=held, seen=seen, chosen_by_owner=chosen)


def _holidays_of(user: User, window: Interval, wish: Wish) -> tuple[tuple[date, str], ...]:
    """The person's own working days in the window that are holidays of their region, less those wanted all the same."""
    zone = ZoneInfo(user.time_zone)
    first, last = window.start.astimezone(zone).date(), (window.end - timedelta(minutes=1)).astimezone(zone).date()
    named = days_off(user.region, first, last)
    return tuple(
        (day, name) for day, name in sorted(named.items()) if user.hours.days[day.weekday()] and day not in wish.despite
    )


def _widened(hours: WeeklyHours, wish: Wish) -> WeeklyHours:
    """[From 08:00]: the asker's own working days begin earlier or end later, for this look only."""
    if wish.from_minute is None and wish.until_minute is None:
        return hours
    days = []
    for day in hours.days:
        if day:
            first, last = day[0], day[-1]
            day = ((min(first[0], wish.from_minute if wish.from_minute is not None else first[0]), first[1]), *day[1:])
            last = day[-1]
            day = (*day[:-1], (last[0], max(last[1], wish.until_minute or last[1])))
        days.append(day)
    return replace(hours, days=tuple(days))
