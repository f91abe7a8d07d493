"""What was read from somebody's words: windows, a length, and what must be asked first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Window:
    """[start, end), aware, in the zone it was read in. A session lies wholly inside."""

    start: datetime
    end: datetime


class Doubt(StrEnum):
    """Why something must be asked before the words may be acted on."""

    WHICH_DAY = "which day"  # "next Thursday" on a Monday; "3pm" without a day
    WHICH_HALF = "which half"  # "at 3": in the night or in the afternoon
    WHICH_ZONE = "which zone"  # "EST" in summer
    DAY_OR_MONTH = "day or month"  # "11/12"
    NO_SUCH_DATE = "no such date"  # "31 Nov"
    NO_SUCH_TIME = "no such time"  # "25:00", or the hour skipped when clocks change
    TWICE = "twice"  # the hour repeated when clocks change
    PAST = "past"
    CONTRADICTION = "contradiction"  # "Tuesday 24 Dec", which is a Thursday
    LENGTH = "length"  # none, too long, or two different ones
    VAGUE = "vague"  # "end of next week", "midnight on Friday"
    TOO_LONG = "too long"  # the text itself


@dataclass(frozen=True, slots=True)
class Ask:
    """A question for the speaker. Each alternative is a whole answer: it would replace Reading.windows."""

    doubt: Doubt
    words: str  # the speaker's words it is about
    alternatives: tuple[tuple[Window, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of one text. While questions or unread is not empty, windows is only the likeliest reading."""

    windows: tuple[Window, ...]  # empty: no time words
    minutes: int | None  # the length asked
    exact: bool  # every window is a start that was given ("3pm"), for the length asked
    zone: str  # the IANA zone it was read in: one that was named, else the speaker's
    questions: tuple[Ask, ...]
    rest: str  # the words that are not about time, without fillers
    unread: tuple[str, ...]  # words about time that were not understood
