"""Zones named in words: "Berlin time", "3pm London", "15:00 UTC", "10am ET"."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import available_timezones

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
    "jst": ("Asia/Tokyo", None),
    "aest": ("Australia/Sydney", 600),
    "aedt": ("Australia/Sydney", 660),
    "nzst": ("Pacific/Auckland", 720),
    "nzdt": ("Pacific/Auckland", 780),
}
UNCLEAR_LETTERS = {"cst", "ist", "ast", "sgt", "pkt", "hst", "akst", "brt", "msk", "sast", "wat", "eat", "hkt", "kst"}
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
    **dict.fromkeys(("central european", "cologne"), "Europe/Berlin"),
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
_PLACE = r"[^\W\d_]+(?:[ .'-][^\W\d_]+){0,2}?"
_WITH_TIME = re.compile(rf"(?:in |at )?(?:the )?({_PLACE})(?: standard| local| summer)? time(?:zone| zone)?(?!\w)")
_UTC_OFFSET = re.compile(r"(?:utc|gmt) ?([+-]) ?(\d{1,2})(?::?00)?(?![\w:])")
_LETTERS = re.compile(r"[a-z]{2,4}(?!\w)")
_BESIDE_A_TIME = re.compile(rf"(?:in )?({_PLACE}(?: [^\W\d_]+)?)(?![\w'])")


@lru_cache(maxsize=1)
def cities() -> dict[str, str]:
    """City -> IANA zone, for every zone named for a city."""
    named = {
        name.rpartition("/")[2].replace("_", " ").lower(): name
        for name in available_timezones()
        if name.startswith(AREAS)
    }
    return {city: zone for city, zone in named.items() if city not in NOT_CITIES} | PLACES


def zone_words(text: str, at: int, beside_a_time: bool) -> ZoneWords | Word | None:
    """The zone named at this place of the text, if any. beside_a_time: it follows a time of day."""
    if found := _UTC_OFFSET.match(text, at):
        hours = int(found[2])
        sign = "-" if found[1] == "+" else "+"  # RFC-less history: Etc/GMT-2 lies two hours EAST
        return ZoneWords(found[0], f"Etc/GMT{sign}{hours}" if hours else "UTC", None) if hours <= 12 else None
    if found := _LETTERS.match(text, at):
        letters = found[0]
        if letters in LETTERS and (beside_a_time or len(letters) >= SHORTEST_ALONE):
            ends = re.compile(r" time(?!\w)").match(text, found.end())
            return ZoneWords(letters + (ends[0] if ends else ""), *LETTERS[letters])
        if letters in UNCLEAR_LETTERS and beside_a_time:
            return Word(letters, Role.UNREAD)
    return _place_words(text, at, beside_a_time)


def _place_words(text: str, at: int, beside_a_time: bool) -> ZoneWords | Word | None:
    if found := _WITH_TIME.match(text, at):
        if found[1] in OWN:
            return ZoneWords(found[0], None, None)
        if found[1] in cities():
            return ZoneWords(found[0], cities()[found[1]], None)
        if beside_a_time:
            return Word(found[0], Role.UNREAD)
    if beside_a_time:
        words = re.compile(r"(in )?((?:[^\W\d_][\w.'-]*)(?: [^\W\d_][\w.'-]*){0,2})").match(text, at)
        while words:
            name = words[2].rstrip(".")
            if name in cities():
                return ZoneWords((words[1] or "") + name, cities()[name], None)
            shorter = name.rpartition(" ")[0]
            words = re.compile(rf"(in )?({re.escape(shorter)})").match(text, at) if shorter else None
    return None
