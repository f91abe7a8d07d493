"""Leaving with one's calendar, whoever has connected it, and coming back (decision 22)."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.integration import Trouble, domain_kinds
from calendar_core.people import User
from calendar_core.ports import Clock, Integrations, People, Unconnected


@dataclass(frozen=True, slots=True)
class OptingOut:
    """The next look-up finds no calendar: whoever asks is told "not connected", and no more."""

    people: People
    integrations: Integrations
    unconnected: Unconnected
    clock: Clock

    async def leave(self, user: User) -> bool:
        """The calendar is asked nothing from now on, and what a consent left us is revoked and deleted, by a job of the
        same transaction. False if it was so already."""
        return await self.unconnected.opt_out(user.id, self.clock.now())

    async def come_back(self, user: User) -> bool | None:
        """It may be asked again. True if a consent of the organisation may reach it: then it is tried at once. None if
        the person had not left."""
        if (await self.integrations.of(user.id)).trouble is not Trouble.OPTED_OUT:
            return None
        by_domain = domain_kinds(user, await self.people.organisation(user.organisation))
        await self.unconnected.opt_in(user.id, self.clock.now(), probe=bool(by_domain))
        return bool(by_domain)
