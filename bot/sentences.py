"""A sentence to be said: which words, and the facts to be filled in. The words and the filling are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from calendar_core.interval import Interval
from calendar_core.people import WeeklyHours

from .words import Text


@dataclass(frozen=True, slots=True)
class Across:
    """A time shown by the reader's clock, with `zone`'s (the partner's) in brackets where it differs."""

    when: Interval
    zone: str


@dataclass(frozen=True, slots=True)
class CityOf:
    """An IANA zone, as people call it: by its city."""

    zone: str


@dataclass(frozen=True, slots=True)
class WallTime:
    """A time of day without a date, in minutes from midnight."""

    minute: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Which words, and what is filled in. Strings are shown as plain text whatever they contain."""

    words: Text
    fields: tuple[tuple[str, Field], ...] = ()


Field: TypeAlias = (
    "str | int | date | datetime | Interval | Across | CityOf | WallTime | WeeklyHours | Sentence | tuple[Field, ...]"
)


def sentence(words: Text, /, **fields: Field) -> Sentence:
    """Reads like the sentence: `sentence(Words.ASK, name="Sam")`."""
    return Sentence(words, tuple(fields.items()))
