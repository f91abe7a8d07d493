"""Small words before and between days: "by Friday", "Monday to Wednesday", "the end of next week"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from .folding import joined
from .pieces import Choice, DayPiece, Days, DaySet, Folded, Role, Word
from .today import SOME_DAYS, WEEK, Today
from .values import Doubt

SHORTEST_SPAN = 5  # days that have a beginning, a middle and an end
_NEED_A_DAY = {
    *(Role.FROM, Role.BETWEEN, Role.AFTER, Role.BY, Role.BEFORE, Role.TO),
    *(Role.WEEK_OF, Role.EARLY, Role.MIDDLE, Role.LATE),
}


def bounded(items: list[Folded], today: Today) -> list[Folded]:
    """The items with small words folded into the days they stand before; one left without its day is unread."""
    out: list[Folded] = []
    at = 0
    while at < len(items):
        piece, used = _first_of(items[at:], today)
        out.append(piece)
        at += used
    return out


def _first_of(items: list[Folded], today: Today) -> tuple[Folded, int]:
    """The first of the items, folded with as many of the next as belong to it."""
    first, rest = items[0], items[1:]
    if isinstance(first, DayPiece):
        return _until_another(first, rest, (Role.TO,), 0)
    if not isinstance(first, Word) or first.role not in _NEED_A_DAY:
        return first, 1
    if not rest or not isinstance(day := rest[0], DayPiece):
        return _alone(first), 1
    if first.role in (Role.FROM, Role.BETWEEN):
        joining = (Role.TO,) if first.role == Role.FROM else (Role.OR, Role.TO)
        ranged, used = _until_another(day, rest[1:], joining, 1)
        if ranged is not day:
            return replace(ranged, text=f"{first.text} {ranged.text}"), used
        if first.role == Role.BETWEEN:
            return Word(first.text, Role.UNREAD), 1
    return _applied(first, day, today), 2


def _alone(word: Word) -> Word:
    if word.role in (Role.FROM, Role.BY, Role.TO):
        return replace(word, role=Role.TURNING if word.text not in ("to", "-") else Role.TO)
    return replace(word, role=Role.UNREAD)


def _until_another(first: DayPiece, rest: list[Folded], joining: tuple[Role, ...], used: int) -> tuple[DayPiece, int]:
    """ "Monday to Wednesday": both included."""
    if len(rest) < 2 or not isinstance(rest[0], Word) or rest[0].role not in joining:
        return first, used + 1
    last = rest[1]
    if not isinstance(last, DayPiece):
        return first, used + 1
    if first.bare and last.week:  # "Thursday to Friday next week"
        first = joined(first, last.week)
    ranges: list[DaySet] = []
    for one, other in product(first.choice.options, last.choice.options):
        start, end = one[0].start, other[-1].end
        if last.bare:  # the next such day from the first on
            end = start + timedelta(days=(end - timedelta(days=1) - start).days % WEEK + 1)
        if start < end:
            ranges.append((Days(start, end),))
    text = f"{first.text} {rest[0].text} {last.text}"
    options = tuple(dict.fromkeys(ranges))
    must_ask = first.choice.must_ask or (last.choice.must_ask and not last.bare)
    doubt = first.choice.doubt or last.choice.doubt or (None if options else Doubt.CONTRADICTION)
    choice = Choice(options, doubt if len(options) != 1 or must_ask else None, text, must_ask and doubt is not None)
    return DayPiece(text, choice, from_today=first.from_today or last.from_today), used + 3


def _applied(word: Word, day: DayPiece, today: Today) -> Folded:
    text = f"{word.text} {day.text}"
    if word.role == Role.TO and word.text not in ("until", "till"):
        return day  # "move it to Friday"
    if word.role == Role.WEEK_OF and any(len(days[0].each) > 1 for days in day.choice.options):
        return Word(text, Role.UNREAD)  # "the second week of December"
    if word.role in (Role.EARLY, Role.MIDDLE, Role.LATE):
        return day if f"{word.text} {day.name}" == "later today" else _some_of(word, day)
    every: dict[DaySet, None] = dict.fromkeys((_bounds(word.role, days, today),) for days in day.choice.options)
    options = tuple(days for days in every if days[0].start < days[0].end)
    doubt = day.choice.doubt or (None if options else Doubt.PAST)
    doubt = doubt if len(options) != 1 or day.choice.must_ask else None
    choice = Choice(options, doubt, text, day.choice.must_ask)
    return DayPiece(text, choice, from_today=day.from_today, bounded=word.role != Role.WEEK_OF)


def _bounds(role: Role, days: DaySet, today: Today) -> Days:
    start, end = days[0].start, days[-1].end
    if role == Role.FROM:
        return Days(start, start + timedelta(days=SOME_DAYS))
    if role == Role.AFTER:
        return Days(end, end + timedelta(days=SOME_DAYS))
    if role == Role.WEEK_OF:
        return Days.week_of(start)
    return Days(today.day, start if role == Role.BEFORE else end)


def _some_of(word: Word, day: DayPiece) -> Folded:
    """The beginning, middle or end of a week or month: never clear, so two readings are offered."""
    text = f"{word.text} {day.text}"
    options: list[DaySet] = []
    for days in day.choice.options:
        each = days[0].each[:5] if len(days[0].each) == WEEK else days[0].each  # of a week, its working days
        if len(days) > 1 or len(each) < SHORTEST_SPAN:
            return Word(text, Role.UNREAD)
        few, more = max(1, len(each) // 5), max(2, len(each) // 3 + 1)
        options += [(_stretch(each, word.role, length),) for length in (more, few)]
    return DayPiece(text, Choice(tuple(options), Doubt.VAGUE, text, must_ask=True))


def _stretch(each: tuple[date, ...], role: Role, length: int) -> Days:
    start = {Role.EARLY: 0, Role.MIDDLE: (len(each) - length) // 2}.get(role, len(each) - length)
    return Days(each[start], each[start + length - 1] + timedelta(days=1))
