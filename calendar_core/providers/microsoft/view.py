"""One person's free/busy by their calendar's own entries: for personal accounts, which have no getSchedule."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, time
from typing import TypedDict, cast
from zoneinfo import ZoneInfo

from calendar_core.availability.free_busy import FreeBusy
from calendar_core.interval import Interval, merge, subtract
from calendar_core.people import DAY_MINUTES
from calendar_core.providers.understanding import understood

from .free_busy import FREE, TENTATIVE
from .moments import Moment, instant_of
from .schedule import Times, portions
from .sending import Request, Sender

# All that is asked for: nothing of what an entry is about.
FIELDS = "start,end,showAs,isAllDay,isCancelled"
AT_MOST = "1000"
FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class Entry(TypedDict):
    """What FIELDS names."""

    start: Moment
    end: Moment
    showAs: str
    isAllDay: bool
    isCancelled: bool


class GraphView:
    """A FreeBusySource: the default calendar of the mailbox `sender` is for. `zone` is where the owner's days begin."""

    def __init__(self, sender: Sender, zone: str) -> None:
        self._sender = sender
        self._zone = ZoneInfo(zone)

    async def free_busy(self, window: Interval) -> FreeBusy:
        parts = await asyncio.gather(*(self._times(part) for part in portions(window)))
        busy = merge(each for part, _ in parts for each in part)
        return FreeBusy(window, busy, subtract((each for _, part in parts for each in part), busy))

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
        return understood(lambda: self._told(cast("list[Entry]", entries), window))

    def _told(self, entries: list[Entry], window: Interval) -> Times:
        busy: list[Interval] = []
        tentative: list[Interval] = []
        for entry in entries:
            shown = entry["showAs"].lower()
            if not entry["isCancelled"] and shown not in FREE:
                (tentative if shown == TENTATIVE else busy).extend(self._inside(entry, window))
        return busy, tentative

    def _inside(self, entry: Entry, window: Interval) -> Iterator[Interval]:
        if entry["isAllDay"]:
            start, end = self._midnight(entry["start"]), self._midnight(entry["end"])
        else:
            start, end = instant_of(entry["start"]), instant_of(entry["end"])
        if end < start:
            raise ValueError("an entry ends before it starts")
        inside = Interval.between(start, end).clipped(window) if start < end else None
        if inside is not None:
            yield inside

    def _midnight(self, moment: Moment) -> datetime:
        return datetime.combine(datetime.fromisoformat(moment["dateTime"]).date(), time(), self._zone)
