"""Half-open stretches of time in whole epoch minutes: the one place where ends of intervals are compared.

Minutes since 1970-01-01T00:00Z are what is stored, compared and swept; datetimes appear only at the edges,
because comparing aware datetimes is some thirty times slower (docs/decisions/0002).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def epoch_minute(instant: datetime) -> int:
    """The whole minute an aware instant lies in. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return (instant - EPOCH) // MINUTE


def first_whole_minute(instant: datetime) -> int:
    """The first epoch minute that does not begin before an aware instant. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return -((EPOCH - instant) // MINUTE)


def instant_of(minute: int) -> datetime:
    """The UTC instant at which an epoch minute begins."""
    return EPOCH + timedelta(minutes=minute)


@dataclass(frozen=True, slots=True, order=True, init=False)
class Interval:
    """[start, end) in epoch minutes; never empty."""

    start_minute: int
    end_minute: int

    def __init__(self, start_minute: int, end_minute: int) -> None:
        if end_minute <= start_minute:
            raise ValueError("an interval ends after it starts")
        _set_start(self, start_minute)
        _set_end(self, end_minute)

    @classmethod
    def between(cls, start: datetime, end: datetime) -> Interval:
        """The whole minutes that [start, end) touches: a busy time with seconds is widened, never cut."""
        return cls(epoch_minute(start), first_whole_minute(end))

    @classmethod
    def lasting(cls, start: datetime, minutes: int) -> Interval:
        """From the minute of start, for so many minutes."""
        first = epoch_minute(start)
        return cls(first, first + minutes)

    @property
    def start(self) -> datetime:
        """First instant, UTC."""
        return instant_of(self.start_minute)

    @property
    def end(self) -> datetime:
        """First instant after it, UTC."""
        return instant_of(self.end_minute)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end_minute - self.start_minute

    def overlaps(self, other: Interval) -> bool:
        """Touching ends do not overlap."""
        return self.start_minute < other.end_minute and other.start_minute < self.end_minute

    def covers(self, other: Interval) -> bool:
        """The other lies wholly inside."""
        return self.start_minute <= other.start_minute and other.end_minute <= self.end_minute

    def clipped(self, other: Interval) -> Interval | None:
        """The part of it inside the other, or None."""
        start, end = max(self.start_minute, other.start_minute), min(self.end_minute, other.end_minute)
        return Interval(start, end) if start < end else None

    def padded(self, minutes: int) -> Interval:
        """Widened on both sides."""
        return Interval(self.start_minute - minutes, self.end_minute + minutes)


# A frozen value sets its fields once, at birth. Through the slots themselves that takes a third of the time that
# object.__setattr__ takes, and intervals are made by the ten thousand.
_set_start: Callable[[Interval, int], None] = Interval.__dict__["start_minute"].__set__
_set_end: Callable[[Interval, int], None] = Interval.__dict__["end_minute"].__set__

ends_of = attrgetter("start_minute", "end_minute")  # sorts intervals as their order does, and faster


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Sorted, with those that overlap or touch joined."""
    merged: list[Interval] = []
    for each in sorted(intervals, key=ends_of):  # comparing ints is some ten times faster than comparing values
        if merged and each.start_minute <= merged[-1].end_minute:
            if each.end_minute > merged[-1].end_minute:
                merged[-1] = Interval(merged[-1].start_minute, each.end_minute)
        else:
            merged.append(each)
    return tuple(merged)


def subtract(these: Iterable[Interval], those: Iterable[Interval]) -> tuple[Interval, ...]:
    """What of these is in none of those."""
    taken = merge(those)
    left: list[Interval] = []
    at = 0
    for each in merge(these):
        start = each.start_minute
        while at < len(taken) and taken[at].end_minute <= start:
            at += 1
        here = at
        while here < len(taken) and taken[here].start_minute < each.end_minute:
            if taken[here].start_minute > start:
                left.append(Interval(start, taken[here].start_minute))
            start = max(start, taken[here].end_minute)
            here += 1
        if start < each.end_minute:
            left.append(Interval(start, each.end_minute))
    return tuple(left)


def intersect(these: Iterable[Interval], those: Iterable[Interval]) -> tuple[Interval, ...]:
    """What lies in both."""
    left, right = merge(these), merge(those)
    both: list[Interval] = []
    a = b = 0
    while a < len(left) and b < len(right):
        shared = left[a].clipped(right[b])
        if shared:
            both.append(shared)
        if left[a].end_minute <= right[b].end_minute:
            a += 1
        else:
            b += 1
    return tuple(both)
