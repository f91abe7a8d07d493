"""Ana's and Sam's weeks in the demo: the same every week, so that the demo tells one story whenever it begins.

On the 22nd of November 2026 they give the times of the README: Tue 24 Nov, 09:00, Wed 25 Nov, 10:00, Tue 1 Dec, 09:00.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo


class Day(IntEnum):
    """As `date.weekday` counts."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4


@dataclass(frozen=True, slots=True)
class Busy:
    """Something in somebody's week, by that person's wall clock: "HH:MM"."""

    day: Day
    start: str
    end: str
    title: str


ANAS_WEEK = (
    Busy(Day.MON, "11:00", "12:00", "Team weekly"),
    Busy(Day.MON, "14:00", "15:00", "Design review"),
    Busy(Day.TUE, "11:30", "13:00", "Planning"),
    Busy(Day.WED, "12:00", "12:30", "One-on-one"),
    Busy(Day.WED, "15:00", "16:30", "Workshop"),
    Busy(Day.THU, "09:00", "10:30", "Customer call"),
    Busy(Day.FRI, "08:45", "09:15", "Stand-up"),
    Busy(Day.FRI, "13:00", "14:00", "Retrospective"),
)
SAMS_WEEK = (
    Busy(Day.MON, "10:00", "11:00", "Team weekly"),
    Busy(Day.MON, "15:00", "15:45", "Hiring round"),
    Busy(Day.TUE, "09:30", "12:00", "Architecture forum"),
    Busy(Day.TUE, "13:00", "14:30", "Interview"),
    Busy(Day.WED, "11:00", "12:00", "One-on-one"),
    Busy(Day.WED, "15:00", "15:45", "Vendor call"),
    Busy(Day.THU, "13:00", "14:00", "Design review"),
    Busy(Day.FRI, "10:00", "11:00", "Release review"),
)


def occurrences(
    week: tuple[Busy, ...], zone: str, around: date, weeks: int
) -> Iterator[tuple[str, datetime, datetime]]:
    """(title, start, end), aware, for so many weeks, the first being the one before that of `around`."""
    monday = around - timedelta(days=around.weekday() + 7)
    for number in range(weeks):
        for busy in week:
            day = monday + timedelta(weeks=number, days=busy.day)
            yield (
                busy.title,
                datetime.combine(day, time.fromisoformat(busy.start), ZoneInfo(zone)),
                datetime.combine(day, time.fromisoformat(busy.end), ZoneInfo(zone)),
            )
