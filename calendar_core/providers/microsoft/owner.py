"""Whose a mailbox is, as its settings say: a person's, one that several share, a room's.

That takes MailboxSettings.Read, which an administrator may leave out: then nobody can tell, and it is taken for a
person's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from calendar_core.errors import ConsentRevoked
from calendar_core.integration import Trouble

from .sending import Request, Sender

NOT_A_PERSON = frozenset({"shared", "room", "equipment"})  # others: user, linked, others, and what is unheard of
ASKED_AGAIN_AFTER = timedelta(hours=1)


@dataclass(slots=True)
class SettingsShown:
    """Whether a tenant shows us mailbox settings: once denied, it is not asked again for a while. Real time."""

    real_now: Callable[[], datetime]
    denied_at: datetime | None = None

    @property
    def may_be_asked(self) -> bool:
        """It was not denied lately."""
        return self.denied_at is None or self.real_now() - self.denied_at > ASKED_AGAIN_AFTER


@dataclass(frozen=True, slots=True)
class GraphOwner:
    """An Owner: of the mailbox `sender` is for."""

    sender: Sender
    shown: SettingsShown

    async def insist_on_person(self) -> bool:
        """See Owner."""
        if not self.shown.may_be_asked:
            return False
        request = Request("mailboxSettings.get", "GET", ("mailboxSettings",), {"$select": "userPurpose"})
        try:
            settings = await self.sender.send(request)
        except ConsentRevoked as denied:
            if denied.trouble is not Trouble.NOT_COVERED:
                raise
            self.shown.denied_at = self.shown.real_now()
            return False
        if str(settings.get("userPurpose", "user")).lower() in NOT_A_PERSON:
            raise ConsentRevoked(Trouble.NOT_A_PERSON)
        return True
