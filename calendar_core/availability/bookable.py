"""The one table of rules that decides whether a slot is bookable, and the sweep over it that lists every slot that is.

`why_not` asks each row of the table about one slot; `slots` sweeps over the borders of the same rows. A rule that is
not a row exists for neither, so a slot that is listed can be booked, and one that is not listed cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from calendar_core.interval import Interval, first_whole_minute, merge, subtract
from calendar_core.people import UserId
from calendar_core.programme import Programme, Rules
from calendar_core.wall_clock import DAY, day_parts, first_minute

from .free_busy import FreeBusy, Unanswered, Unconnected
from .side import Side

FOREVER = 10**12


class Obstacle(StrEnum):
    """Why a slot is not bookable."""

    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    PROGRAMME = "programme"
    PAUSED = "paused"
    HOLIDAY = "holiday"
    HOURS = "hours"
    HELD = "held"
    BUSY = "busy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything that decides. `sides[0]` is the asker, whose `zone` counts the steps; `now` is aware.

    `moving` is the present time of a session that is to be moved: it stands in nobody's way, neither as held nor as
    busy (merged free/busy cannot tell another event at that very time from it).
    """

    programme: Programme
    now: datetime
    zone: str
    sides: tuple[Side, ...]
    moving: Interval | None = None

    def __post_init__(self) -> None:
        if not self.sides:
            raise ValueError("a question needs at least the asker")


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a slot is not bookable, and on whose side: None where it is the clock or the programme.

    What a partner's obstacle is must stay with the partner: to the asker it is "not free for both", save UNKNOWN.
    """

    obstacle: Obstacle
    user: UserId | None = None


def why_not(slot: Interval, question: Question) -> Blocked | None:
    """None if the slot is bookable; else the first obstacle: the clock's, the programme's, the asker's, the others'.

    Any start is judged, on a step or not. Needs what the calendars said for `buffer` minutes around the slot too.
    """
    return first_broken(rows(question), slot)


def slots(question: Question, windows: Iterable[Interval], minutes: int) -> tuple[Interval, ...]:
    """Every candidate that `why_not` has nothing against, in order."""
    table, windows = rows(question), tuple(windows)
    starts = list(_on_step(question, list(_free(table, merge(windows))), minutes))
    odd = [slot for slot in windows if slot.minutes == minutes and not first_broken(table, slot)]
    return _lasting(minutes, starts, odd)


def candidates(question: Question, windows: Iterable[Interval], minutes: int) -> tuple[Interval, ...]:
    """Every slot of so many minutes that may be listed at all: it lies inside a window and starts on a step, counted
    by the asker's wall clock from local midnight (so on the hour also in Kathmandu). A window exactly as long as the
    session is a candidate whatever its start ("3:10 pm")."""
    windows = tuple(windows)
    starts = list(_on_step(question, _pairs(merge(windows)), minutes))
    return _lasting(minutes, starts, [slot for slot in windows if slot.minutes == minutes])


class Row(NamedTuple):
    """One rule, in terms of the slot itself: it must lie inside one of the stretches, or else clear of them all."""

    obstacle: Obstacle
    user: UserId | None
    inside: bool
    stretches: Sequence[tuple[int, int]]

    def respected_by(self, slot: Interval) -> bool:
        """Touching is fine."""
        start, end = slot.start_minute, slot.end_minute
        if self.inside:
            return any(first <= start and end <= until for first, until in self.stretches)
        return not any(first < end and start < until for first, until in self.stretches)


def rows(question: Question) -> tuple[Row, ...]:
    """The table: each rule once, in the order in which obstacles are named."""
    programme, rules = question.programme, question.programme.rules
    now = first_whole_minute(question.now)
    zone, opens, closes = programme.time_zone, -FOREVER, FOREVER
    if programme.starts:
        opens = first_minute(zone, programme.starts)
    if programme.ends:
        closes = first_minute(zone, programme.ends + timedelta(days=1))
    return (
        Row(Obstacle.PAST, None, True, [(now, FOREVER)]),
        Row(Obstacle.NOTICE, None, True, [(now + rules.notice, FOREVER)]),
        Row(Obstacle.HORIZON, None, True, [(-FOREVER, now + rules.horizon_days * DAY)]),
        Row(Obstacle.PROGRAMME, None, True, [(opens, closes)]),
        *(row for side in question.sides for row in _rows_of(side, rules, question.moving)),
    )


def _rows_of(side: Side, rules: Rules, moving: Interval | None) -> Iterator[Row]:
    """One person's rules. The buffer widens what is taken, and so never shrinks the working hours."""
    user, seen, buffer = side.user, side.seen, rules.buffer
    held: tuple[Interval, ...] = tuple(each for each in side.held if each != moving)
    if not (isinstance(seen, Unconnected) and side.chosen_by_owner):
        yield Row(Obstacle.PAUSED, user, False, _pairs(side.paused))
        yield Row(Obstacle.HOLIDAY, user, False, _pairs(side.holidays))
        yield Row(Obstacle.HOURS, user, True, _pairs(side.working))
    yield Row(Obstacle.HELD, user, False, _pairs(held, buffer))
    if isinstance(seen, FreeBusy):
        busy = seen.blocked(tentative_is_busy=rules.tentative_is_busy)
        if moving:
            busy = subtract(busy, (moving,))
        yield Row(Obstacle.BUSY, user, False, _pairs(busy, buffer))
        yield Row(Obstacle.UNKNOWN, user, True, _pairs((seen.window,), -buffer))
    elif isinstance(seen, Unanswered) or (isinstance(seen, Unconnected) and not side.chosen_by_owner):
        yield Row(Obstacle.UNKNOWN, user, True, ())


def _pairs(stretches: Iterable[Interval], margin: int = 0) -> list[tuple[int, int]]:
    return [(each.start_minute - margin, each.end_minute + margin) for each in stretches]


def first_broken(table: Iterable[Row], slot: Interval) -> Blocked | None:
    for row in table:
        if not row.respected_by(slot):
            return Blocked(row.obstacle, row.user)
    return None


def _free(table: Iterable[Row], windows: Iterable[Interval]) -> Iterator[tuple[int, int]]:
    """The sweep: what of the windows every row leaves, in order and apart."""
    room = _pairs(windows)
    closed: list[tuple[int, int]] = []
    for row in table:
        if row.inside:
            room = list(_common(room, row.stretches))
        else:
            closed += row.stretches
    closed.sort()
    at, taken_until = 0, -FOREVER
    for first, end in room:
        start = max(first, taken_until)
        while at < len(closed) and closed[at][0] < end:
            if closed[at][0] > start:
                yield start, closed[at][0]
            start = max(start, closed[at][1])
            at += 1
        if start < end:
            yield start, end
        taken_until = start


def _common(these: Sequence[tuple[int, int]], those: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What lies in both; each in order and apart."""
    a = b = 0
    while a < len(these) and b < len(those):
        start, end = max(these[a][0], those[b][0]), min(these[a][1], those[b][1])
        if start < end:
            yield start, end
        if these[a][1] < those[b][1]:
            a += 1
        else:
            b += 1


def _on_step(question: Question, free: list[tuple[int, int]], minutes: int) -> Iterator[int]:
    """Starts on a step of the asker's wall clock with room for so many minutes; `free` is in order and apart."""
    if not free:
        return
    step = question.programme.rules.step
    parts = day_parts(question.zone, Interval(free[0][0], free[-1][1]))
    at = 0
    for first, end in free:
        start, last = first, end - minutes
        while start <= last:
            while parts[at].end <= start:
                at += 1
            part = parts[at]
            yield from range(start + (part.midnight - start) % step, min(last + 1, part.end), step)
            start = part.end


def _lasting(minutes: int, starts: list[int], odd: list[Interval]) -> tuple[Interval, ...]:
    if odd:
        starts = sorted({*starts, *(slot.start_minute for slot in odd)})
    return tuple(Interval(start, start + minutes) for start in starts)
