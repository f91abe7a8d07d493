"""What one person's Google Calendar says of itself: working hours, and which further calendars there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from calendar_core.interval import Interval, merge
from calendar_core.people import DAY_MINUTES, WeeklyHours
from calendar_core.ports import OwnedCalendar, OwnHours
from calendar_core.providers.understanding import understood

from .sending import CalendarApi, Sender

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOURS_FIELDS = "timeZone,workingHours"
LIST_FIELDS = "nextPageToken,items(id,summary,summaryOverride,primary,deleted)"
MOST = 250  # calendars of one person


class GoogleHours:
    """A HoursSource: the primary calendar of `account`. Needs calendar.calendars.readonly."""

    def __init__(self, api: CalendarApi, sender: Sender, account: str) -> None:
        self._api = api
        self._sender = sender
        self._account = account

    async def working_hours(self) -> OwnHours | None:
        answer = await self._sender.send(self._api.calendars.get(calendarId=self._account, fields=HOURS_FIELDS))
        return understood(lambda: hours_in(answer))


class GoogleOthers:
    """An OwnedCalendars. Needs calendar.calendarlist.readonly."""

    def __init__(self, api: CalendarApi, sender: Sender) -> None:
        self._api = api
        self._sender = sender

    async def owned(self) -> tuple[OwnedCalendar, ...]:
        request = self._api.calendar_list.list(minAccessRole="owner", maxResults=MOST, fields=LIST_FIELDS)
        answer = await self._sender.send(request)
        return understood(lambda: others_in(answer))


def hours_in(answer: Mapping[str, object]) -> OwnHours | None:
    """None where they are switched off, or of a zone nobody here knows. Raises KeyError, TypeError, ValueError,
    AttributeError for what makes no sense."""
    zone = str(answer["timeZone"])
    told = cast("Mapping[str, object] | None", answer.get("workingHours"))
    if told is None or not told.get("workingHoursEnabled") or not _is_known(zone):
        return None
    stretches: list[list[Interval]] = [[] for _ in DAYS]
    for each in cast("list[Mapping[str, object]]", told.get("availableTimes") or []):
        day = DAYS.index(str(each["dayOfWeek"]).lower())
        stretches[day].append(Interval(int(str(each["periodStart"])), min(int(str(each["periodEnd"])), DAY_MINUTES)))
    days = tuple(tuple((each.start_minute, each.end_minute) for each in merge(day)) for day in stretches)
    return OwnHours(zone, WeeklyHours(days)) if any(days) else None


def others_in(answer: Mapping[str, object]) -> tuple[OwnedCalendar, ...]:
    """Raises as above."""
    items = cast("list[Mapping[str, object]]", answer.get("items", []))
    return tuple(
        OwnedCalendar(str(each["id"]), str(each.get("summaryOverride") or each.get("summary") or each["id"]))
        for each in items
        if not each.get("primary") and not each.get("deleted")
    )


def _is_known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return False
    return True
