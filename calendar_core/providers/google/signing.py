"""Who signs what our service account says: its own key, or Google itself for a workload that may speak for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote

import aiohttp
from google.auth import crypt, jwt

from calendar_core.errors import ConsentRevoked, DomainRefused, ProviderRejected, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.ports import Access
from calendar_core.providers.response_bodies import body_of, parsed
from calendar_core.providers.tokens import GrantedTokens
from calendar_core.providers.understanding import understood

from .auth import access_of
from .failures import api_failure


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


@dataclass(frozen=True, slots=True)
class KeylessAccount:
    """The same without a key: this process runs in Google's cloud, and IAM signs for it. The workload's own account
    needs the role Service Account Token Creator on this one. Bases have no slash at the end."""

    email: str
    iam_base: str = "https://iamcredentials.googleapis.com"
    metadata_base: str = "http://metadata.google.internal"


class Signer(Protocol):
    """Signs claims as a JWT of the service account."""

    async def signed(self, claims: Mapping[str, object]) -> str:
        """Raises ProviderUnavailable, DomainRefused."""


class KeySigner:
    """A Signer with the account's own key. Signing takes 0.7 ms of CPU: not worth a thread."""

    def __init__(self, account: ServiceAccount) -> None:
        """Reads the private key once. Raises ValueError if it is none."""
        self._signer = _signer_of(account.private_key, account.key_id)

    async def signed(self, claims: Mapping[str, object]) -> str:
        """See Signer."""
        signed: bytes = jwt.encode(self._signer, claims)  # type: ignore[no-untyped-call]  # google-auth leaves it out
        return signed.decode()


@lru_cache(maxsize=2)
def _signer_of(private_key: str, key_id: str) -> crypt.Signer:
    """Kept: reading a key checks that it is sound, which takes a hundred times as long as signing."""
    signer: crypt.Signer = crypt.RSASigner.from_string(private_key, key_id)  # type: ignore[no-untyped-call]  # google-auth leaves it out
    return signer


class KeylessSigner:
    """A Signer that asks IAM (projects.serviceAccounts.signJwt), let in by the workload's own token."""

    def __init__(
        self,
        account: KeylessAccount,
        connections: aiohttp.ClientSession,
        real_now: Callable[[], datetime],
        timeout: aiohttp.ClientTimeout,
    ) -> None:
        self._account = account
        self._connections = connections
        self._real_now = real_now
        self._timeout = timeout
        self._ambient = GrantedTokens(self._own_token, real_now, Trouble.KEY_REFUSED)

    async def signed(self, claims: Mapping[str, object]) -> str:
        """See Signer."""
        url = f"{self._account.iam_base}/v1/projects/-/serviceAccounts/{quote(self._account.email)}:signJwt"
        token = await self._ambient.token()
        headers = {"Authorization": f"Bearer {token}"}
        try:
            answer = await self._asked("POST", url, headers, {"payload": json.dumps(claims)})
        except (ConsentRevoked, ProviderRejected) as refused:
            raise DomainRefused(Trouble.KEY_REFUSED) from refused
        return understood(lambda: str(answer["signedJwt"]))

    async def _own_token(self) -> Access:
        path = "/computeMetadata/v1/instance/service-accounts/default/token"
        asked_at = self._real_now()
        try:
            answer = await self._asked("GET", self._account.metadata_base + path, {"Metadata-Flavor": "Google"}, None)
        except (ConsentRevoked, ProviderRejected) as refused:
            raise DomainRefused(Trouble.KEY_REFUSED) from refused
        return access_of(answer, asked_at)

    async def _asked(self, method: str, url: str, headers: Mapping[str, str], body: object) -> Mapping[str, object]:
        try:
            async with self._connections.request(
                method, url, headers=headers, json=body, timeout=self._timeout, allow_redirects=False
            ) as response:
                read = await body_of(response)
        except (aiohttp.ClientError, TimeoutError) as silence:
            raise ProviderUnavailable(f"google signing: {type(silence).__name__}") from silence
        if response.status != 200:
            now = self._real_now()
            raise api_failure(response.status, response.headers, read, uncovered=Trouble.KEY_REFUSED, now=now)
        answer = understood(lambda: parsed(read))
        if not isinstance(answer, dict):
            raise ProviderUnavailable("google signing: unreadable answer")
        return answer
