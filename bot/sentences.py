"""Every sentence and button name, in English, and what may be filled in. Other languages are catalogues keyed by these.

In braces: a named field, and after a colon its form ("{when:long}"; "{count:# time|# times}" chooses by number).
`**` and `*` mark emphasis; a chat draws it in its own way and plain text leaves it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import UNIQUE, StrEnum, verify
from typing import TypeAlias

from calendar_core.interval import Interval


@verify(UNIQUE)
class Words(StrEnum):
    """Name and English text of each."""

    # buttons
    NUMBER = "{number}"
    BOOK_AT = "Book {when:time}"
    SEE_BOTH_CALENDARS = "See both calendars"
    MORE = "More"
    NEXT = "Next"
    DAY = "Day"
    WEEK = "Week"
    ASK = "Ask {name}"
    TRY_AGAIN = "Try again"
    CONTACT = "Contact"
    WHY = "Why?"
    PLAIN_TIMES = "Plain times"
    SHOW_MY_FREE_TIMES = "Show my free times"
    USE_MINUTES = "Use {minutes} min"
    FROM_TIME = "From {time}"
    LOOK_AHEAD = "Look {weeks:# week|# weeks} ahead"
    LOOKS_GOOD = "Looks good"
    CANNOT_MAKE_IT = "Cannot make it"
    OFFER_OTHER_TIMES = "Offer other times"
    NOT_NOW = "Not now"
    NO_MORE_FROM = "No more from this person"


@dataclass(frozen=True, slots=True)
class Across:
    """A time shown by the reader's clock, with `zone`'s (the partner's) in brackets where it differs."""

    when: Interval
    zone: str


@dataclass(frozen=True, slots=True)
class WallTime:
    """A time of day without a date, in minutes from midnight."""

    minute: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Which words, and what is filled in. Strings are shown as plain text whatever they contain."""

    words: Words
    fields: tuple[tuple[str, Field], ...] = ()


Field: TypeAlias = "str | int | date | datetime | Interval | Across | WallTime | Sentence | tuple[str | Sentence, ...]"


def sentence(words: Words, /, **fields: Field) -> Sentence:
    """Reads like the sentence: `sentence(Words.ASK, name="Sam")`."""
    return Sentence(words, tuple(fields.items()))
