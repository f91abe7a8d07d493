"""The resources beside events: a mailbox's calendar and its settings."""

from __future__ import annotations

from sandbox.graph.hours import working_hours
from sandbox.graph.outlook import OutlookSettings
from sandbox.rules.graph_zones import windows_name
from sandbox.world import Json, Mailbox


def calendar_json(mailbox: Mailbox) -> dict[str, Json]:
    """The default calendar; without a licence it allows no online meetings."""
    return {
        "id": f"AAMkCAL{mailbox.address.encode().hex()}",
        "name": "Calendar",
        "color": "auto",
        "hexColor": "",
        "isDefaultCalendar": True,
        "isRemovable": False,
        "isTallyingResponses": True,
        "canEdit": True,
        "canShare": True,
        "canViewPrivateItems": True,
        "changeKey": "calendar",
        "allowedOnlineMeetingProviders": ["teamsForBusiness"] if mailbox.conference else [],
        "defaultOnlineMeetingProvider": "teamsForBusiness" if mailbox.conference else "unknown",
        "owner": {"name": mailbox.name, "address": mailbox.address},
    }


def settings_json(mailbox: Mailbox, settings: OutlookSettings, year: int) -> dict[str, Json]:
    """mailboxSettings; `year` is the present one."""
    return {
        "timeZone": settings.zone_name or windows_name(mailbox.time_zone),
        "workingHours": working_hours(mailbox, settings, year),
        "dateFormat": "yyyy-MM-dd",
        "timeFormat": "HH:mm",
        "userPurpose": mailbox.purpose,
        "language": {"locale": "en-GB", "displayName": "English (United Kingdom)"},
    }
