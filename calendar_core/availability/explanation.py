"""Why nothing fits, and the smallest changes that would help. A partner's reasons never leave this file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from calendar_core.interval import Interval, first_whole_minute, intersect, merge
from calendar_core.wall_clock import DAY, wall_minute

from .bookable import Obstacle, Question, candidates, first_broken, rows, slots
from .free_busy import FreeBusy
from .side import Side, stretched

STRETCHES = (60, 120)  # minutes by which the asker's day may grow at either end


@dataclass(frozen=True, slots=True)
class ShorterSession:
    """Another of the programme's lengths."""

    minutes: int
    slots: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class EarlierStart:
    """The asker's own hours begin so many minutes earlier; that is `from_wall` minutes after midnight on the day of
    the first of the slots."""

    by: int
    from_wall: int
    slots: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class LaterEnd:
    """The asker's own hours end so many minutes later; `until_wall` minutes after midnight, as above."""

    by: int
    until_wall: int
    slots: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class LookFurther:
    """So many days from now on, whatever days were asked for. `slots` is None where no calendar was asked so far."""

    days: int
    slots: tuple[Interval, ...] | None


Relaxation = ShorterSession | EarlierStart | LaterEnd | LookFurther


@dataclass(frozen=True, slots=True)
class Explanation:
    """Counts are of starts that were asked for, each under its first obstacle.

    `own`: the clock's, the programme's and the asker's own obstacles, by name. Of the others only this: so many
    starts are `not_free_for_both`, and of so many nobody knows (`unknown`), because a calendar is silent or missing.
    `common_hours` is False if the hours of all never overlap long enough for a session, whatever the calendars say.
    `first_by_notice` is the first start that the programme's notice allows, an epoch minute.
    `relaxations`, the smallest first: of each kind the least that creates a time at which all are free.
    """

    own: Mapping[Obstacle, int]
    not_free_for_both: int
    unknown: int
    common_hours: bool
    first_by_notice: int
    relaxations: tuple[Relaxation, ...]


def explain(question: Question, windows: Iterable[Interval], minutes: int) -> Explanation:
    """For an asker to whom `slots` has nothing to offer. Each side's `working` should span the whole horizon."""
    windows = tuple(windows)
    asker, table = question.sides[0].user, rows(question)
    own: Counter[Obstacle] = Counter()
    others: Counter[Obstacle] = Counter()
    for slot in candidates(question, windows, minutes):
        if blocked := first_broken(table, slot):
            (own if blocked.user in (None, asker) else others)[blocked.obstacle] += 1
    unknown = others.pop(Obstacle.UNKNOWN, 0)
    allowed = first_whole_minute(question.now) + question.programme.rules.notice
    return Explanation(
        own=dict(own),
        not_free_for_both=others.total(),
        unknown=unknown,
        common_hours=_common_hours(question, minutes),
        first_by_notice=candidates(question, [Interval(allowed, allowed + DAY + minutes)], minutes)[0].start_minute,
        relaxations=_relaxations(question, windows, minutes),
    )


def _common_hours(question: Question, minutes: int) -> bool:
    """Holidays and pauses pass; hours that never meet do not."""
    hours = (merge((*side.working, *side.holidays, *side.paused)) for side in question.sides)
    shortest = min(minutes, *question.programme.rules.lengths)
    return any(stretch.minutes >= shortest for stretch in reduce(intersect, hours))


def _relaxations(question: Question, windows: Sequence[Interval], minutes: int) -> tuple[Relaxation, ...]:
    """Of each kind the least that helps."""
    kinds = (
        _shorter(question, windows, minutes),
        _earlier(question, windows, minutes),
        _later(question, windows, minutes),
        _further(question, windows, minutes),
    )
    helpful = (next((each for each in kind if each.slots is None or each.slots), None) for kind in kinds)
    return tuple(sorted((each for each in helpful if each), key=lambda each: _asks(each, minutes)))


def _asks(relaxation: Relaxation, minutes: int) -> int:
    """How much it asks of people, in minutes: of a session, of the asker's day, of waiting."""
    match relaxation:
        case ShorterSession():
            return minutes - relaxation.minutes
        case EarlierStart() | LaterEnd():
            return relaxation.by
        case LookFurther():
            return relaxation.days * DAY


def _shorter(question: Question, windows: Sequence[Interval], minutes: int) -> Iterator[ShorterSession]:
    for length in sorted(question.programme.rules.lengths, reverse=True):
        if length < minutes:
            yield ShorterSession(length, slots(question, windows, length))


def _earlier(question: Question, windows: Sequence[Interval], minutes: int) -> Iterator[EarlierStart]:
    for by in STRETCHES:
        asker = stretched(question.sides[0], question.zone, earlier=by)
        if found := slots(_asked_by(asker, question), windows, minutes):
            yield EarlierStart(by, wall_minute(question.zone, _around(found[0], asker).start_minute) % DAY, found)


def _later(question: Question, windows: Sequence[Interval], minutes: int) -> Iterator[LaterEnd]:
    for by in STRETCHES:
        asker = stretched(question.sides[0], question.zone, later=by)
        if found := slots(_asked_by(asker, question), windows, minutes):
            yield LaterEnd(by, wall_minute(question.zone, _around(found[0], asker).end_minute - 1) % DAY + 1, found)


def _further(question: Question, windows: Sequence[Interval], minutes: int) -> Iterator[LookFurther]:
    """The whole of the first look, of one twice as long, of the horizon: those that go beyond what was asked."""
    seen = [side.seen.window.end_minute for side in question.sides if isinstance(side.seen, FreeBusy)]
    if len(seen) < len(question.sides):
        return  # what is not known today is not known of other days either
    rules, now = question.programme.rules, first_whole_minute(question.now)
    asked = max((window.end_minute for window in windows), default=now)
    known = min(seen) - rules.buffer
    for days in sorted({rules.look_ahead_days, min(2 * rules.look_ahead_days, rules.horizon_days), rules.horizon_days}):
        end = now + days * DAY
        if asked < end:
            yield LookFurther(days, slots(question, [Interval(now, end)], minutes) if end <= known else None)


def _asked_by(asker: Side, question: Question) -> Question:
    return replace(question, sides=(asker, *question.sides[1:]))


def _around(slot: Interval, side: Side) -> Interval:
    """The stretch of working time a bookable slot lies in."""
    return next(stretch for stretch in side.working if stretch.covers(slot))
