"""Which hours belong to which days: "Thu or Fri morning" is both mornings, "Thu morning or Fri afternoon" is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product

from .folding import joined
from .pieces import Choice, DayPiece, Days, DaySet, Folded, Hours, HourWords, Role, Word
from .sharing import shared
from .today import SOME_DAYS, Today
from .values import Doubt

WHOLE_DAY = Hours(0, 1440)
LATEST_EVENING, MORNING_ENDS, AFTERNOON_ENDS = 1440, 720, 1080
# "x" days then hours, "y" hours then days, "d" days alone, "h" hours alone
GROUP = re.compile(r"d*xh*|h*yd*|d+h+|h+d+|d+|h+")

HourSet = tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Every one of the days at every one of the hours."""

    days: tuple[Choice[DaySet], ...]
    hours: tuple[Choice[HourSet], ...]


@dataclass(slots=True)
class _Chunk:
    """What stands between two "or"s."""

    days: DayPiece | None = None
    hours: HourWords | None = None
    letter: str = ""

    def add(self, piece: DayPiece | HourWords) -> None:
        if isinstance(piece, DayPiece):
            self.days = joined(self.days, piece) if self.days else piece
            self.letter = self.letter or "d"
            self.letter = {"h": "y"}.get(self.letter, self.letter)
        else:
            self.hours = both_hours(self.hours, piece) if self.hours else piece
            self.letter = self.letter or "h"
            self.letter = {"d": "x"}.get(self.letter, self.letter)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The groups of a text, and the days it leaves out."""

    groups: list[Group]
    excluded: list[DayPiece]


def grouped(items: list[Folded], today: Today) -> Sorted:
    """The groups that were said. Hours without a day are asked about, unless any day will do."""
    chunks, excluded, unclear = _chunks(items)
    if unclear:
        return Sorted([Group((Choice((), Doubt.VAGUE, unclear),), ())], [])
    days = shared([chunk.days for chunk in chunks], [chunk.hours is not None for chunk in chunks])
    for chunk, day in zip(chunks, days, strict=True):
        chunk.days = day
    any_day = any(
        item.any_day if isinstance(item, HourWords) else isinstance(item, Word) and item.role == Role.ANY_DAY
        for item in items
    )
    groups = _groups(chunks, today, any_day)
    if excluded and not groups:
        groups = [Group((_some_days(today),), (Choice(((WHOLE_DAY,),)),))]
    return Sorted(groups, excluded)


def _chunks(items: list[Folded]) -> tuple[list[_Chunk], list[DayPiece], str]:
    """What stands between the "or"s; the days after "except"; and what is left out but cannot be told how."""
    chunks, excluded, excluding, unclear = [_Chunk()], list[DayPiece](), False, ""
    for before, item in zip([None, *items], items, strict=False):
        if isinstance(item, DayPiece) and excluding:
            excluded.append(item)
        elif isinstance(item, DayPiece | HourWords):
            if excluding and isinstance(before, DayPiece):  # "except Friday afternoon"
                unclear = f"{before.text} {item.text}"
            excluding = False
            if _limits_the_last(item, chunks, before):
                chunks.pop()
            chunks[-1].add(item)
        elif isinstance(item, Word):
            excluding = item.role == Role.EXCEPT or (excluding and item.role == Role.OR)
            if item.role == Role.OR:
                chunks.append(_Chunk())
    chunks = [chunk for chunk in chunks if chunk.letter]
    if not chunks and any(day.week for day in excluded):  # "not on Friday next week"
        unclear = excluded[0].text
    return chunks, excluded, unclear


def _limits_the_last(item: DayPiece | HourWords, chunks: list[_Chunk], before: Folded | None) -> bool:
    """ "Thursday morning, not before 9:30" is both at once, not the one or the other."""
    parted = isinstance(before, Word) and before.role == Role.OR and before.text != "or"
    limit = isinstance(item, HourWords) and item.is_limit
    return parted and limit and len(chunks) > 1 and not chunks[-1].letter and chunks[-2].hours is not None


def _groups(chunks: list[_Chunk], today: Today, any_day: bool) -> list[Group]:
    groups: list[Group] = []
    for run in GROUP.finditer("".join(chunk.letter for chunk in chunks)):
        members = chunks[run.start() : run.end()]
        days = tuple(chunk.days.choice for chunk in members if chunk.days)
        hours = tuple(chunk.hours.choice for chunk in members if chunk.hours)
        if not hours:
            hours = (_whole_day_or(groups[-1].hours if groups else ()),)
        if not days:
            days = groups[-1].days if groups else (_some_days(today) if any_day else _unsaid_day(hours, today),)
        groups.append(Group(days, hours))
    return groups


def _whole_day_or(before: tuple[Choice[HourSet], ...]) -> Choice[HourSet]:
    """ "Thu morning or Fri": all of Friday, or its morning?"""
    if not before:
        return Choice(((WHOLE_DAY,),))
    likewise = tuple(hours for choice in before for hours in choice.options[:1])
    return Choice(((WHOLE_DAY,), *likewise), Doubt.VAGUE, must_ask=True)


def _some_days(today: Today) -> Choice[DaySet]:
    return Choice(((Days(today.day, today.after(SOME_DAYS)),),))


def _unsaid_day(hours: tuple[Choice[HourSet], ...], today: Today) -> Choice[DaySet]:
    """ "3pm", "in the afternoon": of today, of tomorrow, or of any day?"""
    near = (Days.one(today.day),), (Days.one(today.after(1)),)
    options = (*near, *_some_days(today).options)
    given = all(each.exact for choice in hours for option in choice.options for each in option)
    return Choice(options if given else options[::-1], Doubt.WHICH_DAY, hours[0].words, must_ask=True)


# --------------------------------------------------------------------------------------- hours that limit each other


def both_hours(left: HourWords, right: HourWords) -> HourWords:
    """ "Thursday afternoon at 3", "after 10 before 12": both at once."""
    if left.part and not right.part:
        left, right = right, left
    text = f"{left.text} {right.text}"
    kept: list[HourSet] = []
    for some, other in product(left.choice.options, right.choice.options):
        together = tuple(
            hours for a in some for b in other if (hours := _within(a, b) if right.part else _common(a, b))
        )
        if len(together) == len(some) and together not in kept:
            kept.append(together)
    doubt = left.choice.doubt or right.choice.doubt
    if not kept:
        doubt = doubt if not (left.choice.options and right.choice.options) else Doubt.CONTRADICTION
    elif len(kept) == 1 and doubt != Doubt.VAGUE:
        doubt = None
    return HourWords(text, Choice(tuple(kept), doubt, text), left.part and right.part)


def _within(hours: Hours, part: Hours) -> Hours | None:
    """The hours in a part of the day: "7 in the morning" is before eight, but still in the morning."""
    start = 0 if part.start < MORNING_ENDS else part.start
    end = LATEST_EVENING if part.end > AFTERNOON_ENDS else part.end
    if not all(start <= mark <= end for mark in hours.marks):
        return None
    return hours if hours.exact or len(hours.marks) > 1 else _common(hours, part)


def _common(left: Hours, right: Hours) -> Hours | None:
    if left.exact or right.exact:
        given, other = (left, right) if left.exact else (right, left)
        inside = given == other or (not other.exact and other.start <= given.start < other.end)
        return given if inside else None
    start, end = max(left.start, right.start), min(left.end, right.end)
    return replace(left, start=start, end=end, marks=left.marks + right.marks) if start < end else None
