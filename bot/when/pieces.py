"""What a text falls into before it means anything together: days, hours, lengths, zones, and words between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from .values import Doubt

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Generic[Meaning]):
    """What some words may mean, the likeliest first. None at all: they mean nothing that can be."""

    options: tuple[Meaning, ...]
    doubt: Doubt | None = None
    words: str = ""
    must_ask: bool = False  # even if the clock leaves one option only


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days [start, end) in somebody's calendar."""

    start: date
    end: date

    @classmethod
    def one(cls, day: date) -> Days:
        return cls(day, day + timedelta(days=1))

    @classmethod
    def week_of(cls, day: date) -> Days:
        """Its Monday to Sunday."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=7))

    @property
    def each(self) -> tuple[date, ...]:
        return tuple(self.start + timedelta(days=n) for n in range((self.end - self.start).days))


DaySet = tuple[Days, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes [start, end) of a day; exact: a start that was given, and no end."""

    start: int
    end: int
    exact: bool = False
    marks: tuple[int, ...] = ()  # the times of day that were said


@dataclass(frozen=True, slots=True)
class DayWords:
    text: str
    name: str  # in DAYS
    found: re.Match[str]


@dataclass(frozen=True, slots=True)
class HourWords:
    text: str
    choice: Choice[tuple[Hours, ...]]
    part: bool = False  # a part of the day, which also tells which half a bare "3" means
    any_day: bool = False  # "mornings", "any morning"

    @property
    def is_limit(self) -> bool:
        """ "after 3pm", "before noon"."""
        every = [each for option in self.choice.options for each in option]
        return bool(every) and all(not each.exact and len(each.marks) == 1 for each in every)


@dataclass(frozen=True, slots=True)
class LengthWords:
    text: str
    minutes: int | None  # None: not one length between a minute and eight hours


@dataclass(frozen=True, slots=True)
class SoonWords:
    """ "in two hours": a start counted from now."""

    text: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ZoneWords:
    text: str
    zone: str | None  # None: the speaker's own
    offset: int | None = None  # minutes east of UTC, when the words say so ("EST")


class Role(StrEnum):
    """What a small word does between the others."""

    OR = "or"
    TO = "to"
    BETWEEN = "between"
    FROM = "from"
    AFTER = "after"
    BY = "by"
    BEFORE = "before"
    WEEK_OF = "week of"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    EXCEPT = "except"
    ANY_DAY = "any day"
    NOTHING = "nothing"
    LINK = "link"  # "on", "at": gone with the time word it stands before
    OTHER = "other"  # not about time
    PLACE = "place"  # may name a zone: "Berlin 3pm"
    TURNING = "turning"  # turns what is said round: "cannot", "unless"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    role: Role
    shown: str = ""  # as it was typed


Piece = DayWords | HourWords | LengthWords | SoonWords | ZoneWords | Word


class WeekSaid(StrEnum):
    """How a weekday was given its week."""

    AFTER = "Thursday next week"
    BEFORE = "next week Thursday"
    NEXT = "next Thursday"
    DATE = "Thursday 3 Dec"


@dataclass(frozen=True, slots=True)
class DayPiece:
    """Days that were said, resolved."""

    text: str
    choice: Choice[DaySet]
    weekday: int | None = None  # said alone, so that a date or a week may say which
    name: str = ""  # in DAYS
    from_today: bool = False  # counted from the speaker's own day
    bounded: bool = False  # "by Friday", "from Monday"
    bare: bool = False  # a weekday without so much as a "next"
    week: DayPiece | None = None  # the week said with the weekday
    week_said: WeekSaid | None = None


Folded = Piece | DayPiece
