"""One person's free/busy from Graph: by getSchedule, or where that does not exist by what their calendar holds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, time
from typing import TypedDict, cast
from zoneinfo import ZoneInfo

from calendar_core.availability.free_busy import FreeBusy
from calendar_core.interval import Interval, merge, subtract
from calendar_core.people import DAY_MINUTES
from calendar_core.providers.understanding import understood

from .busy_times import FREE, Times, times_told
from .moments import Moment, instant_of
from .schedule_json import TooMuchAtOnce, schedule_request, schedule_times
from .sending import Request, Sender

LONGEST_WINDOW = 31 * DAY_MINUTES  # 62 days are refused; a month is one call

# All that calendarView is asked for: nothing of what an entry is about.
FIELDS = "start,end,showAs,isAllDay,isCancelled"
AT_MOST = "1000"
FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class GraphSchedule:
    """A FreeBusySource by getSchedule, all that Calendars.ReadBasic.All is used for: the default calendar of the
    mailbox `sender` is for, whose address is `address`. Nobody else's schedule is ever asked for through it."""

    def __init__(self, sender: Sender, address: str) -> None:
        self._sender = sender
        self._address = address

    async def free_busy(self, window: Interval) -> FreeBusy:
        return await _in_portions(self._times, window)

    async def _times(self, window: Interval) -> Times:
        try:
            return await self._asked(window)
        except TooMuchAtOnce:
            if window.minutes <= DAY_MINUTES:
                raise
        middle = window.start_minute + window.minutes // 2
        first = await self._times(Interval(window.start_minute, middle))
        second = await self._times(Interval(middle, window.end_minute))
        return first[0] + second[0], first[1] + second[1]

    async def _asked(self, window: Interval) -> Times:
        answer = await self._sender.send(schedule_request(self._address, window))
        return understood(lambda: schedule_times(answer, self._address, window))


class Entry(TypedDict):
    """What FIELDS names."""

    start: Moment
    end: Moment
    showAs: str
    isAllDay: bool
    isCancelled: bool


class GraphCalendarView:
    """A FreeBusySource for personal accounts, which have no getSchedule: the default calendar of the mailbox `sender`
    is for. `zone` is where the owner's days begin."""

    def __init__(self, sender: Sender, zone: str) -> None:
        self._sender = sender
        self._zone = ZoneInfo(zone)

    async def free_busy(self, window: Interval) -> FreeBusy:
        return await _in_portions(self._times, window)

    async def _times(self, window: Interval) -> Times:
        # An all-day entry is a date, shown as one of UTC: where the owner is, it may reach a day further.
        asked = Interval(window.start_minute - DAY_MINUTES, window.end_minute + DAY_MINUTES)
        query = {
            "startDateTime": asked.start.strftime(FORMAT),
            "endDateTime": asked.end.strftime(FORMAT),
            "$select": FIELDS,
            "$top": AT_MOST,
        }
        request = Request("calendarView", "GET", ("calendarView",), query)
        entries = await self._sender.patience.answer(lambda: self._sender.pages(request))
        return understood(lambda: times_told(self._told(cast("list[Entry]", entries)), window))

    def _told(self, entries: list[Entry]) -> Iterator[tuple[str, datetime, datetime]]:
        for entry in entries:
            status = entry["showAs"].lower()
            if not entry["isCancelled"] and status not in FREE:
                begin = self._midnight if entry["isAllDay"] else instant_of
                yield status, begin(entry["start"]), begin(entry["end"])

    def _midnight(self, moment: Moment) -> datetime:
        return datetime.combine(datetime.fromisoformat(moment["dateTime"]).date(), time(), self._zone)


async def _in_portions(times: Callable[[Interval], Awaitable[Times]], window: Interval) -> FreeBusy:
    """One call for each portion, without a gap. What is both is busy."""
    starts = range(window.start_minute, window.end_minute, LONGEST_WINDOW)
    portions = (Interval(start, min(start + LONGEST_WINDOW, window.end_minute)) for start in starts)
    told = await asyncio.gather(*map(times, portions))
    busy = merge(each for part, _ in told for each in part)
    return FreeBusy(window, busy, subtract((each for _, part in told for each in part), busy))
