"""When a notice that can wait is told: in its reader's working hours (decision 17)."""

from __future__ import annotations

from datetime import datetime, timedelta

from .availability.side import holidays_of
from .availability.working_hours import working_time
from .interval import Interval
from .people import OFFICE_HOURS, User

AHEAD = timedelta(days=21)  # longer than any row of holidays


def notice_time(reader: User, now: datetime) -> datetime:
    """`now` itself within the reader's working hours, else when they next begin; holidays of the reader's region are
    none. Whoever has set no hours at all is told within office hours."""
    window = Interval.between(now, now + AHEAD)
    off = frozenset(holidays_of(reader, window))
    for hours in (reader.hours, OFFICE_HOURS):
        for stretch in working_time(hours, reader.itinerary, window, days_off=off)[:1]:
            return max(now, stretch.start)
    return now
