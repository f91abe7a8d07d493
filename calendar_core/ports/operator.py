"""The store of what waits for the operator."""

from __future__ import annotations

from typing import Protocol

from calendar_core.operator_wish import OperatorWish
from calendar_core.people import OrganisationId


class OperatorWishes(Protocol):
    """What admins ask of the operator: each method is one transaction."""

    async def ask(self, wish: OperatorWish) -> OperatorWish:
        """The organisation's one that stands: this, unless another one does already. Twice is once."""

    async def all(self) -> tuple[OperatorWish, ...]:
        """Those that stand, the oldest first."""

    async def answered(self, organisation: OrganisationId) -> bool:
        """It stands no longer. False if none did."""
