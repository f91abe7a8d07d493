"""What people are told of calendars that were connected, or could not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.replies import Reply, Said
from bot.sentences import sentence
from bot.words import ConnectingWords
from calendar_core.connecting.accounts import is_own
from calendar_core.connecting.following import Following
from calendar_core.happening import ApprovalAsked, CalendarConnected, CalendarCovered, ConsentNeedsAdmin
from calendar_core.integration import Integration, Suite
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

    async def of(
        self, happening: CalendarConnected | CalendarCovered | ConsentNeedsAdmin | ApprovalAsked, user: User
    ) -> Reply | None:
        """As a reply for that person."""
        match happening:
            case CalendarConnected():
                integration = await self.integrations.of(user.id)
                if not is_own(integration):
                    return None
                return connected(
                    integration, user, self.clock.now(), hours_read=happening.hours_read, refused=happening.refused
                )
            case CalendarCovered():
                return covered(await self.integrations.of(user.id), Suite(happening.suite))
            case ConsentNeedsAdmin():
                return admin_first(await self.following.admin_of(user), Suite(happening.suite))
            case ApprovalAsked():
                return approval_wanted(await self.people.user(happening.by), Suite(happening.suite))
            case _:
                assert_never(happening)


def covered(integration: Integration, own: Suite) -> Reply | None:
    """Your organisation connects your calendar now (Google - Domain). `own` is the vendor of the consent that is
    withdrawn. None once it is otherwise again."""
    if integration.kind is None or is_own(integration):
        return None
    # Microsoft lets nobody withdraw a consent but the person.
    gone = ConnectingWords.OWN_DELETED if own is Suite.MICROSOFT else ConnectingWords.OWN_WITHDRAWN
    said = sentence(ConnectingWords.COVERED, kind=integration.kind.value)
    return Said(sentences=(said, sentence(gone), sentence(ConnectingWords.COVERED_NOT)))
