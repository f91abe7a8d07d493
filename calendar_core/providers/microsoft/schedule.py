"""One person's free/busy by getSchedule alone: all that Calendars.ReadBasic.All is used for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from calendar_core.availability.free_busy import FreeBusy
from calendar_core.interval import Interval, merge, subtract
from calendar_core.people import DAY_MINUTES
from calendar_core.providers.understanding import understood

from . import free_busy
from .sending import Request, Sender

LONGEST_WINDOW = 31 * DAY_MINUTES  # 62 days are refused; a month is one call

Times = tuple[list[Interval], list[Interval]]


class GraphSchedule:
    """A FreeBusySource: the default calendar of the mailbox `sender` is for, whose address is `address`. Nobody else's
    schedule is ever asked for through it."""

    def __init__(self, sender: Sender, address: str) -> None:
        self._sender = sender
        self._address = address

    async def free_busy(self, window: Interval) -> FreeBusy:
        parts = await asyncio.gather(*(self._times(part) for part in portions(window)))
        busy = merge(each for part, _ in parts for each in part)
        tentative = subtract((each for _, part in parts for each in part), busy)
        return FreeBusy(window, busy, tentative)

    async def _times(self, window: Interval) -> Times:
        try:
            return await self._asked(window)
        except free_busy.TooMuchAtOnce:
            if window.minutes <= DAY_MINUTES:
                raise
        middle = window.start_minute + window.minutes // 2
        first = await self._times(Interval(window.start_minute, middle))
        second = await self._times(Interval(middle, window.end_minute))
        return first[0] + second[0], first[1] + second[1]

    async def _asked(self, window: Interval) -> Times:
        body = free_busy.schedule_query(self._address, window)
        answer = await self._sender.send(Request("getSchedule", "POST", ("calendar", "getSchedule"), body=body))
        return understood(lambda: free_busy.schedule_times(answer, self._address, window))


def portions(window: Interval) -> Iterator[Interval]:
    """Without a gap, each for one call."""
    for start in range(window.start_minute, window.end_minute, LONGEST_WINDOW):
        yield Interval(start, min(start + LONGEST_WINDOW, window.end_minute))
