"""The store of tokens by which other programs read."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from calendar_core.api_token import ApiToken
from calendar_core.people import OrganisationId, ProgrammeId


class ApiTokens(Protocol):
    """Known by the hash of a token alone: nobody can get one out of the database."""

    async def made(
        self, digest: str, organisation: OrganisationId, programme: ProgrammeId | None, at: datetime
    ) -> ApiToken:
        """The token of that hash counts from now on. Its number is never given out twice."""

    async def known(self, digest: str) -> ApiToken | None:
        """The one with that hash, unless it was revoked."""

    async def all(self) -> tuple[ApiToken, ...]:
        """Those that count, the oldest first."""

    async def revoke(self, number: int) -> bool:
        """It counts no more. False where none of that number did."""
