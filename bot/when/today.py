"""The day it is for the speaker, and choices of days counted from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .pieces import Choice, Days, DaySet
from .values import Doubt

WEEK = 7
SOME_DAYS = 14  # what "any day" reaches


@dataclass(frozen=True, slots=True)
class Today:
    """The day it is for the speaker, and how the speaker writes 3/4."""

    day: date
    day_first: bool | None  # None: not known

    def after(self, days: int) -> date:
        return self.day + timedelta(days=days)

    def week(self, ahead: int) -> Days:
        """Monday to Sunday, so many weeks from this one."""
        return Days.week_of(self.after(WEEK * ahead))

    def coming(self, weekday: int) -> date:
        """The first such day after today."""
        return self.after((weekday - self.day.weekday() - 1) % WEEK + 1)


def sure(*days: Days) -> Choice[DaySet]:
    return Choice((days,))


def one(day: date) -> Choice[DaySet]:
    return sure(Days.one(day))


def either(doubt: Doubt, *days: Days, must_ask: bool = True) -> Choice[DaySet]:
    distinct = tuple(dict.fromkeys((each,) for each in days))
    return Choice(distinct, doubt if len(distinct) > 1 else None, must_ask=must_ask)


def impossible(doubt: Doubt = Doubt.NO_SUCH_DATE) -> Choice[DaySet]:
    return Choice((), doubt)
