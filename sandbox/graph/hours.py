"""A mailbox's working hours and time zone, by name or with its rules spelt out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.graph.outlook import OutlookSettings
from sandbox.rules.graph_zones import windows_name
from sandbox.world import Json, Mailbox

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def working_hours(mailbox: Mailbox, settings: OutlookSettings, year: int) -> dict[str, Json]:
    """A workingHours object; `year` is the one whose clock changes a custom zone describes."""
    return {
        "daysOfWeek": [DAYS[day] for day in mailbox.hours.days],
        "startTime": _clock(mailbox.hours.start),
        "endTime": _clock(mailbox.hours.end),
        "timeZone": custom_zone(mailbox.time_zone, year)
        if settings.custom_zone
        else {"name": settings.zone_name or windows_name(mailbox.time_zone)},
    }


def custom_zone(iana: str, year: int) -> dict[str, Json]:
    """A customTimeZone: `bias` is minutes west of UTC in standard time, and the two days a year that change it."""
    zone = ZoneInfo(iana)
    standard = min(_offset(datetime(year, month, 1, tzinfo=zone)) for month in (1, 7))
    rules: dict[str, Json] = {
        "@odata.type": "#microsoft.graph.customTimeZone",
        "name": "Customized Time Zone",
        "bias": -standard,
    }
    for wall, after in _changes(zone, year):
        # Rules name the day and time that clocks show just before they are changed.
        rule: dict[str, Json] = {
            "time": wall.strftime("%H:%M:%S.0000000"),
            "dayOccurrence": 5 if (wall + timedelta(days=7)).month != wall.month else (wall.day + 6) // 7,
            "dayOfWeek": DAYS[wall.weekday()],
            "month": wall.month,
            "year": 0,
        }
        if after == standard:
            rules["standardOffset"] = rule
        else:
            rules["daylightOffset"] = {**rule, "daylightBias": standard - after}
    return rules


def _changes(zone: ZoneInfo, year: int) -> Iterator[tuple[datetime, int]]:
    """When its clocks change that year, by the clock before, and the offset after (minutes)."""
    first = datetime(year, 1, 1, tzinfo=UTC)
    for hour in range(1, 365 * 24):
        instant = first + timedelta(hours=hour)
        before, after = _offset((instant - timedelta(hours=1)).astimezone(zone)), _offset(instant.astimezone(zone))
        if before != after:
            yield instant + timedelta(minutes=before), after


def _offset(moment: datetime) -> int:
    return int((moment.utcoffset() or timedelta()).total_seconds()) // 60


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}:00.0000000"
