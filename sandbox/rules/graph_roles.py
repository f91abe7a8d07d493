"""What an application may ask for itself at Microsoft: application permissions, in the words of Entra's page."""

from __future__ import annotations

from collections.abc import Mapping

ROLES: Mapping[str, str] = {
    "Calendars.ReadBasic": "Read basic details of calendars in all mailboxes",
    "Calendars.ReadBasic.All": "Read basic details of calendars in all mailboxes",
    "Calendars.Read": "Read calendars in all mailboxes",
    "Calendars.ReadWrite": "Read and write calendars in all mailboxes",
    "MailboxSettings.Read": "Read all user mailbox settings",
    "MailboxSettings.ReadWrite": "Read and write all user mailbox settings",
}
