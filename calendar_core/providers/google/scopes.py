"""What we ask of Google, and what each of it is for (docs/providers.md has the same table)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calendar_core.ports import Extra

PREFIX = "https://www.googleapis.com/auth/"
EVENTS = f"{PREFIX}calendar.events.owned"
FREE_BUSY = f"{PREFIX}calendar.freebusy"
CALENDARS = f"{PREFIX}calendar.calendars.readonly"
CALENDAR_LIST = f"{PREFIX}calendar.calendarlist.readonly"

EVERYTHING = f"{PREFIX}calendar"  # all calendars, and sharing them: never asked for but to see it refused

# The documented minimum: our own events, and free/busy without titles. An administrator enters exactly these.
SCOPES = (EVENTS, FREE_BUSY)
SIGNING_IN = ("openid", "email")
BY_EXTRA: Mapping[Extra, str] = {Extra.WORKING_HOURS: CALENDARS, Extra.SECONDARY_CALENDARS: CALENDAR_LIST}


def asked_for(extras: Iterable[Extra]) -> tuple[str, ...]:
    """Everything that a person is asked for who wants these."""
    return (*SIGNING_IN, *SCOPES, *(BY_EXTRA[extra] for extra in sorted(extras)))
