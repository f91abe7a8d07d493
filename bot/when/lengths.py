"""How long: "30 min", "an hour and a half", "1h30" in minutes."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from .english import NUMBERS
from .english_hours import LENGTHS
from .patterns import patterns
from .pieces import LengthWords, SoonWords

LONGEST = 8 * 60  # minutes; a programme sets its own lengths below this
MOST_DIGITS = 6  # beyond, it is no length anyway, and int() would take its time


def _amount(words: str, each: int) -> Fraction:
    """So many times each, in minutes; nothing for an absurd number."""
    if words in NUMBERS:
        return Fraction(NUMBERS[words] * each)
    return Fraction(words.replace(",", ".")) * each if len(words) <= MOST_DIGITS else Fraction(0)


def _minutes(found: re.Match[str]) -> Fraction:
    return -Fraction(1) if found["minus"] else _amount(found["minutes"], 1)


def _hours(found: re.Match[str]) -> Fraction:
    groups = found.groupdict()
    if groups.get("minus"):
        return -Fraction(1)
    return _amount(found["hours"], 60) + _amount(groups.get("minutes") or "0", 1)


MEANINGS: dict[str, Callable[[re.Match[str]], Fraction]] = {
    "minutes": _minutes,
    "hours": _hours,
    "half an hour": lambda _: Fraction(30),
    "and a half": lambda found: _amount(found["hours"], 60) + 30,
    "and a quarter": lambda found: _amount(found["hours"], 60) + 15,
    "quarters": lambda found: Fraction(45 if found.groupdict().get("three") else 15),
    "one or the other": lambda _: Fraction(0),
}
RULES = patterns(LENGTHS, before="(?:for )?")
SOON_RULES = [*patterns(LENGTHS, before="in "), *patterns(LENGTHS, after=" from now")]


def length_words(name: str, found: re.Match[str]) -> LengthWords:
    """A length, or None in it when that is no length of a session."""
    minutes = MEANINGS[name](found)
    whole = minutes.denominator == 1 and 1 <= minutes <= LONGEST
    return LengthWords(found[0], int(minutes) if whole else None)


def soon_words(name: str, found: re.Match[str]) -> SoonWords | LengthWords:
    """A start so long from now; what is not a proper length is asked about like one."""
    length = length_words(name, found)
    return length if length.minutes is None else SoonWords(found[0], length.minutes)
