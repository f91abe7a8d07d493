"""Times as people write them, for tests: "2026-11-24 09:00-09:45" in a zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from calendar_core.interval import Interval

NEW_YORK, BERLIN, LONDON, SYDNEY = "America/New_York", "Europe/Berlin", "Europe/London", "Australia/Sydney"


def at(text: str, zone: str) -> datetime:
    """An instant, from "2026-11-24 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def time(text: str, zone: str = NEW_YORK) -> Interval:
    """From "2026-11-24 09:00-09:45"; 24:00 is the next day's beginning."""
    day, _, hours = text.partition(" ")
    first, _, last = hours.partition("-")
    end = Interval.lasting(at(f"{day} 00:00", zone), 24 * 60).end if last == "24:00" else at(f"{day} {last}", zone)
    return Interval.between(at(f"{day} {first}", zone), end)


def shown(slot: Interval, zone: str = NEW_YORK) -> str:
    """A start as a wall shows it: "Tue 24 Nov 09:00"."""
    return slot.start.astimezone(ZoneInfo(zone)).strftime("%a %d %b %H:%M")
