"""How we are let into a Microsoft tenant: as the application itself, through MSAL, over our own connections."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

import aiohttp
import msal
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from yarl import URL

from calendar_core.errors import ConsentRevoked, ProviderError, ProviderUnavailable
from calendar_core.ports import Access
from calendar_core.providers.response_bodies import body_of, parsed
from calendar_core.providers.understanding import understood

from .failures import token_failure, token_numbers

PUBLIC_LOGIN = "https://login.microsoftonline.com"
PUBLIC_GRAPH = "https://graph.microsoft.com"
FORM = "application/x-www-form-urlencoded"

Value = TypeVar("Value")
logger = logging.getLogger(__name__)
logging.getLogger("msal").setLevel(logging.WARNING)  # below that it tells codes and verifiers


class TokenFailure(Protocol):
    """What an answer of the token endpoint other than success means; it depends on whose token it is."""

    def __call__(self, status: int, headers: Mapping[str, str], body: bytes, *, now: datetime) -> ProviderError:
        """`now` is real time."""


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """A secret from Entra's page; it ends after two years at most."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """PEM texts; the public one is registered in Entra. Signs PS256 with x5t#S256."""

    private_key: str = field(repr=False)
    public_certificate: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Application:
    """The installation's one registration in Entra."""

    client_id: str
    credential: ClientSecret | ClientCertificate

    def __post_init__(self) -> None:
        """Raises ValueError, without quoting it, for a certificate's key that is none."""
        if isinstance(self.credential, ClientCertificate):
            try:
                load_pem_private_key(self.credential.private_key.encode(), None)
                load_pem_x509_certificate(self.credential.public_certificate.encode())
            except (TypeError, ValueError):
                raise ValueError("this is not the key and the certificate of an Entra application") from None

    @property
    def proof(self) -> str | dict[str, str]:
        """The credential as MSAL takes it."""
        if isinstance(self.credential, ClientSecret):
            return self.credential.value
        return {
            "private_key": self.credential.private_key,
            "public_certificate": self.credential.public_certificate,
        }


@dataclass(frozen=True, slots=True)
class Entra:
    """Microsoft's sign-in server. MSAL insists on https, so a plain http `login_base` (the sandbox) is reached by
    sending what was meant for the public address there. `real_now` is real time, as are a token's."""

    login_base: str
    graph_base: str
    connections: aiohttp.ClientSession
    real_now: Callable[[], datetime]
    timeout: aiohttp.ClientTimeout
    metadata: dict[str, object] = field(default_factory=dict, repr=False)
    """MSAL's memory of what it read about each tenant's endpoints: good answers only, see _Wire."""

    @property
    def authority(self) -> str:
        """Where MSAL believes it is."""
        return PUBLIC_LOGIN if _is_plain(self.login_base) else self.login_base

    @property
    def scope(self) -> str:
        """Everything that was consented to, of this cloud's Graph."""
        return f"{self.graph}/.default"

    @property
    def graph(self) -> str:
        """What Graph is called in the names of its permissions."""
        return PUBLIC_GRAPH if _is_plain(self.graph_base) else self.graph_base

    async def exchange(self, application: Application, tenant: str) -> Access:
        """A fresh token for the application in that tenant, always from Entra. Raises ConsentRevoked,
        ProviderUnavailable, ProviderRejected."""
        requested_at = self.real_now()
        return access_of(
            await self.through_msal(
                application, tenant, lambda client: client.acquire_token_for_client([self.scope]), token_failure
            ),
            requested_at,
        )

    async def through_msal(
        self,
        application: Application,
        place: str,
        work: Callable[[Any], Mapping[str, Any] | None],
        failure: TokenFailure,
        cache: msal.TokenCache | None = None,
    ) -> Mapping[str, Any]:
        """What `work` gets out of MSAL, which blocks, and so works in a thread of its own; with a client of its own
        each time: what keeps tokens is ours, and knows when one was refused. `place` is a tenant, or what stands for
        many. Raises what `failure` makes of Entra's refusals; ProviderUnavailable for an answer that makes no sense."""
        wire = _Wire(self, asyncio.get_running_loop(), failure)

        def worked() -> Mapping[str, Any]:
            client = msal.ConfidentialClientApplication(
                application.client_id,
                client_credential=application.proof,
                authority=f"{self.authority}/{place}",
                token_cache=cache,
                http_client=wire,
                http_cache=self.metadata,
                instance_discovery=False,
                client_capabilities=["CP1"] if cache is not None else None,  # we understand claims challenges
            )
            return work(client) or {}

        try:
            return await asyncio.to_thread(worked)
        except (AttributeError, KeyError, TypeError, ValueError) as unreadable:
            raise ProviderUnavailable("entra: unreadable answer") from unreadable

    async def issuer(self, place: str) -> str:
        """Who issues tokens there, as that place's metadata says; where many tenants share it, `{tenantid}` stands for
        the one. Raises ConsentRevoked where there is no such tenant, ProviderUnavailable."""
        wire = _Wire(self, asyncio.get_running_loop(), token_failure)
        answer = await wire.answer("GET", f"{self.authority}/{place}/v2.0/.well-known/openid-configuration")
        return understood(lambda: str(json.loads(answer.text)["issuer"]))  # which it was seen to be before

    def rewritten(self, url: str) -> str:
        """Where a page that MSAL names really is."""
        return self.login_base + url.removeprefix(PUBLIC_LOGIN) if _is_plain(self.login_base) else url


def access_of(answer: Mapping[str, Any], asked_at: datetime) -> Access:
    """The access token in MSAL's answer. Raises ProviderUnavailable where there is none."""
    ends_at = understood(lambda: asked_at + timedelta(seconds=int(answer["expires_in"])))
    return Access(understood(lambda: str(answer["access_token"])), ends_at)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What MSAL wants to know of a response: only good ones get so far."""

    text: str
    headers: Mapping[str, str]
    status_code: int = 200


class _Wire:
    """MSAL's http_client: carries its requests out in our loop. Whatever is no good answer is raised as our own
    error right here, past MSAL, which would keep it, log it, or wrap it in one of many."""

    def __init__(self, entra: Entra, loop: asyncio.AbstractEventLoop, failure: TokenFailure) -> None:
        self._entra = entra
        self._loop = loop
        self._failure = failure

    def get(self, url: str, params: object = None, headers: Mapping[str, str] | None = None, **_: object) -> _Answer:
        """A tenant's metadata."""
        del params
        return self._in_loop(self.answer("GET", url, None, headers))

    def post(
        self,
        url: str,
        params: object = None,
        data: Mapping[str, str | bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> _Answer:
        """A request for a token."""
        del params
        form = urlencode(data or {})  # MSAL's values are texts and bytes
        return self._in_loop(self.answer("POST", url, form, {**(headers or {}), "Content-Type": FORM}))

    def close(self) -> None:
        """The connections are everybody's."""

    def _in_loop(self, work: Coroutine[None, None, Value]) -> Value:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def answer(
        self, method: str, url: str, data: str | None = None, headers: Mapping[str, str] | None = None
    ) -> _Answer:
        """A good one. Raises ProviderError for any other."""
        try:
            async with self._entra.connections.request(
                method,
                URL(self._entra.rewritten(url), encoded=True),
                data=data,
                headers=headers,
                timeout=self._entra.timeout,
                allow_redirects=False,
            ) as response:
                body = await body_of(response)
        except (aiohttp.ClientError, TimeoutError) as silence:
            raise ProviderUnavailable(f"entra: {type(silence).__name__}") from silence
        if response.status != 200:
            failure = self._failure(response.status, response.headers, body, now=self._entra.real_now())
            _note(failure, body)
            raise failure
        try:
            parsed(body)
        except ValueError as unreadable:
            raise ProviderUnavailable("entra: unreadable answer") from unreadable
        return _Answer(body.decode(), response.headers)


def _note(failure: ProviderError, body: bytes) -> None:
    """For the operator: Entra's numbers, nothing of the request."""
    level = logging.WARNING if isinstance(failure, ConsentRevoked | ProviderUnavailable) else logging.ERROR
    logger.log(level, "entra refused: %s, AADSTS %s", failure, token_numbers(body))


def _is_plain(base: str) -> bool:
    return base.startswith("http://")
