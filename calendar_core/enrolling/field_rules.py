"""What may stand in each column: every rule gives the value, or what is wrong and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import available_timezones

from babel.core import Locale, UnknownLocaleError
from tzlocal.windows_tz import win_tz

from calendar_core.availability.holidays import check_region
from calendar_core.hours_text import parse_hours
from calendar_core.people import Role, WeeklyHours

from .mistakes import Wrong

LONGEST_NAME = 200
LONGEST_ADDRESS = 254  # RFC 5321 4.5.3.1.3, less the angle brackets
LONGEST_LOCAL_PART = 64  # RFC 5321 4.5.3.1.1
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"  # RFC 5322 3.2.3
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"({ATOM}(?:\.{ATOM})*)@(?:{LABEL}\.)+(?=[A-Za-z]){LABEL}")
LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?"
)  # of RFC 5646 what CLDR has
JOINERS = "\u200c\u200d"  # invisible, yet part of names in Persian and in Indic scripts
NOT_ZONES = frozenset({"Factory", "localtime", "posixrules"})  # keys that say nothing about a place
ROLES = {role.value: role for role in Role}
DISTINCT = 4_096  # values remembered per rule: files repeat them


NOT_PEOPLE = ("@resource.calendar.google.com", "@group.calendar.google.com", "@import.calendar.google.com")


def address_in(text: str) -> str | Wrong:
    """An e-mail address, in lower case: mailboxes are compared without it."""
    found = ADDRESS.fullmatch(text)
    if found is None or len(found[1]) > LONGEST_LOCAL_PART or len(text) > LONGEST_ADDRESS:
        return Wrong("not an e-mail address; write one alone, such as ana@example.com")
    if text.lower().endswith(NOT_PEOPLE):
        return Wrong("the address of a room or a calendar, not of a person; write the person's own")
    return text.lower()


def name_in(text: str) -> str | Wrong:
    """What a person, programme or organisation is called, with single spaces, in Unicode's composed form."""
    if not text.isprintable() and not all(map(_may_be_in_a_name, text)):
        return Wrong("holds characters that cannot be seen or that turn the text around; type it anew")
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(char.isalnum() for char in name):
        return Wrong("a name is missing; write at least one letter")
    if len(name) > LONGEST_NAME:
        return Wrong(f"longer than {LONGEST_NAME} characters; shorten it")
    return name


@lru_cache(maxsize=DISTINCT)
def title_in(text: str) -> str | Wrong:
    """A name that many lines share: an organisation's, a programme's."""
    return name_in(text)


def role_in(text: str) -> Role | Wrong:
    """One of the three."""
    return ROLES.get(text.casefold()) or Wrong("not a role; write mentee, mentor or admin")


@lru_cache(maxsize=DISTINCT)
def time_zone_in(text: str) -> str | Wrong:
    """An IANA key that this machine knows, in its own spelling."""
    found = _zones().get(text.casefold())
    if found is not None:
        return found
    meant = _zone_meant(text)
    example = f"did you mean {meant}?" if meant else "write a key such as Europe/Berlin or America/New_York"
    return Wrong(f"not a time zone known here; {example}")


@lru_cache(maxsize=DISTINCT)
def language_in(text: str) -> str | Wrong:
    """A BCP 47 tag in its usual spelling."""
    unknown = Wrong("not a language known here; write a tag such as en, en-GB, de or fr-CA")
    if LANGUAGE.fullmatch(text) is None:
        return unknown
    try:
        return str(Locale.parse(text.replace("_", "-"), sep="-")).replace("_", "-")
    except UnknownLocaleError:
        return unknown


@lru_cache(maxsize=DISTINCT)
def region_in(text: str) -> str | Wrong:
    """ISO 3166, optionally with a subdivision, in capitals."""
    region = text.upper()
    try:
        check_region(region)
    except ValueError as unknown:
        return Wrong(f"{unknown}; write a code such as US, GB or DE-BE, or leave it empty for no holidays")
    return region


@lru_cache(maxsize=DISTINCT)
def hours_in(text: str) -> WeeklyHours | Wrong:
    """See calendar_core.hours_text."""
    try:
        return parse_hours(text)
    except ValueError as wrong:
        return Wrong(f"{wrong}; write for example Mon-Fri 09:00-17:00; Sat 10:00-12:00, or none")


def _may_be_in_a_name(char: str) -> bool:
    return char.isprintable() or char in JOINERS or unicodedata.category(char) == "Zs"


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {key.casefold(): key for key in available_timezones() - NOT_ZONES}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """ "berlin" -> "Europe/Berlin"; where several zones end alike, the first of them."""
    return {key.rpartition("/")[2].replace("_", " ").casefold(): key for key in sorted(_zones().values(), reverse=True)}


def _zone_meant(text: str) -> str | None:
    """By its city, its Windows name, or a slip of the keyboard."""
    if len(text) > 60:
        return None
    city = text.rpartition("/")[2].replace("_", " ").strip().casefold()
    named = _cities().get(city) or win_tz.get(text)
    if named is not None:
        return named
    close = get_close_matches(text.casefold(), _zones(), 1, 0.8)
    return _zones()[close[0]] if close else None
