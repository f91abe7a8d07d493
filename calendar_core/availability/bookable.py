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
NOTHING = (FOREVER, FOREVER)


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
    room, exact = _asked(windows, minutes)
    return _listing(question, rows(question), room, exact, minutes)


def slots_with_each(
    question: Question, pool: Iterable[Side], windows: Iterable[Interval], minutes: int
) -> Iterator[tuple[Interval, ...]]:
    """What `slots` would give with each side of a pool added to the question, one after the other."""
    table, (room, exact) = rows(question), _asked(windows, minutes)
    room = _free(table, room)
    exact = [slot for slot in exact if not first_broken(table, slot)]
    for side in pool:
        yield _listing(question, _rows_of(side, question.programme.rules, question.moving), room, exact, minutes)


def candidates(question: Question, windows: Iterable[Interval], minutes: int) -> tuple[Interval, ...]:
    """Every slot of so many minutes that may be listed at all: it lies inside a window and starts on a step, counted
    by the asker's wall clock from local midnight (so on the hour also in Kathmandu). A window exactly as long as the
    session is one candidate, whatever its start ("3:10 pm"); other windows that touch are one window."""
    room, exact = _asked(windows, minutes)
    return _lasting(minutes, _on_step(question, room, minutes), exact)


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
    if not side.chosen_by_owner:
        if side.paused:
            yield Row(Obstacle.PAUSED, user, False, _pairs(side.paused))
        if side.holidays:
            yield Row(Obstacle.HOLIDAY, user, False, _pairs(side.holidays))
        yield Row(Obstacle.HOURS, user, True, _pairs(side.working))
    if side.held:
        yield Row(Obstacle.HELD, user, False, _pairs((each for each in side.held if each != moving), buffer))
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


def _asked(windows: Iterable[Interval], minutes: int) -> tuple[list[tuple[int, int]], list[Interval]]:
    """The windows with some room in them, and those that are a slot by themselves."""
    windows = tuple(windows)
    exact = [window for window in windows if window.minutes == minutes]
    return _pairs(merge(window for window in windows if window.minutes != minutes)), exact


def _listing(
    question: Question, table: Iterable[Row], room: list[tuple[int, int]], exact: list[Interval], minutes: int
) -> tuple[Interval, ...]:
    if exact:
        table = tuple(table)
    starts = _on_step(question, _free(table, room), minutes)
    return _lasting(minutes, starts, [slot for slot in exact if not first_broken(table, slot)])


def _free(table: Iterable[Row], room: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sweep: what of the room every row leaves; both in order and apart."""
    closed: list[tuple[int, int]] = []
    for row in table:
        if row.inside:
            room = _common(room, row.stretches)
            if not room:
                return []  # before a generator of rows goes to the trouble of the others
        else:
            closed += row.stretches
    closed.sort()
    closed.append(NOTHING)
    free: list[tuple[int, int]] = []
    following = iter(closed)
    taken_from, until = next(following)
    taken_until = -FOREVER
    for first, end in room:  # no calls in here: a pool of a thousand comes by a hundred thousand times
        start = first if first > taken_until else taken_until  # noqa: FURB136
        while taken_from < end:
            if taken_from > start:
                free.append((start, taken_from))
            if until > start:  # noqa: PLR1730
                start = until
            taken_from, until = next(following)
        if start < end:
            free.append((start, end))
        taken_until = start
    return free


def _common(these: list[tuple[int, int]], those: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What lies in both; each in order and apart."""
    if these and len(those) == 1 and those[0][0] <= these[0][0] and these[-1][1] <= those[0][1]:
        return these  # most rules that hold a slot inside one stretch hold everything inside it
    common: list[tuple[int, int]] = []
    left, right = iter(these), iter(those)
    first, until = next(left, NOTHING)
    start, end = next(right, NOTHING)
    while first < FOREVER and start < FOREVER:
        later = first if first > start else start  # noqa: FURB136
        if until < end:
            if later < until:
                common.append((later, until))
            first, until = next(left, NOTHING)
        else:
            if later < end:
                common.append((later, end))
            start, end = next(right, NOTHING)
    return common


def _on_step(question: Question, free: list[tuple[int, int]], minutes: int) -> list[int]:
    """Starts on a step of the asker's wall clock with room for so many minutes; `free` is in order and apart."""
    if not free:
        return []
    step = question.programme.rules.step
    parts = day_parts(question.zone, Interval(free[0][0], free[-1][1]))
    starts: list[int] = []
    at = 0
    for first, end in free:
        start, last = first, end - minutes
        while start <= last:
            while parts[at].end <= start:
                at += 1
            part = parts[at]
            starts += range(start + (part.midnight - start) % step, min(last + 1, part.end), step)
            start = part.end
    return starts


def _lasting(minutes: int, starts: list[int], exact: list[Interval]) -> tuple[Interval, ...]:
    if exact:
        starts = sorted({*starts, *(slot.start_minute for slot in exact)})
    return tuple(map(Interval, starts, [start + minutes for start in starts]))
