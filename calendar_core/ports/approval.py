"""An administrator's approval for everybody of a tenant: asked for by the operator, given at the vendor's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from calendar_core.people import OrganisationId


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """`state` is the hash of what the vendor's page brings back; `tenant` the one the operator named for that
    organisation, and no other; `ends_at` is domain time."""

    state: str
    organisation: OrganisationId
    tenant: str
    ends_at: datetime


class Approvals(Protocol):
    """The store of what administrators were asked for."""

    async def ask(self, asked: ApprovalAsked, now: datetime) -> None:
        """Stores it, and forgets those that have ended by then."""

    async def asked(self, state: str) -> ApprovalAsked | None:
        """The one whose state has that hash, over or not."""


class DomainApproval(Protocol):
    """The vendor's side of it."""

    def page(self, tenant: str, *, state: str, redirect: str) -> str:
        """Where an administrator of that tenant approves; `redirect` is our address, exactly as it is registered."""

    async def lets_in(self, tenant: str) -> bool:
        """Whether the installation itself is let into that tenant, by a fresh token and not by what anybody's browser
        says. Raises ProviderUnavailable, ProviderRejected."""
