"""What an operator writes of a programme's rules, dates, hours and contact: read, or every mistake in it said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from calendar_core.hours_text import hours_text, parse_hours
from calendar_core.people import DAY_MINUTES
from calendar_core.programme import Programme, Rules

from .field_rules import time_zone_in, title_in
from .mistakes import Wrong, quoted

DURATION = re.compile(r"(\d{1,5})\s*(m|min|minutes?|h|hours?|d|days?)?", re.IGNORECASE)
UNITS = {"m": 1, "h": 60, "d": DAY_MINUTES}
BARE_HOUR = re.compile(r"(?<![\d:])(\d{1,2})(?![\d:])")
NONE = "none"
LONGEST_SESSION, LONGEST_PAD, LONGEST_NOTICE = 8 * 60, 4 * 60, 90 * DAY_MINUTES
FURTHEST_DAYS = 365

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: `field` of a programme, or of its rules; how it is read; and how it is shown, in the
    words that would set it."""

    option: str
    field: str
    read: Callable[[str], object]
    show: Callable[[Programme], str]


def changed(programme: Programme, said: Mapping[str, str]) -> Programme | tuple[str, ...]:
    """The programme as it would be, or every mistake, each with its option. `said`: by option."""
    mistakes: list[str] = []
    values: dict[str, Any] = {}  # of whatever type the field is that each is read for
    for setting in SETTINGS:
        if setting.option in said:
            try:
                values[setting.field] = setting.read(said[setting.option].strip())
            except ValueError as wrong:
                mistakes.append(f"--{setting.option} {quoted(said[setting.option])}: {wrong}")
    if mistakes:
        return tuple(mistakes)
    of_rules = {name: values.pop(name) for name in RULES & values.keys()}
    if "lengths" in of_rules:
        of_rules.setdefault("default_length", _nearest(programme.rules.default_length, of_rules["lengths"]))
    try:
        rules = replace(programme.rules, **of_rules)  # its own rules, all together
    except ValueError as wrong:
        return (f"{wrong}; say the other one as well",)
    return _fitting(replace(programme, rules=rules, **values))


def _fitting(programme: Programme) -> Programme | tuple[str, ...]:
    if programme.starts and programme.ends and programme.ends < programme.starts:
        return (f"it would end ({programme.ends}) before it starts ({programme.starts})",)
    if programme.rules.notice >= programme.rules.horizon_days * DAY_MINUTES:
        return ("the notice leaves nothing of the horizon: nobody could book",)
    return programme


def _nearest(usual: int, lengths: tuple[int, ...]) -> int:
    """The usual length while it is one of them; else the nearest that is, until --default says which."""
    return min(lengths, key=lambda each: (abs(each - usual), each))


def _minutes(text: str, least: int, most: int, usual: str = "m") -> int:
    found = DURATION.fullmatch(text)
    if found is None:
        raise ValueError("write a length such as 45m, 24h or 60d")
    minutes = int(found[1]) * UNITS[(found[2] or usual)[0].lower()]
    if not least <= minutes <= most:
        raise ValueError(f"between {_length(least)} and {_length(most)}")
    return minutes


def _days(text: str) -> int:
    minutes = _minutes(text, DAY_MINUTES, FURTHEST_DAYS * DAY_MINUTES, "d")
    if minutes % DAY_MINUTES:
        raise ValueError("whole days")
    return minutes // DAY_MINUTES


def _default_of(programme: Programme) -> str:
    return str(programme.rules.default_length)


def _length(minutes: int) -> str:
    for unit, size in (("d", DAY_MINUTES), ("h", 60)):
        if minutes and minutes % size == 0 and minutes > size:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def _lengths(text: str) -> tuple[int, ...]:
    return tuple(sorted({_minutes(each.strip(), 5, LONGEST_SESSION) for each in text.split(",")}))


def _date(text: str) -> date | None:
    if text.lower() == NONE:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("write a date such as 2026-12-31, or none") from None


def _either(text: str, yes: str, no: str) -> bool:
    if text.lower() not in (yes, no):
        raise ValueError(f"write {yes} or {no}")
    return text.lower() == yes


def contact_in(text: str) -> str | None:
    """Whom people can ask: as text, "none" for nobody. Raises ValueError."""
    return None if text.lower() == NONE else _right(title_in(text))


def _right(value: Value | Wrong) -> Value:
    if isinstance(value, Wrong):
        raise ValueError(value.why)
    return value


SETTINGS = (
    Setting("length", "lengths", _lengths, lambda of: ",".join(map(str, of.rules.lengths))),
    Setting("default", "default_length", partial(_minutes, least=5, most=LONGEST_SESSION), _default_of),
    Setting("step", "step", partial(_minutes, least=5, most=LONGEST_PAD), lambda of: _length(of.rules.step)),
    Setting("notice", "notice", partial(_minutes, least=0, most=LONGEST_NOTICE), lambda of: _length(of.rules.notice)),
    Setting("look-ahead", "look_ahead_days", _days, lambda of: f"{of.rules.look_ahead_days}d"),
    Setting("horizon", "horizon_days", _days, lambda of: f"{of.rules.horizon_days}d"),
    Setting("buffer", "buffer", partial(_minutes, least=0, most=LONGEST_PAD), lambda of: _length(of.rules.buffer)),
    Setting(
        "approval", "approval", partial(_either, yes="on", no="off"), lambda of: "on" if of.rules.approval else "off"
    ),
    Setting(
        "tentative",
        "tentative_is_busy",
        partial(_either, yes="busy", no="free"),
        lambda of: "busy" if of.rules.tentative_is_busy else "free",
    ),
    Setting(
        "described", "described", partial(_either, yes="on", no="off"), lambda of: "on" if of.rules.described else "off"
    ),
    Setting("starts", "starts", _date, lambda of: str(of.starts or NONE)),
    Setting("ends", "ends", _date, lambda of: str(of.ends or NONE)),
    Setting("zone", "time_zone", lambda text: _right(time_zone_in(text)), lambda of: of.time_zone),
    Setting("contact", "contact", contact_in, lambda of: of.contact or NONE),
    Setting("hours", "hours", lambda text: parse_hours(BARE_HOUR.sub(r"\1:00", text)), lambda of: hours_text(of.hours)),
)
RULES = frozenset(Rules.__dataclass_fields__)
