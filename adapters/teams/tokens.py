"""The bot's own token, by which its answers are taken: one a process, kept while it lasts, renewed once however many
wait. Always of the tenant where the bot is registered, whoever is answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import aiohttp

from calendar_core.errors import ProviderError, ProviderRejected, ProviderUnavailable

from .assertion import Certificate
from .bounded import json_of

log = logging.getLogger(__name__)

LIMIT = aiohttp.ClientTimeout(total=10)
EARLY = timedelta(minutes=5)
LARGEST = 64 * 1024
PUBLIC_LOGIN = "https://login.microsoftonline.com"
ASSERTED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class NoToken(ProviderRejected):
    """The bot is let in no longer: its secret has ended, or its registration is not what it was."""


@dataclass(frozen=True, slots=True)
class Token:
    """`ends_at` by real time."""

    value: str = field(repr=False)
    ends_at: datetime


class Source(Protocol):
    """Where a token comes from."""

    async def fetch(self) -> Token:
        """A fresh one. Raises ProviderUnavailable, NoToken."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCredentials:
    """The registration's own, proved by a secret or a certificate (RFC 6749 4.4, RFC 7523)."""

    http: aiohttp.ClientSession
    login_base: str
    tenant: str
    app_id: str
    resource: str
    proof: str | Certificate = field(repr=False)
    real_now: Callable[[], datetime]

    async def fetch(self) -> Token:
        """See Source."""
        url = f"{self.login_base}/{self.tenant}/oauth2/v2.0/token"
        form = {"grant_type": "client_credentials", "client_id": self.app_id, "scope": f"{self.resource}/.default"}
        if isinstance(self.proof, str):
            form["client_secret"] = self.proof
        else:
            form["client_assertion_type"] = ASSERTED
            form["client_assertion"] = self.proof.assertion(self.app_id, self._named(url), self.real_now())
        asked_at = self.real_now()
        try:
            async with self.http.post(url, data=form, timeout=LIMIT, allow_redirects=False) as answer:
                return _token(answer.status, await json_of(answer, LARGEST), asked_at)
        except (aiohttp.ClientError, TimeoutError) as lost:
            raise ProviderUnavailable(f"teams: no token ({type(lost).__name__})") from None

    def _named(self, url: str) -> str:
        """As the sign-in calls itself, wherever a played one (plain http) is reached."""
        return PUBLIC_LOGIN + url.removeprefix(self.login_base) if self.login_base.startswith("http://") else url


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedIdentity:
    """On Azure's machines: the machine itself is asked (IMDS)."""

    http: aiohttp.ClientSession
    base: str
    app_id: str
    resource: str
    real_now: Callable[[], datetime]

    async def fetch(self) -> Token:
        """See Source."""
        url = f"{self.base}/metadata/identity/oauth2/token"
        query = {"api-version": "2018-02-01", "resource": self.resource, "client_id": self.app_id}
        asked_at = self.real_now()
        try:
            async with self.http.get(
                url, params=query, headers={"Metadata": "true"}, timeout=LIMIT, allow_redirects=False
            ) as answer:
                return _token(answer.status, await json_of(answer, LARGEST), asked_at)
        except (aiohttp.ClientError, TimeoutError) as lost:
            raise ProviderUnavailable(f"teams: no token ({type(lost).__name__})") from None


class BotTokens:
    """Everybody's, of one source. `real_now` is real time."""

    def __init__(self, source: Source, real_now: Callable[[], datetime]) -> None:
        self._source = source
        self._real_now = real_now
        self._kept: Token | None = None
        self._under_way: asyncio.Task[Token] | None = None

    async def token(self, *, instead_of: str | None = None) -> str:
        """One that is still good; never `instead_of`, which was refused. In its last minutes one serves on where no new
        one is to be had. Raises ProviderUnavailable, NoToken."""
        kept = self._kept if self._kept is not None and self._kept.value != instead_of else None
        if kept is not None and self._lasts(kept, EARLY):
            return kept.value
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._source.fetch())
            self._under_way.add_done_callback(self._fetched)
        try:
            # Shielded: a caller who goes away must not take the others' token with him.
            return (await asyncio.shield(self._under_way)).value
        except ProviderUnavailable:
            if kept is None or not self._lasts(kept, timedelta(0)):
                raise
            return kept.value

    def _lasts(self, token: Token, margin: timedelta) -> bool:
        return self._real_now() < token.ends_at - margin

    def _fetched(self, fetching: asyncio.Task[Token]) -> None:
        self._under_way = None
        if not fetching.cancelled() and fetching.exception() is None:
            self._kept = fetching.result()


def _token(status: int, body: object, asked_at: datetime) -> Token:
    """Entra's numbers go to the log, nothing else of what it says."""
    told = body if isinstance(body, dict) else {}
    if status == 200:
        value, lasts = told.get("access_token"), told.get("expires_in")
        if isinstance(value, str) and value and str(lasts).isdecimal():
            return Token(value, asked_at + timedelta(seconds=int(str(lasts))))
        raise ProviderUnavailable("teams: the answer to a request for a token has none")
    numbers = [each for each in told.get("error_codes") or () if isinstance(each, int)]
    failure: ProviderError
    if status == 429 or status >= 500:
        failure = ProviderUnavailable(f"teams: no token ({status})")
    else:
        failure = NoToken(f"no_token_{status}")
    log.error("teams: no token is given to the bot", extra={"status": status, "code": numbers[:1]})
    raise failure
