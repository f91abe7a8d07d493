"""Weekly hours as people write them in a file: "Mon-Fri 09:00-17:00; Sat 10:00-12:00,13:00-15:00"."""

from __future__ import annotations

import re

from .people import DAY_MINUTES, WeeklyHours

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NONE = "none"
LONGEST = 500  # characters; a week of odd hours needs fewer
STRETCH = re.compile(r"(\d{1,2}):(\d{2})\s*[-\u2013]\s*(\d{1,2}):(\d{2})", re.ASCII)


def parse_hours(text: str) -> WeeklyHours:
    """Days with stretches of local time, parted by semicolons; "none" for no hours at all. Days are named in English
    (Mon, Mon-Fri, Mon,Wed); a stretch ends by 24:00 at the latest. Raises ValueError with what is wrong and where."""
    if len(text) > LONGEST:
        raise ValueError(f"hours of more than {LONGEST} characters")
    days: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    if text.strip().lower() != NONE:
        for part in text.rstrip("; ").split(";"):
            names, _, stretches = re.sub(r"\s*([,\-\u2013])\s*", r"\1", part.strip()).partition(" ")
            if not stretches:
                raise ValueError(f"{part.strip()!r} is not days and hours such as 'Mon-Fri 09:00-17:00'")
            for day in _days(names):
                days[day] += [_stretch(each) for each in stretches.split(",")]
    return WeeklyHours(days=tuple(_in_order(name, stretches) for name, stretches in zip(DAYS, days, strict=True)))


def hours_text(hours: WeeklyHours) -> str:
    """The shortest text that `parse_hours` reads as the same hours: neighbouring days that are alike share a part."""
    parts: list[str] = []
    first = 0
    for day in range(len(DAYS)):
        stretches = hours.days[day]
        if day + 1 < len(DAYS) and hours.days[day + 1] == stretches:
            continue
        if stretches:
            names = DAYS[day] if first == day else f"{DAYS[first]}-{DAYS[day]}"
            parts.append(f"{names} {','.join(f'{_clock(start)}-{_clock(end)}' for start, end in stretches)}")
        first = day + 1
    return "; ".join(parts) or NONE


def _days(names: str) -> list[int]:
    days: list[int] = []
    for name in names.split(","):
        first, _, last = name.replace("\u2013", "-").partition("-")
        start, end = _day(first), _day(last or first)
        days += [day % 7 for day in range(start, (end if end >= start else end + 7) + 1)]
    return days


def _day(name: str) -> int:
    if name.capitalize() not in DAYS:
        raise ValueError(f"{name!r} is not a day; write {', '.join(DAYS)}")
    return DAYS.index(name.capitalize())


def _stretch(text: str) -> tuple[int, int]:
    found = STRETCH.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a stretch of hours such as 09:00-17:00")
    hour, minute, end_hour, end_minute = map(int, found.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or end > DAY_MINUTES:
        raise ValueError(f"{text!r} holds a time that no clock shows; the day ends at 24:00")
    if end <= start:
        raise ValueError(f"{text!r} ends before it starts; hours over midnight are two stretches, on two days")
    return start, end


def _in_order(name: str, stretches: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Stretches that touch become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start < joined[-1][1]:
            raise ValueError(f"{name} has hours that overlap: {_clock(start)} lies before {_clock(joined[-1][1])}")
        if joined and start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
