"""The store of what waits for the operator."""

from __future__ import annotations

from typing import Protocol

from calendar_core.operator_wish import OperatorWish
from calendar_core.people import Organisation, OrganisationId, User


class OperatorWishes(Protocol):
    """What admins ask of the operator: each method is one transaction."""

    async def ask(self, wish: OperatorWish, *, mail: bool) -> OperatorWish:
        """The organisation's one that stands: this, unless another one does already. Twice is once. With a new one the
        job that mails it, if it is to be mailed."""

    async def all(self) -> tuple[OperatorWish, ...]:
        """Those that stand, the oldest first."""

    async def answered(self, organisation: OrganisationId) -> bool:
        """It stands no longer. False if none did."""


class OperatorPost(Protocol):
    """The way to the operator."""

    async def send(self, wish: OperatorWish, organisation: Organisation, admin: User) -> None:
        """Twice may arrive twice. Raises ProviderUnavailable to be tried later, and ProviderRejected."""
