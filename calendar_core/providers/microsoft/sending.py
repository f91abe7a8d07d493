"""Requests to Microsoft Graph: built, let in, sent, and their refusals understood."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import getrandbits
from urllib.parse import quote

import aiohttp
from yarl import URL

from calendar_core.errors import ProviderUnavailable
from calendar_core.providers.patience import Patience
from calendar_core.providers.response_bodies import body_of, parsed
from calendar_core.providers.tokens import TokenSource

from .challenges import claims_demanded
from .failures import graph_code, graph_failure

CALLS_AT_ONCE = 4  # on one mailbox: a fifth is refused (MailboxConcurrency)
MOST_PAGES = 20
# On every request: an id given without it changes when the event is moved between folders.
PREFER = 'IdType="ImmutableId", outlook.timezone="UTC"'

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """`path` in steps below the mailbox, not yet encoded; `name` is all of it that may be logged."""

    name: str
    method: str
    path: tuple[str, ...]
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class GraphApi:
    """The way to Graph. `base` has no path; `real_now` is real time."""

    base: str
    connections: aiohttp.ClientSession
    real_now: Callable[[], datetime]
    timeout: aiohttp.ClientTimeout
    patience: Patience


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Sender:
    """Sends requests for one mailbox: `root` is its path ("users/sam@example.com")."""

    def __init__(self, api: GraphApi, tokens: TokenSource, *root: str) -> None:
        self.patience = api.patience
        self._api = api
        self._tokens = tokens
        self._root = root
        self._turns = asyncio.Semaphore(CALLS_AT_ONCE)

    async def send(self, request: Request) -> dict[str, object]:
        """The answer's JSON, empty where there is none. Only for what may be done twice.
        Raises ConsentRevoked, ProviderUnavailable, ProviderRejected (`code` is Graph's)."""
        return await self.patience.answer(lambda: self.once(request))

    async def once(self, request: Request) -> dict[str, object]:
        """The same, without trying again by itself: when it failed it may have been done."""
        return await self._asked(request, self._url(request))

    async def pages(self, request: Request) -> list[object]:
        """Every entry of a list, without trying again. A first page may be empty and yet have a next one."""
        found: list[object] = []
        url = self._url(request)
        for _ in range(MOST_PAGES):
            page = await self._asked(request, url)
            entries, link = page.get("value"), page.get("@odata.nextLink")
            if not isinstance(entries, list):
                break
            found += entries
            if link is None:
                return found
            url = self._next(link, request)
        raise ProviderUnavailable(f"{request.name}: unreadable answer")

    def _url(self, request: Request) -> URL:
        steps = "/".join(quote(step, safe="") for step in (*self._root, *request.path))
        query = "&".join(f"{quote(name, safe='$')}={quote(value, safe='')}" for name, value in request.query.items())
        return URL(f"{self._api.base}/v1.0/{steps}" + (f"?{query}" if query else ""), encoded=True)

    def _next(self, link: object, request: Request) -> URL:
        """As it is, byte for byte, and nowhere else: the token goes along."""
        if not isinstance(link, str) or not link.startswith(f"{self._api.base}/v1.0/"):
            raise ProviderUnavailable(f"{request.name}: the next page lies elsewhere")
        return URL(link, encoded=True)

    async def _asked(self, request: Request, url: URL) -> dict[str, object]:
        async with self._turns:
            token = await self._tokens.token()
            answer = await self._exchange(request, url, token)
            if answer.status == 401:
                claims = claims_demanded(answer.headers)
                token = await self._tokens.token(instead_of=token, claims=claims)
                answer = await self._exchange(request, url, token)
        if 200 <= answer.status < 300:
            return _object(answer, request)
        uncovered, now = self._tokens.uncovered, self._api.real_now()
        raise graph_failure(answer.status, answer.headers, answer.body, uncovered=uncovered, now=now)

    async def _exchange(self, request: Request, url: URL, token: str) -> _Answer:
        ours = str(uuid.UUID(int=getrandbits(128), version=4))
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "Prefer": PREFER,
            "client-request-id": ours,
            "return-client-request-id": "true",
        }
        try:
            async with self._api.connections.request(
                request.method,
                url,
                json=request.body,
                headers=headers,
                timeout=self._api.timeout,
                allow_redirects=False,
            ) as response:
                answer = _Answer(response.status, response.headers, await body_of(response))
        except (aiohttp.ClientError, TimeoutError) as silence:
            logger.warning("%s: %s, request-id (%s)", request.name, type(silence).__name__, ours)
            raise ProviderUnavailable(f"{request.name}: {type(silence).__name__}") from silence
        if answer.status >= 400:
            theirs = answer.headers.get("request-id", "")
            code = graph_code(answer.body)
            logger.info(
                "%s: %d %s, request-id %s, client-request-id %s", request.name, answer.status, code, theirs, ours
            )
        return answer


def _object(answer: _Answer, request: Request) -> dict[str, object]:
    if not answer.body and answer.status in (202, 204):
        return {}
    try:
        read = parsed(answer.body)
    except ValueError as unreadable:
        raise ProviderUnavailable(f"{request.name}: unreadable answer") from unreadable
    if not isinstance(read, dict):
        raise ProviderUnavailable(f"{request.name}: unreadable answer")
    return read
