"""Text as it was typed, made plain: one kind of space, dash and digit, no marks that hide or reorder letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from .english import MONTHS, WEEKDAYS
from .english_words import AFTER_WITH, BEFORE_A_DAY, SPELLED_OUT

LONGEST = 500  # characters; nobody needs more to say when
MOST_WORDS = 60
_WORDS = re.compile(r"\w+|[^\w\s]")
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what is seen is not what was typed
_PLAIN = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "‘’ʼ`´"), "'"),
    **dict.fromkeys(map(ord, '()[]{}"“”„«»'), " "),
    ord("½"): " 1/2",
}
_MARKUP = re.compile(r"(?<![^\W_])[*_`]+|[*_`]+(?![^\W_])")


def plain(text: str) -> str:
    """The text with single spaces, without control and format characters, capitals kept."""
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    text = " ".join(_MARKUP.sub(" ", "".join(map(_plain_letter, text))).split())
    for short, long in SPELLED_OUT.items():
        text = re.sub(short, long, text, flags=re.IGNORECASE)
    return text


def is_too_long(shown: str) -> bool:
    """More than anybody needs to say when, and more than is read in a few milliseconds."""
    return len(shown) > LONGEST or len(_WORDS.findall(shown)) > MOST_WORDS


def _plain_letter(letter: str) -> str:
    if letter.isascii() and letter.isprintable():
        return letter
    match unicodedata.category(letter):
        case "Cf":
            return ""
        case "Cc" | "Cn" | "Cs":
            return " "
        case "Nd":
            return str(unicodedata.decimal(letter))
        case _:
            return letter


def small(text: str) -> str:
    """The text in small letters, every letter at its place."""
    return "".join(letter if len(letter := c.lower()) == 1 else c for c in text)


def as_typed(words: str, shown: str) -> str:
    """Words of small text with the capitals they were typed with, as far as they stand in plain text."""
    typed = small(shown)

    def found(part: str) -> str | None:
        at = re.search(rf"(?<!\w){re.escape(part)}(?!\w)", typed)
        return shown[at.start() : at.end()] if at else None

    return found(words) or " ".join(found(word) or word for word in words.split())


def named(text: str, names: Collection[str]) -> list[tuple[int, int]]:
    """Where a person is named, in small text: known names, their parts where no day can stand, and after "with"."""
    return sorted({*_known(text, names), *_after_with(text)})


def _known(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        whole = small(plain(name))
        if not whole:
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(whole)}(?![\w'])", text):
            yield found.span()
        for part in whole.split():
            yield from _part(text, part)


def _part(text: str, part: str) -> Iterator[tuple[int, int]]:
    """A first name that is a day or month too is the person, unless it stands where a day stands or "with" said who."""
    a_day = part in WEEKDAYS or part in MONTHS
    for found in re.finditer(rf"(?<!\w){re.escape(part)}(?![\w'])", text):
        before = text[: found.start()].split()[-1:] or [""]
        after = text[found.end() :].split()[:1] or [""]
        dated = before[0] in BEFORE_A_DAY or before[0][-1:].isdigit() or after[0][:1].isdigit()
        if not a_day or not (dated or "with " in text):
            yield found.span()


def _after_with(text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"(?<!\w)with ([\w'.@-]*\w)", text):
        if found[1] not in AFTER_WITH:
            yield found.span(1)
