"""How we are let into Google: what is shown to its token endpoint, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import aiohttp
from google.auth import crypt, jwt

from calendar_core.errors import ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.ports import Access
from calendar_core.providers.understanding import understood

from .failures import DELEGATION_REFUSED, grant_failure
from .scopes import SCOPES

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"  # what Google expects wherever the endpoint is reached
ASSERTION_LIFE = timedelta(hours=1)


class Grant(Protocol):
    """What is shown to the token endpoint to get an access token."""

    @property
    def uncovered(self) -> Trouble:
        """What it means when the grant does not cover a call."""

    @property
    def refused(self) -> Mapping[str, Trouble]:
        """What it means when Google does not accept the grant, by OAuth's word for why."""

    def form(self, now: datetime) -> Mapping[str, str]:
        """The form to be posted (RFC 6749 4.5), made anew each time."""


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """The installation's own account in Google's cloud, which an administrator lets act for the domain's people."""

    email: str
    key_id: str
    private_key: str = field(repr=False)

    @classmethod
    def from_json(cls, text: str) -> ServiceAccount:
        """The key file as downloaded from Google. Raises ValueError, without quoting it, if it is none."""
        try:
            key = json.loads(text)
            return cls(str(key["client_email"]), str(key["private_key_id"]), str(key["private_key"]))
        except (ValueError, KeyError, TypeError):
            raise ValueError("this is not the key file of a Google service account") from None


class Delegation:
    """A Grant: the service account speaking for one person of the domain (RFC 7523)."""

    uncovered = Trouble.ADMIN_CONSENT_MISSING
    refused = DELEGATION_REFUSED

    def __init__(
        self, account: ServiceAccount, signer: crypt.Signer, subject: str, scopes: tuple[str, ...] = SCOPES
    ) -> None:
        self._account = account
        self._signer = signer
        self._subject = subject
        self._scopes = scopes

    def form(self, now: datetime) -> Mapping[str, str]:
        """Signing takes 0.7 ms of CPU: not worth a thread."""
        issued = int(now.timestamp())
        claims = {
            "iss": self._account.email,
            "sub": self._subject,
            "scope": " ".join(self._scopes),
            "aud": AUDIENCE,
            "iat": issued,
            "exp": issued + int(ASSERTION_LIFE.total_seconds()),
        }
        return {"grant_type": JWT_BEARER, "assertion": _signed(self._signer, claims)}


def signer_of(account: ServiceAccount) -> crypt.Signer:
    """Reads the private key once. Raises ValueError if it is none."""
    signer: crypt.Signer = crypt.RSASigner.from_string(  # type: ignore[no-untyped-call]  # google-auth leaves it out
        account.private_key, account.key_id
    )
    return signer


def _signed(signer: crypt.Signer, claims: Mapping[str, object]) -> str:
    signed: bytes = jwt.encode(signer, claims)  # type: ignore[no-untyped-call]  # google-auth leaves it out
    return signed.decode()


@dataclass(frozen=True, slots=True)
class TokenEndpoint:
    """Where grants become tokens. `real_now` is real time: what Google signs and expires knows no other."""

    url: str
    connections: aiohttp.ClientSession
    real_now: Callable[[], datetime]
    timeout: aiohttp.ClientTimeout

    async def exchange(self, grant: Grant) -> Access:
        """One request. Raises ConsentRevoked, ProviderUnavailable, ProviderRejected."""
        now = self.real_now()
        return access_of(await self.asked(grant.form(now), refused=grant.refused), now)

    async def asked(self, form: Mapping[str, str], *, refused: Mapping[str, Trouble]) -> dict[str, object]:
        """The answer to one form. Raises as above; `refused` is what its words mean for what the form shows."""
        try:
            async with self.connections.post(
                self.url, data=form, timeout=self.timeout, allow_redirects=False
            ) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError) as silence:
            raise ProviderUnavailable(f"google token: {type(silence).__name__}") from silence
        if response.status != 200:
            raise grant_failure(response.status, response.headers, body, refused=refused, now=self.real_now())
        answer: object = understood(lambda: json.loads(body))
        if not isinstance(answer, dict):
            raise ProviderUnavailable("google token: unreadable answer")
        return answer


def access_of(answer: Mapping[str, object], asked_at: datetime) -> Access:
    """Its access token. Raises ProviderUnavailable where there is none."""
    lasts = understood(lambda: timedelta(seconds=int(str(answer["expires_in"]))))
    return Access(understood(lambda: str(answer["access_token"])), asked_at + lasts)
