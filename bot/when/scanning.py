"""A text into pieces: at each place the longest phrase that is known, else one word."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from . import english_words as words
from .english import DAYS, MONTHS, NAMELIKE_MONTHS, NUMBERS, WEEKDAYS
from .hours import RULES as HOUR_RULES
from .hours import hour_words
from .lengths import RULES as LENGTH_RULES
from .lengths import SOON_RULES, length_words, soon_words
from .patterns import patterns
from .pieces import DayWords, HourWords, Piece, Role, Word
from .text import small
from .zones import Beside, zone_words

Maker = Callable[[str, re.Match[str]], Piece]


def _day_words(name: str, found: re.Match[str]) -> Piece:
    if found[0] in NAMELIKE_MONTHS:
        return Word(found[0], Role.UNREAD)
    return DayWords(found[0], name, found)


def _role(name: str, found: re.Match[str]) -> Piece:
    return Word(found[0], Role(name))


# Where two are equally long, the earlier one is meant.
RULES: list[tuple[str, re.Pattern[str], Maker]] = [
    *((name, phrase, _day_words) for name, phrase in patterns(DAYS)),
    *((name, phrase, hour_words) for name, phrase in HOUR_RULES),
    *((name, phrase, length_words) for name, phrase in LENGTH_RULES),
    *((name, phrase, soon_words) for name, phrase in SOON_RULES),
    *((name, phrase, _role) for name, phrase in patterns(words.ROLES)),
]
_NAMED = re.compile(r"\(\?P<\w+>")
_HANDFUL = 12
HANDFULS = [  # of rules, each with one pattern that tells whether any of them fits: most do not, at most places
    (re.compile("|".join(_NAMED.sub("(?:", phrase.pattern) for _, phrase, _ in some)), some)
    for some in (RULES[at : at + _HANDFUL] for at in range(0, len(RULES), _HANDFUL))
]
_WORD = re.compile(r"<[^<> ]*>|[^\W\d_][\w'.@-]*\w|\w+(?:[.,:/]\d+)*\w*|\S")
_LATIN = re.compile(r"[\x00-\u024f\u1e00-\u1eff\W\d_]*")
_SHORTEST_MISSPELT = 5

KNOWN = {*words.TIME_LIKE, *words.OTHER_LANGUAGES, *WEEKDAYS, *MONTHS, *NUMBERS} - words.LINKS


def _with_one_letter_less(word: str) -> set[str]:
    return {word[:n] + word[n + 1 :] for n in range(len(word))}


_SPELT = {
    word for word in (*WEEKDAYS, *MONTHS, "tomorrow", "today", "morning", "afternoon", "evening") if len(word) >= 5
}
_NEARLY_SPELT = {short for word in _SPELT for short in _with_one_letter_less(word)}


def pieces(shown: str, named: Sequence[tuple[int, int]]) -> list[Piece]:
    """The pieces of plain text, in order. named: where people are named, which is never time."""
    text = small(shown)
    found: list[Piece] = []
    at, people = 0, list(named)
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        while people and people[0][0] < at:
            people.pop(0)
        if people and people[0][0] == at:
            piece: Piece = Word(text[at : people[0][1]], Role.OTHER)
        else:
            piece = _piece(text[: people[0][0]] if people else text, at, _beside(found))
        end = at + len(piece.text)
        found.append(replace(piece, shown=shown[at:end]) if isinstance(piece, Word) else piece)
        at = end
    return found


def _beside(found: list[Piece]) -> Beside:
    """What the next piece stands beside; a comma does not part them."""
    before = next((piece for piece in reversed(found) if piece.text != ","), None)
    if isinstance(before, HourWords) and not before.part:
        return Beside.TIME
    return Beside.DAY if isinstance(before, HourWords | DayWords) else Beside.NOTHING


def _piece(text: str, at: int, beside: Beside) -> Piece:
    if zone := zone_words(text, at, beside):
        return zone
    longest: tuple[int, str, re.Match[str], Maker] | None = None
    likely = (rule for any_of_them, rules in HANDFULS if any_of_them.match(text, at) for rule in rules)
    for name, phrase, make in likely:
        found = phrase.match(text, at)
        if found and (longest is None or found.end() > longest[0]):
            longest = found.end(), name, found, make
    if longest:
        return longest[3](longest[1], longest[2])
    if text[at] in words.PUNCTUATION:
        return Word(text[at], Role(words.PUNCTUATION[text[at]]))
    word = found[0] if (found := _WORD.match(text, at)) else text[at]
    return Word(word, _meaning(word))


def _meaning(word: str) -> Role:
    if word in words.LINKS:
        return Role.LINK
    if word[0] == "<":  # a mention, in a chat's own spelling
        return Role.OTHER
    if word in words.TURNING or word in words.TURNING_BESIDE:
        return Role.TURNING
    if any(c.isdigit() for c in word) or not _LATIN.fullmatch(word):
        return Role.UNREAD
    parts = {word, *re.split("['-]", word)}
    about_time = parts & KNOWN or word.endswith(words.TIME_ENDINGS) or any(map(_misspelt, parts))
    return Role.UNREAD if about_time else Role.OTHER


def _misspelt(word: str) -> bool:
    """One letter too many, too few, wrong or swapped in a long time word."""
    if len(word) < _SHORTEST_MISSPELT:
        return False
    shorter = _with_one_letter_less(word)
    return word in _NEARLY_SPELT or bool(shorter & _SPELT) or bool(shorter & _NEARLY_SPELT)
