"""Phrases with words in CAPITALS, made into regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from . import english as days
from . import english_hours as hours

# A phrase ends at the end of a word, and not inside a clock time or a possessive.
END = r"(?![\w']|(?<=\d)[:./]\d)"


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))


NUMBER_WORD = alternatives(word for word in days.NUMBERS if len(word) > 2)
HOUR_WORD = alternatives(word for word, number in days.NUMBERS.items() if len(word) > 2 and number <= 12)
SPOKEN = alternatives(hours.SPOKEN_MINUTES)
HALF_OF_DAY = r" ?[ap]\.?m\.?"

FIRM = (
    rf"\d{{1,2}}(?:[:.]\d\d)?{HALF_OF_DAY}|\d{{1,2}}:\d\d(?:h| ?hrs?| hours)?|\d\d\.\d\d"
    rf"|(?:[5-9]|1\d|2\d)h\d\d|(?:9|1\d|2\d)h|(?:12 )?(?:{alternatives(hours.NAMED_TIMES)})"
    rf"|(?:{SPOKEN}) (?:past|to) (?:{HOUR_WORD}|\d{{1,2}})(?:{HALF_OF_DAY})?|(?:{HOUR_WORD}|\d{{1,2}}) o'?clock"
    rf"|(?:{HOUR_WORD}){HALF_OF_DAY}"
)
_NOT_AN_HOUR = (
    rf"(?! ?(?:{alternatives(days.MONTHS)}|minutes?|mins?|m|hours?|hrs?|h|days?|weeks?|months?|st|nd|rd|th|of)\b"
    r"|[/.:,]\d|-\d\d?(?:-|\.\d)|\d| and a half| ?½)"
)
BARE = rf"(?:{HOUR_WORD}|\d{{1,2}}|(?:[01]\d|2[0-3])[0-5]\d(?!-)){_NOT_AN_HOUR}"
LOOSE = rf"{FIRM}|{BARE}"

CAPITALS = {
    "WEEKDAY": alternatives(days.WEEKDAYS),
    "MONTH": alternatives(days.MONTHS),
    "DAY": r"\d{1,2}",
    "LAST_DAY": r"\d{1,2}",
    "DATES": r"\d{1,2}(?:st|nd|rd|th)?(?:(?:, ?| or | and | ?/ ?| ?& ?)\d{1,2}(?:st|nd|rd|th)?)+",
    "YEAR": r"(?:19|20)\d\d",
    "COUNT": rf"\d{{1,3}}|an?|{NUMBER_WORD}",
    "UNIT": alternatives(days.UNITS),
    "ORDINAL": alternatives(word for word in days.ORDINALS if word != "last"),
    "NTH": alternatives(days.ORDINALS),
    "PART": alternatives(hours.PARTS),
    "FIRM": FIRM,
    "LOOSE": LOOSE,
    "LOOSE_TOO": LOOSE,
    "LATER": LOOSE,
    "HOUR": rf"\d{{1,2}}|{HOUR_WORD}",
    "MINUTES": rf"\d+(?:[.,]\d+)?|{NUMBER_WORD}",
    "HOURS": rf"\d+(?:[.,]\d+)?|an?|{NUMBER_WORD}",
    "WORD": NUMBER_WORD,
}


def pattern(template: str) -> re.Pattern[str]:
    """The template with its CAPITALS filled in, each a group of that name in small letters."""
    filled = re.sub(r"[A-Z_]{3,}", lambda found: f"(?P<{found[0].lower()}>{CAPITALS[found[0]]})", template)
    return re.compile(f"(?:{filled}){END}")


def patterns(
    table: Mapping[str, tuple[str, ...]], before: str = "", after: str = ""
) -> list[tuple[str, re.Pattern[str]]]:
    """Every template of a table with its name."""
    return [
        (name, pattern(f"{before}(?:{template}){after}")) for name, templates in table.items() for template in templates
    ]
