"""What [See both calendars] may show of a day: one value from which both the text and the picture are made.

To the asker the partner is free, not free or unknown, within the asker's own hours, from now to the horizon, and
nothing else (decision 14). The asker's own busy times are the asker's to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from calendar_core.interval import Interval, first_whole_minute, intersect, subtract
from calendar_core.programme import Rules
from calendar_core.wall_clock import DAY, first_minute

from .bookable import Question
from .free_busy import FreeBusy
from .side import Side


@dataclass(frozen=True, slots=True)
class Stretches:
    """One person's time within the hours shown: three kinds that never overlap and leave nothing out."""

    free: tuple[Interval, ...]
    not_free: tuple[Interval, ...]
    unknown: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class DayView:
    """One local day of the asker. `hours` are the asker's own, from now to the horizon: empty on a day off, in the
    past, or too far ahead. `yours`, `theirs` and `both_free` lie within them, to the minute."""

    day: date
    hours: tuple[Interval, ...]
    yours: Stretches
    theirs: Stretches
    both_free: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class SharedView:
    """Consecutive local days in the asker's `zone`."""

    zone: str
    days: tuple[DayView, ...]


def shared_view(question: Question, first: date, days: int = 1) -> SharedView:
    """The asker's day, or week (days=7), beside the partner's (`sides[1]`). Buffers, notice and steps do not show:
    they bound what can be booked, not who is free. Raises ValueError without a partner."""
    if len(question.sides) != 2:
        raise ValueError("a shared view is of two people")
    return SharedView(question.zone, tuple(_day_view(question, first + timedelta(days=n)) for n in range(days)))


def _day_view(question: Question, day: date) -> DayView:
    you, they = question.sides
    rules, now = question.programme.rules, first_whole_minute(question.now)
    begins, ends = first_minute(question.zone, day), first_minute(question.zone, day + timedelta(days=1))
    shown = max(begins, now), min(ends, now + rules.horizon_days * DAY)
    hours = intersect(you.working, [Interval(*shown)]) if shown[0] < shown[1] else ()
    yours, theirs = _stretches(you, hours, rules), _stretches(they, hours, rules)
    return DayView(day, hours, yours, theirs, intersect(yours.free, theirs.free))


def _stretches(side: Side, hours: tuple[Interval, ...], rules: Rules) -> Stretches:
    """A calendar that did not answer leaves all of it unknown, the person's own working hours too."""
    seen = side.seen
    if not isinstance(seen, FreeBusy):
        return Stretches((), (), hours)
    known = intersect(hours, [seen.window])
    taken = (*side.held, *seen.blocked(tentative_is_busy=rules.tentative_is_busy))
    free = subtract(intersect(known, side.working), taken)
    return Stretches(free, subtract(known, free), subtract(hours, known))
