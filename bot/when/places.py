"""Places by name, as people call their zone: "Berlin", "New York", "Asia/Tokyo", "CET"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import plain, small
from .zones import LETTERS, cities, zones

LONGEST_NAME = 4  # words
_WORD = re.compile(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Place:
    """An IANA zone that words name, and the words behind them."""

    zone: str
    rest: str


def place_at_start(text: str) -> Place | None:
    """The longest name of a place that the text begins with."""
    words = plain(text[:200])
    ends = [found.end() for found in _WORD.finditer(words)][:LONGEST_NAME]
    for end in reversed(ends):
        name = small(words[:end]).strip(" .,")
        zone = cities().get(name) or zones().get(name) or LETTERS.get(name, ("", None))[0]
        if zone:
            return Place(zone, words[end:].strip(" ,:"))
    return None
