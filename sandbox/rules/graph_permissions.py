"""Which application permission allows which call of Microsoft Graph's calendar part."""

from __future__ import annotations

from collections.abc import Mapping

# The consent screen says ReadBasic.All, the reference of each call says ReadBasic: the same thing.
READ_BASIC = frozenset({"Calendars.ReadBasic", "Calendars.ReadBasic.All"})
READ_BODIES = frozenset({"Calendars.Read", "Calendars.ReadWrite"})
"""ReadBasic leaves out bodies and extended properties."""
READ = READ_BASIC | READ_BODIES
WRITE = frozenset({"Calendars.ReadWrite"})
READ_SETTINGS = frozenset({"MailboxSettings.Read", "MailboxSettings.ReadWrite"})

ALLOWED_BY: Mapping[str, frozenset[str]] = {
    "POST /users/{id}/calendar/getSchedule": READ,
    "GET /users/{id}/calendar": READ,
    "GET /users/{id}/calendarView": READ,
    "GET /users/{id}/events": READ,
    "GET /users/{id}/events/{id}": READ,
    "POST /users/{id}/events": WRITE,
    "PATCH /users/{id}/events/{id}": WRITE,
    "DELETE /users/{id}/events/{id}": WRITE,
    "POST /users/{id}/events/{id}/cancel": WRITE,
    "POST /users/{id}/events/{id}/accept": WRITE,
    "POST /users/{id}/events/{id}/decline": WRITE,
    "POST /users/{id}/events/{id}/tentativelyAccept": WRITE,
    "GET /users/{id}/mailboxSettings": READ_SETTINGS,
}
KNOWN = frozenset().union(*ALLOWED_BY.values())
