"""Requests to Google Calendar v3: the library builds and checks them, our own connections carry them.

The library's transport is never used: shared between threads it hands one person's answer to another, and it
sends a POST again by itself (docs/decisions/0003).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NoReturn, Protocol

import aiohttp
from googleapiclient.discovery import build
from yarl import URL

from calendar_core.errors import ProviderUnavailable
from calendar_core.providers.patience import Patience
from calendar_core.providers.response_bodies import body_of, parsed
from calendar_core.providers.tokens import TokenSource

from .failures import api_failure

USUAL_BASE = "https://www.googleapis.com/calendar/v3/"
CALLS_AT_ONCE = 4  # on one mailbox: Google throttles quick succession on one calendar


class BuiltRequest(Protocol):
    """What the library builds. `uri` is percent-encoded, `body` is JSON."""

    methodId: str  # noqa: N815 - the library's name
    method: str
    uri: str
    body: str | None


class _NoTransport:
    """In place of httplib2, so that nothing can be sent through it by accident."""

    def request(self, *_: object, **__: object) -> NoReturn:
        raise RuntimeError("requests to Google are sent by sending.Sender alone")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class CalendarApi:
    """The API's resources, kept (building one anew costs five times the request), and the way to it."""

    def __init__(
        self,
        base: str,
        connections: aiohttp.ClientSession,
        real_now: Callable[[], datetime],
        timeout: aiohttp.ClientTimeout,
        patience: Patience,
    ) -> None:
        """`base` includes the path (.../calendar/v3): without it the library would call /freeBusy."""
        self.base = base.rstrip("/") + "/"
        self.events: Any = _resource("events")
        self.freebusy: Any = _resource("freebusy")
        self.calendars: Any = _resource("calendars")
        self.calendar_list: Any = _resource("calendarList")
        self.connections = connections
        self.real_now = real_now
        self.timeout = timeout
        self.patience = patience


@cache
def _service() -> Any:
    """What builds requests, to USUAL_BASE."""
    return build(
        "calendar",
        "v3",
        http=_NoTransport(),
        static_discovery=True,
        cache_discovery=False,
        client_options={"api_endpoint": USUAL_BASE},
    )


@cache
def _resource(name: str) -> Any:
    """One of the API's. It keeps nothing between requests, so all ways to the API share it."""
    return getattr(_service(), name)()


class Sender:
    """Sends requests for one principal. Everything we ask may safely be asked twice: reads, deletes, inserts
    under an id of ours, patches with If-Match."""

    def __init__(self, api: CalendarApi, tokens: TokenSource) -> None:
        self._api = api
        self._tokens = tokens
        self._turns = asyncio.Semaphore(CALLS_AT_ONCE)

    async def send(self, request: BuiltRequest, *, etag: str | None = None) -> dict[str, object]:
        """The answer's JSON, empty for a delete; `etag` becomes If-Match.
        Raises ConsentRevoked, ProviderUnavailable, ProviderRejected (`code` is Google's reason)."""
        async with self._turns:
            return await self._api.patience.answer(lambda: self._ask(request, etag))

    async def _ask(self, request: BuiltRequest, etag: str | None) -> dict[str, object]:
        token = await self._tokens.token()
        answer = await self._exchange(request, token, etag)
        if answer.status == 401:
            token = await self._tokens.token(instead_of=token)
            answer = await self._exchange(request, token, etag)
        if not 200 <= answer.status < 300:
            now = self._api.real_now()
            raise api_failure(answer.status, answer.headers, answer.body, uncovered=self._tokens.uncovered, now=now)
        if request.method == "DELETE":
            return {}
        return _object(answer.body, request.methodId)

    async def _exchange(self, request: BuiltRequest, token: str, etag: str | None) -> _Answer:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        if etag is not None:
            headers["If-Match"] = etag
        try:
            async with self._api.connections.request(
                request.method,
                URL(self._api.base + request.uri.removeprefix(USUAL_BASE), encoded=True),
                data=request.body,
                headers=headers,
                timeout=self._api.timeout,
                allow_redirects=False,
            ) as response:
                return _Answer(response.status, response.headers, await body_of(response))
        except (aiohttp.ClientError, TimeoutError) as silence:
            raise ProviderUnavailable(f"{request.methodId}: {type(silence).__name__}") from silence


def _object(body: bytes, asked: str) -> dict[str, object]:
    try:
        read = parsed(body)
    except ValueError as unreadable:
        raise ProviderUnavailable(f"{asked}: unreadable answer") from unreadable
    if not isinstance(read, dict):
        raise ProviderUnavailable(f"{asked}: unreadable answer")
    return read
