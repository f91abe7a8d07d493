"""Day words, resolved; those that belong together as one: "Tuesday 24 Nov", "Thursday next week"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

from .days import FROM_TODAY, meaning
from .english import WEEKDAYS
from .pieces import Choice, DayPiece, Days, DaySet, DayWords, Folded, Piece, WeekSaid, Word
from .today import WEEK, Today, sure
from .values import Doubt

DATED = {"a date", "a day of the month", "year first", "day first", "slashes"}
SPANS = {"a week", "a numbered week", "a month", "the next days"}


def folded(pieces: list[Piece], today: Today) -> list[Folded]:
    """The pieces with all day words resolved, neighbours joined."""
    out: list[Folded] = []
    for piece in pieces:
        out.append(_resolved(piece, today) if isinstance(piece, DayWords) else piece)
        _join_neighbours(out)
    return out


def _resolved(words: DayWords, today: Today) -> DayPiece:
    choice = replace(meaning(words, today), words=words.text)
    weekday = WEEKDAYS[words.found["weekday"]] if words.name == "a weekday" else None
    piece = DayPiece(words.text, choice, weekday, words.name, from_today=words.name in FROM_TODAY)
    which = words.found["which"] if weekday is not None else "none"
    if which == "next":
        return replace(piece, week=DayPiece("next week", sure(today.week(1))), week_said=WeekSaid.NEXT)
    return replace(piece, bare=which is None)


def _join_neighbours(out: list[Folded]) -> None:
    """ "Tuesday 24 Nov", "Tue, 24 Nov", "next week, Thursday": the last two day pieces are one."""
    last = out[-1]
    if not isinstance(last, DayPiece) or len(out) < 2:
        return
    comma = isinstance(out[-2], Word) and out[-2].text == ","
    before = out[-3] if comma and len(out) > 2 else out[-2]
    if not isinstance(before, DayPiece):
        return
    kinds = {before.name, last.name}
    if comma and (before.week or not ("a weekday" in kinds and kinds & (DATED | SPANS))):
        return
    del out[-3 if comma else -2 :]
    out.append(joined(before, last))


def joined(left: DayPiece, right: DayPiece) -> DayPiece:
    """Both at once."""
    weekday_first = left.weekday is not None
    if left.weekday is None and right.weekday is not None:
        left, right = right, left
    text = f"{left.text} {right.text}"
    dated = left.weekday is not None and right.weekday is None
    pairs = product(left.choice.options[:1] if dated else left.choice.options, right.choice.options)
    every = (_weekdays(left.weekday, other) if dated else _common(one, other) for one, other in pairs)
    both = tuple(dict.fromkeys(days for days in every if days))
    doubt = right.choice.doubt or (None if dated else left.choice.doubt)
    if both:
        must = right.choice.must_ask and doubt is not None
        choice = Choice(both, doubt if len(both) > 1 or must else None, text, must)
    elif not (left.choice.options and right.choice.options):
        choice = Choice((), left.choice.doubt or right.choice.doubt, text)
    else:
        choice = Choice(_either_of(left, right), Doubt.CONTRADICTION, text, must_ask=True)
    both_days = DayPiece(text, choice, name=right.name, from_today=left.from_today or right.from_today)
    if not dated:
        return both_days
    if right.name in SPANS:
        return replace(both_days, week=right, week_said=WeekSaid.AFTER if weekday_first else WeekSaid.BEFORE)
    return replace(both_days, week=_week_of(right), week_said=WeekSaid.DATE)


def _week_of(date: DayPiece) -> DayPiece:
    weeks: tuple[DaySet, ...] = tuple((Days.week_of(days[0].start),) for days in date.choice.options)
    return DayPiece(date.text, Choice(weeks, date.choice.doubt, date.text))


def _weekdays(weekday: int | None, days: DaySet) -> DaySet:
    return tuple(Days.one(day) for some in days for day in some.each if day.weekday() == weekday)


def _common(left: DaySet, right: DaySet) -> DaySet:
    shared = ((max(a.start, b.start), min(a.end, b.end)) for a in left for b in right)
    return tuple(Days(start, end) for start, end in shared if start < end)


def _either_of(left: DayPiece, right: DayPiece) -> tuple[DaySet, ...]:
    """What may have been meant: the date, or the weekday nearest to it before or after."""
    dates = right.choice.options[0]
    if left.weekday is None or right.weekday is not None:
        return (dates, left.choice.options[0])
    day = dates[0].start
    after = day + timedelta(days=(left.weekday - day.weekday()) % WEEK)
    return (dates, (Days.one(after - timedelta(days=WEEK)),), (Days.one(after),))
