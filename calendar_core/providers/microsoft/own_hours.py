"""A person's working hours in Outlook: they come with the answer of getSchedule, and need no permission beyond it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import cast

from calendar_core.interval import Interval
from calendar_core.people import WeeklyHours
from calendar_core.ports import OwnHours
from calendar_core.providers.understanding import understood

from .schedule_json import schedule_of, schedule_request
from .sending import Sender
from .zones import zone_named

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
GLIMPSE = 60  # minutes: any window has them


class GraphHours:
    """A HoursSource: of the mailbox `sender` is for, whose address is `address`."""

    def __init__(self, sender: Sender, address: str, real_now: Callable[[], datetime]) -> None:
        self._sender = sender
        self._address = address
        self._real_now = real_now

    async def working_hours(self) -> OwnHours | None:
        glimpse = Interval.lasting(self._real_now(), GLIMPSE)
        answer = await self._sender.send(schedule_request(self._address, glimpse))
        return understood(lambda: hours_of(answer, self._address))


def hours_of(answer: Mapping[str, object], address: str) -> OwnHours | None:
    """None where there are none, or where the zone is one whose rules its name does not tell. KeyError, TypeError,
    ValueError: the answer makes no sense."""
    schedule = schedule_of(answer, address)
    told = cast("Mapping[str, object] | None", schedule.get("workingHours") if schedule else None)
    if not told or not told.get("daysOfWeek"):
        return None
    zone = cast("Mapping[str, str]", told["timeZone"])
    try:
        key = zone_named(zone["name"]).key
    except ValueError:
        return None
    start, end = _minute(str(told["startTime"])), _minute(str(told["endTime"]))
    if start == end:
        return None
    worked = {WEEK.index(str(day).lower()) for day in cast("list[str]", told["daysOfWeek"])}
    whole = ((start, end or 24 * 60),)
    return OwnHours(key, WeeklyHours(tuple(whole if day in worked else () for day in range(7))))


def _minute(text: str) -> int:
    """ "08:00:00.0000000"; a day may be said to end at 00:00 or 23:59."""
    clock = time.fromisoformat(text.partition(".")[0])
    return clock.hour * 60 + clock.minute
