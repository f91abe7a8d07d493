"""Whom an address of the console means, and the identity under which that person talks there."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.people import Identity, User
from calendar_core.ports import People

ISSUER = "console"


def identity_of(user: User) -> Identity:
    """That person's account in this chat."""
    return Identity(ISSUER, str(user.id))


@dataclass(frozen=True, slots=True)
class ConsolePeople:
    """Whoever may use the console may speak as anybody: it listens on this machine alone, or to its operator."""

    people: People

    async def at(self, address: str) -> User | None:
        """The person with that address (of several organisations the one that came first), linked to the console."""
        found = await self.people.at_address_with(address.strip(), ISSUER)
        if not found:
            return None
        user, linked = found[0]
        if not linked:
            await self.people.link(identity_of(user), user.id)
        return user
