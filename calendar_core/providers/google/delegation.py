"""The service account speaking for one person of a domain (RFC 7523), and whose fault it is when that is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from calendar_core.errors import ConsentRevoked, DomainRefused
from calendar_core.integration import Trouble
from calendar_core.ports import Access

from .auth import TokenEndpoint, access_of
from .failures import DELEGATION_REFUSED
from .scopes import EVERYTHING, SCOPES
from .signing import Signer

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"  # what Google expects wherever the endpoint is reached
ASSERTION_LIFE = timedelta(hours=1)
PROVEN_FOR = timedelta(minutes=5)


class Delegation:
    """Tokens for people, by what the domain's administrator delegated to the account `email`."""

    uncovered = Trouble.ADMIN_CONSENT_MISSING

    def __init__(self, email: str, signer: Signer, endpoint: TokenEndpoint) -> None:
        self.endpoint = endpoint
        self._email = email
        self._signer = signer
        self._proven_at: datetime | None = None

    async def token(self, subject: str, scopes: tuple[str, ...] = SCOPES) -> Access:
        """For those scopes, all or none. One request, and a second where Google's word leaves open whether it means
        the person or us.
        Raises ConsentRevoked, DomainRefused, ProviderUnavailable, ProviderRejected."""
        try:
            return await self._exchanged(scopes, {"sub": subject})
        except DomainRefused:
            raise
        except ConsentRevoked as refused:
            if refused.trouble is Trouble.NO_ACCOUNT:
                await self._prove_ourselves()
            raise

    async def reaches_too_far(self, subject: str) -> bool:
        """Whether the administrator has delegated more than we need: a token for everything is asked for, and not
        kept. Raises ProviderUnavailable, ProviderRejected."""
        try:
            await self._exchanged((EVERYTHING,), {"sub": subject})
        except ConsentRevoked:
            return False
        return True

    async def _prove_ourselves(self) -> None:
        """`invalid_grant` is said of people that are unknown, and just so of a key that was deleted: for whoever
        speaks for nobody but himself only the latter can be meant. Raises DomainRefused."""
        now = self.endpoint.real_now()
        if self._proven_at is not None and now - self._proven_at < PROVEN_FOR:
            return
        try:
            await self._exchanged(SCOPES, {})
        except DomainRefused:
            raise
        except ConsentRevoked as refused:
            raise DomainRefused(Trouble.KEY_REFUSED) from refused
        self._proven_at = now

    async def _exchanged(self, scopes: tuple[str, ...], more: Mapping[str, str]) -> Access:
        now = self.endpoint.real_now()
        issued = int(now.timestamp())
        claims = {
            "iss": self._email,
            "scope": " ".join(scopes),
            "aud": AUDIENCE,
            "iat": issued,
            "exp": issued + int(ASSERTION_LIFE.total_seconds()),
            **more,
        }
        form = {"grant_type": JWT_BEARER, "assertion": await self._signer.signed(claims)}
        return access_of(await self.endpoint.asked(form, refused=DELEGATION_REFUSED, signed=True), now)
