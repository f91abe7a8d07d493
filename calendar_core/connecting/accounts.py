"""Who may connect a calendar by themselves, and by whose account."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.integration import OWN_KINDS, Integration, IntegrationKind, ways_in
from calendar_core.people import User, address_of
from calendar_core.ports import Credentials, Granted, Integrations, People

from .outcomes import Covered, SignedInAlready


@dataclass(frozen=True, slots=True)
class Accounts:
    """Reads the store only."""

    people: People
    integrations: Integrations
    credentials: Credentials

    async def standing(self, user: User) -> Covered | SignedInAlready | None:
        """What makes connecting needless: the domain has, or the person has. None where it would help."""
        integration = await self.integrations.of(user.id)
        if integration.kind is None or not integration.usable:
            return None
        return SignedInAlready(integration) if is_own(integration) else Covered(integration)

    async def may_connect(self, user: User, kind: IntegrationKind) -> bool:
        """In a programme, that kind can count for them, and nothing that counts more has connected them."""
        if not await self.people.memberships(user.id):
            return False
        if kind not in ways_in(user, await self.people.organisation(user.organisation)):
            return False
        return not isinstance(await self.standing(user), Covered)

    async def may_stand_in(self, user: User, granted: Granted) -> bool:
        """Whether the operator lets people of that organisation use an account of that domain for the known one."""
        organisation = await self.people.organisation(user.organisation)
        return granted.account.rpartition("@")[2].casefold() in organisation.account_domains

    async def is_somebody_elses(self, user: User, granted: Granted) -> bool:
        """Another person known to us has that address, or is connected by that account. Somebody who is in two
        organisations has one address, and may have one account, in both."""
        own = address_of(user.email)
        if address_of(granted.account) != own and await self.people.at_address(granted.account):
            return True
        holders = await self.credentials.held(granted.kind, granted.subject)
        others = [await self.people.user(holder) for holder in holders if holder != user.id]
        return any(address_of(other.email) != own for other in others)


def is_own(integration: Integration) -> bool:
    """Connected by the person's own consent."""
    return integration.kind in OWN_KINDS.values()
