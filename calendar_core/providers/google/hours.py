"""Google's working hours of one person's primary calendar, where seeing them was allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from calendar_core.people import WeeklyHours
from calendar_core.ports import OwnHours
from calendar_core.providers.understanding import understood

from .sending import CalendarApi, Sender

FIELDS = "timeZone,workingHours"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class GoogleHours:
    """A HoursSource. Only Workspace accounts have them, and not all of these yet."""

    def __init__(self, api: CalendarApi, sender: Sender, account: str) -> None:
        self._api = api
        self._sender = sender
        self._account = account

    async def working_hours(self) -> OwnHours | None:
        """See HoursSource."""
        request = self._api.calendars.get(calendarId=self._account, fields=FIELDS)
        answer = await self._sender.send(request)
        return understood(lambda: calendar_hours(answer))


def calendar_hours(answer: Mapping[str, object]) -> OwnHours | None:
    """None where they are switched off, or the zone is none that this machine knows. KeyError, TypeError, ValueError,
    AttributeError: the answer makes no sense."""
    told = cast("Mapping[str, object]", answer.get("workingHours") or {})
    if not told.get("workingHoursEnabled") or not told.get("availableTimes"):
        return None
    try:
        zone = ZoneInfo(str(answer["timeZone"])).key
    except (ZoneInfoNotFoundError, OSError):
        return None
    days: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for each in cast("list[Mapping[str, object]]", told["availableTimes"]):
        first, end = int(str(each.get("periodStart", 0))), int(str(each["periodEnd"]))
        days[DAYS.index(str(each["dayOfWeek"]).lower())].append((first, end))
    return OwnHours(zone, WeeklyHours(tuple(tuple(sorted(day)) for day in days)))
