"""How useful sessions were, by programme and month: no figure can be taken apart into fewer than five people.

A month's figure is made once, after the month is over, and never changes. So there are no two figures of one month to
subtract; no two months share a rating; and there is no total over them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .people import UserId
from .wall_clock import local_time

SMALLEST = 5  # people of whom a figure may be, and of whom the others may be


@dataclass(frozen=True, slots=True)
class Average:
    """`total` of so many `answers`, which so many `people` gave."""

    people: int
    answers: int
    total: int

    @property
    def tenths(self) -> int:
        """The mean, in tenths: 46 is 4.6."""
        return (20 * self.total + self.answers) // (2 * self.answers)


@dataclass(frozen=True, slots=True)
class MonthlyAverage:
    """Of the month that begins on that day; None where it would be of too few."""

    month: date
    average: Average | None


def average_of(ratings: Iterable[tuple[UserId, int]], asked: Collection[UserId]) -> Average | None:
    """Of one closed month. `asked`: who could have answered. None unless five or more did, and of those who did not
    there are none, or five or more."""
    given = tuple(ratings)
    people = {person for person, _ in given}
    others = set(asked) - people
    if len(people) < SMALLEST or 0 < len(others) < SMALLEST:
        return None
    return Average(len(people), len(given), sum(useful for _, useful in given))


def month_of(zone: str, instant: datetime) -> date:
    """The first day of the month in which it falls there."""
    return local_time(zone, instant).date().replace(day=1)


def begins(zone: str, month: date) -> datetime:
    """The instant at which it begins there."""
    return datetime(month.year, month.month, 1, tzinfo=ZoneInfo(zone))


def next_month(month: date) -> date:
    """The first day of the one after it."""
    return (month + timedelta(days=31)).replace(day=1)


def months_before(month: date, count: int) -> date:
    """The first day of the one so many months earlier."""
    years, index = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(years, index + 1, 1)


def months(first: date, end: date) -> Iterator[date]:
    """From the one that begins on `first` to the one before `end`."""
    while first < end:
        yield first
        first = next_month(first)
