"""Typed words -> Command, by the table of phrases.

Words that are not understood lead to a question, never to a guess.
"""

from __future__ import annotations

import re
import unicodedata

from bot.commands import Command, Help, NotUnderstood, NumberTyped

from .connecting import code_in
from .phrase import Speaker
from .table import GRAMMAR
from .times import times_alone
from .titles import in_english

LONGEST = 2_000


def parse(text: str, speaker: Speaker) -> Command:
    """The one meaning of the words; NotUnderstood where there is none, AskBack where something is left open."""
    if len(text) > LONGEST:
        return NotUnderstood(text[:LONGEST])
    words = _unwrapped(text)
    if not words:
        return Help()
    command = _meant(words, speaker)
    if command is None and (english := in_english(words)):  # once: a title may be an English word itself
        command = _meant(english, speaker)
    return command or times_alone(words, speaker) or NotUnderstood(text)


def _meant(words: str, speaker: Speaker) -> Command | None:
    code = code_in(words)
    if code is not None:
        return code
    number = _number(words)
    if number is not None:
        return NumberTyped(number)
    for phrase in GRAMMAR:
        found = phrase.pattern.fullmatch(words)
        if found:
            return phrase.command(found.groupdict().get("rest") or "", speaker)
    return None


_PREFIX = re.compile(r"^(?:/\s*)?(?:pairtime\b\s*)?/?", re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:(?:hi|hello|hey|please|can|could|may|would|i|we|you|let'?s|want|wish|need|like|i'?d|to|me|us|get|have)\b[\s,!]*)+"
    r"(?=book|schedule|plan|find|arrange|set)",
    re.IGNORECASE,
)

_PLEASE = re.compile(r"^please\b[\s,]*(?=\S)|(?<=\S)[\s,]+please$", re.IGNORECASE)


def _unwrapped(text: str) -> str:
    """Without slash, "pairtime", markup, invisible marks, courtesies and a full stop.

    Marks that reorder what is seen stay: what stands behind them is not what the speaker saw.
    """
    words = _STRUCK_OUT.sub(r"\1", "".join(_replaced(character) for character in text)).strip()
    words = _PREFIX.sub("", words, count=1).strip()
    words = _POLITE.sub("", words, count=1).rstrip(".! ").strip()
    return _PLEASE.sub("", words).strip()


def _replaced(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if character in _REORDERING or unicodedata.category(character) not in ("Cc", "Cf"):
        return character
    return ""


_SAME = {"\u2019": "'", "\u2018": "'", "*": "", "`": "", "\t": " ", "\n": " ", "\r": " "}
_STRUCK_OUT = re.compile(r"~+([^~\d][^~]*)~+")  # but "~3pm" is about three
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBER = re.compile(
    rf"(?:(?:option|number|no\.?|nr\.?|choice|slot|time|book|take|pick)\s*|#\s*)?(?:the\s+)?"
    rf"(?:(?P<digits>[0-9]{{1,3}})(?:st|nd|rd|th)?|(?P<ordinal>{'|'.join(_ORDINALS)}))"
    rf"(?:\s+(?:one|option|time|slot))?\s*[.):!]*",
    re.IGNORECASE,
)


def _number(words: str) -> int | None:
    """1, 2., option 2, #2, the second (one)."""
    found = _NUMBER.fullmatch(words)
    if not found:
        return None
    return int(found["digits"]) if found["digits"] else _ORDINALS.index(found["ordinal"].lower()) + 1
