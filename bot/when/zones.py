"""Zones named in words: "Berlin time", "3pm London", "15:00 UTC", "10am ET"."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from zoneinfo import available_timezones

from .english import MONTHS, WEEKDAYS
from .english_words import FILLERS, TIME_LIKE
from .pieces import Role, Word, ZoneWords

# Letters -> zone, and the minutes east of UTC they stand for where they name one half of the year.
# Those that mean different zones to different people (CST, IST, AST, BST in Dhaka) are asked.
LETTERS: dict[str, tuple[str, int | None]] = {
    "utc": ("UTC", None),
    "gmt": ("UTC", None),
    "et": ("America/New_York", None),
    "est": ("America/New_York", -300),
    "edt": ("America/New_York", -240),
    "ct": ("America/Chicago", None),
    "cdt": ("America/Chicago", -300),
    "mt": ("America/Denver", None),
    "mst": ("America/Denver", -420),
    "mdt": ("America/Denver", -360),
    "pt": ("America/Los_Angeles", None),
    "pst": ("America/Los_Angeles", -480),
    "pdt": ("America/Los_Angeles", -420),
    "bst": ("Europe/London", 60),
    "wet": ("Europe/Lisbon", 0),
    "cet": ("Europe/Berlin", 60),
    "cest": ("Europe/Berlin", 120),
    "eet": ("Europe/Athens", 120),
    "eest": ("Europe/Athens", 180),
    "msk": ("Europe/Moscow", None),
    "sast": ("Africa/Johannesburg", None),
    "sgt": ("Asia/Singapore", None),
    "hkt": ("Asia/Hong_Kong", None),
    "jst": ("Asia/Tokyo", None),
    "kst": ("Asia/Seoul", None),
    "aest": ("Australia/Sydney", 600),
    "aedt": ("Australia/Sydney", 660),
    "nzst": ("Pacific/Auckland", 720),
    "nzdt": ("Pacific/Auckland", 780),
}
UNCLEAR_LETTERS = {"cst", "ist", "ast", "pkt", "hst", "akst", "brt", "wat", "eat", "gst", "art", "sst"}
FARTHEST = 12  # hours from UTC
SHORTEST_ALONE = 3  # "et" or "ct" is a zone only beside a time of day
AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
NOT_CITIES = {"easter", "center", "nome", "knox", "wake", "midway", "general"}
PLACES = {
    **dict.fromkeys(("eastern", "us eastern", "boston", "washington", "atlanta", "miami", "nyc"), "America/New_York"),
    **dict.fromkeys(("us central", "austin", "dallas", "houston"), "America/Chicago"),
    **dict.fromkeys(("pacific", "us pacific", "san francisco", "seattle", "california"), "America/Los_Angeles"),
    **dict.fromkeys(("mountain", "us mountain"), "America/Denver"),
    **dict.fromkeys(("uk", "british", "manchester", "edinburgh"), "Europe/London"),
    **dict.fromkeys(("german", "germany", "munich", "frankfurt", "hamburg", "cologne"), "Europe/Berlin"),
    **dict.fromkeys(("central european",), "Europe/Berlin"),
    **dict.fromkeys(("french", "france", "lyon"), "Europe/Paris"),
    **dict.fromkeys(("geneva", "swiss", "basel"), "Europe/Zurich"),
    **dict.fromkeys(("barcelona", "spanish"), "Europe/Madrid"),
    **dict.fromkeys(("milan", "italian"), "Europe/Rome"),
    **dict.fromkeys(("kyiv", "kiev"), "Europe/Kyiv"),
    **dict.fromkeys(("india", "indian", "mumbai", "bangalore", "bengaluru", "delhi", "chennai"), "Asia/Kolkata"),
    **dict.fromkeys(("beijing", "china", "shenzhen"), "Asia/Shanghai"),
    **dict.fromkeys(("japan", "osaka"), "Asia/Tokyo"),
    **dict.fromkeys(("canberra",), "Australia/Sydney"),
    **dict.fromkeys(("wellington",), "Pacific/Auckland"),
    **dict.fromkeys(("rio", "rio de janeiro"), "America/Sao_Paulo"),
}
OWN = {"my", "our", "local", "my local"}
NO_PLACE = {"any", "some", "free", "this", "that", "same", "good", "more", "no", "the", "what", "which", "of", "first"}
OFFSET = re.compile(r"(?:in )?(?:utc|gmt) ?([+-]) ?(\d{1,2})(?::?00)?(?![\w:])")
IANA = re.compile(r"(?:in )?([a-z]+(?:/[a-z_-]+)+)(?: time)?(?!\w)")
LETTER_WORD = re.compile(r"(?:in )?([a-z]{2,4})( time)?(?![\w'])")
PLACE_TIME = re.compile(
    r"(in |at )?((?:[^\W\d_][\w'.-]*)(?: [^\W\d_][\w'.-]*){0,2}?)(?: local| standard| summer)? time(?: ?zone)?(?!\w)"
)
PLACE = re.compile(r"(?:in )?([^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*){0,2})")


class Beside(IntEnum):
    """What stands directly before."""

    NOTHING = 0
    DAY = 1
    TIME = 2  # of day: what follows may be its zone


@lru_cache(maxsize=1)
def zones() -> dict[str, str]:
    """IANA zone by its name in small letters."""
    return {name.lower(): name for name in available_timezones()}


@lru_cache(maxsize=1)
def cities() -> dict[str, str]:
    """City -> IANA zone, for every zone named for a city."""
    named = (
        (name.rpartition("/")[2].replace("_", " ").lower(), name) for name in zones().values() if name.startswith(AREAS)
    )
    return {city: zone for city, zone in named if city not in NOT_CITIES} | PLACES


def zone_words(text: str, at: int, beside: Beside) -> ZoneWords | Word | None:
    """The zone named at this place of small text, if any; a place that may name one is a word of its own role."""
    if found := OFFSET.match(text, at):
        hours = int(found[2])
        sign = "-" if found[1] == "+" else "+"  # in POSIX's way, Etc/GMT-2 lies two hours EAST
        return ZoneWords(found[0], f"Etc/GMT{sign}{hours}" if hours else "UTC") if hours <= FARTHEST else _unread(found)
    if (found := IANA.match(text, at)) and f"{found[1].partition('/')[0].capitalize()}/" in AREAS:
        return ZoneWords(found[0], zones()[found[1]]) if found[1] in zones() else _unread(found)
    if found := LETTER_WORD.match(text, at):
        if found[1] in LETTERS and (beside == Beside.TIME or found[2] or len(found[1]) >= SHORTEST_ALONE):
            return ZoneWords(found[0], *LETTERS[found[1]])
        if found[1] in UNCLEAR_LETTERS and beside == Beside.TIME:
            return _unread(found)
    return _time_of_place(text, at, beside) or _place(text, at, beside)


def _unread(found: re.Match[str]) -> Word:
    return Word(found[0], Role.UNREAD)


def _time_of_place(text: str, at: int, beside: Beside) -> ZoneWords | Word | None:
    found = PLACE_TIME.match(text, at)
    if found is None:
        return None
    place = found[2].removeprefix("the ")
    if place in OWN:
        return ZoneWords(found[0], None)
    if place in cities():
        return ZoneWords(found[0], cities()[place])
    ordinary = NO_PLACE.union(WEEKDAYS, MONTHS, TIME_LIKE, FILLERS, ("with", "for", "at", "and", "or", "in", "on"))
    claimed = not ordinary.intersection(place.split()) and (found[1] == "in " or beside != Beside.NOTHING)
    return _unread(found) if claimed else None


def _place(text: str, at: int, beside: Beside) -> ZoneWords | Word | None:
    if (found := PLACE.match(text, at)) is None:
        return None
    name = found[1]
    while name and name not in cities():
        name = name.rpartition(" ")[0]
    if not name:
        return None
    words = text[at : found.start(1) + len(name)]
    return ZoneWords(words, cities()[name]) if beside == Beside.TIME else Word(words, Role.PLACE)
