"""Outlook's working hours, as getSchedule tells them beside the times, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from calendar_core.people import DAY_MINUTES, WeeklyHours
from calendar_core.ports import OwnHours

from .zones import zone_named

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def schedule_hours(answer: Mapping[str, object], address: str) -> OwnHours | None:
    """One person's. None where there are none, or they are by a clock that has no name of its own: rules spelt out
    are no zone. KeyError, TypeError, ValueError, AttributeError: the answer makes no sense."""
    schedules = cast("list[Mapping[str, object]]", answer["value"])
    schedule = next((each for each in schedules if str(each["scheduleId"]).lower() == address.lower()), None)
    told = schedule.get("workingHours") if schedule is not None else None
    if told is None:
        return None
    hours = cast("Mapping[str, object]", told)
    try:
        zone = zone_named(cast("Mapping[str, str]", hours["timeZone"])["name"]).key
    except ValueError:
        return None
    start, end = _minute(hours["startTime"]), _minute(hours["endTime"]) or DAY_MINUTES
    working = {DAYS.index(str(day).lower()) for day in cast("list[object]", hours["daysOfWeek"])}
    if not working or not start < end:
        return None
    return OwnHours(zone, WeeklyHours(tuple(((start, end),) if day in working else () for day in range(7))))


def _minute(clock: object) -> int:
    """09:30:00.0000000. Midnight as an end is that of the next day."""
    time = datetime.strptime(str(clock)[:8], "%H:%M:%S").time()  # noqa: DTZ007 - a time of day has no zone
    return time.hour * 60 + time.minute
