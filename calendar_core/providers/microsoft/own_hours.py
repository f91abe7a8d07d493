"""When one person works, as Outlook has it: getSchedule tells it along with the schedule, so it needs no permission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from calendar_core.interval import Interval
from calendar_core.people import DAY_MINUTES, WeeklyHours
from calendar_core.ports import OwnHours
from calendar_core.providers.understanding import understood

from .free_busy import schedule_of, schedule_query
from .sending import Request, Sender
from .zones import zone_named

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
GLIMPSE = 15  # minutes of the schedule: it is not what is asked for


class GraphHours:
    """A HoursSource: of the mailbox `sender` is for, whose address is `address`."""

    def __init__(self, sender: Sender, address: str, real_now: Callable[[], datetime]) -> None:
        self._sender = sender
        self._address = address
        self._real_now = real_now

    async def working_hours(self) -> OwnHours | None:
        body = schedule_query(self._address, Interval.lasting(self._real_now(), GLIMPSE))
        answer = await self._sender.send(Request("getSchedule", "POST", ("calendar", "getSchedule"), body=body))
        return understood(lambda: hours_in(schedule_of(answer, self._address)))


def hours_in(schedule: Mapping[str, object]) -> OwnHours | None:
    """None where there are none, where they go past midnight, or where their zone has no name (a custom one: its rules
    are not enough to know which it is). Raises KeyError, TypeError, ValueError, AttributeError for what makes no
    sense."""
    told = cast("Mapping[str, object] | None", schedule.get("workingHours"))
    if told is None:
        return None
    zone = cast("Mapping[str, object]", told["timeZone"])
    start, end = _minute(str(told["startTime"])), _minute(str(told["endTime"])) or DAY_MINUTES
    names = {str(each).lower() for each in cast("list[str]", told["daysOfWeek"])}
    if "bias" in zone or not names or not start < end <= DAY_MINUTES:
        return None
    days = tuple(((start, end),) if day in names else () for day in DAYS)
    return OwnHours(zone_named(str(zone["name"])).key, WeeklyHours(days))


def _minute(clock: str) -> int:
    hours, minutes, *_ = clock.split(":")
    return int(hours) * 60 + int(minutes)
