"""What people are told of calendars that were connected, or could not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.replies import Reply
from calendar_core.connecting.accounts import is_own
from calendar_core.connecting.following import Following
from calendar_core.happening import ApprovalAsked, CalendarConnected, ConsentNeedsAdmin
from calendar_core.integration import Suite
from calendar_core.people import User
from calendar_core.ports import Clock, Integrations, People

from .connecting import admin_first, approval_wanted, connected


@dataclass(frozen=True, slots=True)
class ConnectingNotices:
    """Reads the present state: None where there is nothing more to tell."""

    people: People
    integrations: Integrations
    following: Following
    clock: Clock

    async def of(self, happening: CalendarConnected | ConsentNeedsAdmin | ApprovalAsked, user: User) -> Reply | None:
        """As a reply for that person."""
        match happening:
            case CalendarConnected():
                integration = await self.integrations.of(user.id)
                if not is_own(integration):
                    return None
                return connected(integration, user, self.clock.now(), hours_read=happening.hours_read)
            case ConsentNeedsAdmin():
                return admin_first(await self.following.admin_of(user), Suite(happening.suite))
            case ApprovalAsked():
                return approval_wanted(await self.people.user(happening.by), Suite(happening.suite))
            case _:
                assert_never(happening)
