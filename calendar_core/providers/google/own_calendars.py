"""What a person's Google calendar tells of its owner alone: working hours, and which other calendars they own.

Both need a permission of their own, which is asked for apart: without it nothing else is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from calendar_core.errors import ConsentRevoked, ProviderRejected
from calendar_core.hours_text import DAYS
from calendar_core.itinerary import zone_named
from calendar_core.people import DAY_MINUTES, WeeklyHours
from calendar_core.ports import OwnCalendar, OwnHours
from calendar_core.providers.understanding import understood

from .sending import CalendarApi, Sender

HOURS_FIELDS = "timeZone,workingHours"
LIST_FIELDS = "nextPageToken,items(id,summary,summaryOverride,primary,accessRole,dataOwner)"
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PAGES = 4  # of 250 calendars each
OWNER = "owner"


class GoogleHours:
    """A HoursSource: the primary calendar of `account`, by the scope calendar.calendars.readonly."""

    def __init__(self, api: CalendarApi, sender: Sender, account: str) -> None:
        self._api = api
        self._sender = sender
        self._account = account

    async def working_hours(self) -> OwnHours | None:
        """None also where reading them was not allowed."""
        request = self._api.calendars.get(calendarId=self._account, fields=HOURS_FIELDS)
        try:
            answer = await self._sender.send(request)
        except (ConsentRevoked, ProviderRejected):
            return None
        return understood(lambda: _hours_of(answer))


class GoogleCalendarList:
    """A CalendarList, by the scope calendar.calendarlist.readonly."""

    def __init__(self, api: CalendarApi, sender: Sender, account: str) -> None:
        self._api = api
        self._sender = sender
        self._account = account

    async def own_calendars(self) -> tuple[OwnCalendar, ...]:
        found: list[OwnCalendar] = []
        page: str | None = None
        for _ in range(PAGES):
            more = {} if page is None else {"pageToken": page}
            answer = await self._sender.send(
                self._api.calendar_list.list(minAccessRole=OWNER, maxResults=250, fields=LIST_FIELDS, **more)
            )
            found += understood(partial(_owned, answer, self._account))
            page = cast("str | None", answer.get("nextPageToken"))
            if page is None:
                break
        return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def _hours_of(answer: Mapping[str, object]) -> OwnHours | None:
    """KeyError, TypeError, ValueError: the answer makes no sense. None where its owner has set no hours."""
    told = cast("Mapping[str, object] | None", answer.get("workingHours"))
    if told is None or not told.get("workingHoursEnabled"):
        return None
    days: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for each in cast("list[Mapping[str, object]]", told["availableTimes"]):
        start, end = int(str(each["periodStart"])), min(int(str(each["periodEnd"])), DAY_MINUTES)
        days[WEEK.index(str(each["dayOfWeek"]).lower())].append((start, end))
    return OwnHours(zone_named(str(answer["timeZone"])).key, WeeklyHours(tuple(tuple(sorted(day)) for day in days)))


def _owned(answer: Mapping[str, object], account: str) -> list[OwnCalendar]:
    """Not the primary one, and not one whose data is somebody else's, whatever role was shared."""
    return [
        OwnCalendar(str(each["id"]), str(each.get("summaryOverride") or each.get("summary") or each["id"]))
        for each in cast("list[Mapping[str, object]]", answer.get("items", []))
        if each.get("accessRole") == OWNER
        and not each.get("primary")
        and str(each.get("dataOwner") or account).lower() == account
    ]
