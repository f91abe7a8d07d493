"""Working hours as people say them: "Mon-Fri 9-17", "weekdays 9am to 5pm", "Mon-Thu 9-12, 13-17; Fri 9-13"."""

from __future__ import annotations

import re

from calendar_core.hours_text import DAYS, parse_hours
from calendar_core.people import WeeklyHours

_FULL = {
    "monday": "Mon",
    "tuesday": "Tue",
    "tues": "Tue",
    "wednesday": "Wed",
    "weds": "Wed",
    "thursday": "Thu",
    "thurs": "Thu",
    "thur": "Thu",
    "friday": "Fri",
    "saturday": "Sat",
    "sunday": "Sun",
}
_GROUPS = {
    "weekdays": "Mon-Fri",
    "weekends": "Sat-Sun",
    "weekend": "Sat-Sun",
    "every day": "Mon-Sun",
    "daily": "Mon-Sun",
}
_TIME = r"(\d{1,2})(?:[:.h](\d{2})?)?\s*(am|pm)?"
_STRETCH = re.compile(rf"{_TIME}\s*(?:-|to|until|till)\s*{_TIME}", re.IGNORECASE | re.ASCII)
_DAY = "|".join((*DAYS, *_FULL))


def hours_in(text: str) -> WeeklyHours:
    """Raises ValueError for what is no week's hours, or could mean two things."""
    words = re.sub(r"[\u2010-\u2015]", "-", text).strip(" .")
    if words.lower() in ("none", "no", "off", "never"):
        return parse_hours("none")
    for said, meant in _GROUPS.items():
        words = re.sub(rf"\b{said}\b", meant, words, flags=re.IGNORECASE)
    words = re.sub(rf"\b({_DAY})s?\b\.?", _short, words, flags=re.IGNORECASE)
    words = re.sub(r"(?<=[A-Za-z])\s*(?:\bto\b|-)\s*(?=[A-Z][a-z]{2}\b)", "-", words)
    words = re.sub(r"(?<=[A-Za-z])\s*(?:\band\b|&)\s*(?=[A-Z][a-z]{2}\b)", ",", words)
    words = re.sub(r"(?<=[A-Za-z])\s*:?\s+(?:from |at )?(?=\d)", " ", words)
    words = _STRETCH.sub(_clocks, words)
    words = re.sub(r"(?<=\d)\s*(?:and\b|&|\+|/)\s*(?=\d)", ",", words)
    words = re.sub(r"(?<=\d)\s*[,;]?\s*(?:and )?(?=[A-Z][a-z]{2}\b)", "; ", words)
    if re.fullmatch(r"[\d:,\s-]+", words):
        words = f"Mon-Fri {words}"  # "9-17" alone
    return parse_hours(words)


def _short(found: re.Match[str]) -> str:
    name = found[1].lower()
    return _FULL.get(name) or name.capitalize()


def _clocks(found: re.Match[str]) -> str:
    hour, minute, half, end_hour, end_minute, end_half = found.groups()
    if end_half and not half:  # "9-5pm", "1-5pm"
        half = end_half if _twelve(hour) < _twelve(end_hour) else "am"
    if not end_half and int(end_hour) <= int(hour) and int(end_hour) < 12:  # "9-5" ends in the afternoon
        end_half = "pm"
    return f"{_hour(hour, half)}:{minute or '00'}-{_hour(end_hour, end_half)}:{end_minute or '00'}"


def _twelve(hour: str) -> int:
    return int(hour) % 12


def _hour(hour: str, half: str | None) -> str:
    """Raises ValueError for 13pm."""
    number = int(hour)
    if half is None:
        return f"{number:02}"
    if not 1 <= number <= 12:
        raise ValueError(f"no clock shows {hour} {half}")
    return f"{number % 12 + (12 if half.lower() == 'pm' else 0):02}"
