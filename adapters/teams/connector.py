"""Teams' REST side (Bot Connector v3): one shared session, one conversation's messages in order, its failures as ours.

Tried again here is only what Microsoft says may be: 412, 429, 502, 503, 504, and 401 once with a fresh token.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from adapters.outbox import NotAsked
from adapters.retry_after import retry_after
from adapters.tasks import TooManyWaiting, Turns
from calendar_core.errors import ProviderRejected, ProviderUnavailable

from .bounded import json_of
from .pace import Limit, Pace
from .service_urls import is_allowed

log = logging.getLogger(__name__)

Json = Mapping[str, object]

ANSWERED_WITHIN = aiohttp.ClientTimeout(total=10)
PATIENT_FOR = 3.0  # seconds that a call waits for its turn, or before it is tried again; whoever has longer comes again
MOST_WAITING = 50  # of one conversation
TRIES = 3
FIRST_PAUSE = 0.5  # seconds, twice as many with every try
LARGEST_ANSWER = 1024 * 1024
AGAIN = frozenset({412, 429, 502, 503, 504})
NOT_DONE = frozenset({412, 429})  # of those: certainly not done


class TeamsRefused(ProviderRejected):
    """Teams said no. `code` is its own word, `status` the HTTP status."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status


class NotThere(TeamsRefused):
    """That conversation takes nothing of ours, whatever reason is given: removed, blocked, gone (403, 404)."""


class NoSuchMessage(TeamsRefused):
    """What was to be changed is not there any more, or never was."""


class TooLarge(TeamsRefused):
    """More than Teams takes in one message."""


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation, and the service through which it is reached."""

    tenant: str
    service_url: str
    conversation: str


class Tokens(Protocol):
    """The bot's own."""

    async def token(self, *, instead_of: str | None = None) -> str:
        """See BotTokens. Raises ProviderUnavailable, NoToken."""
        ...


class Connector:
    """Calls, as the bot. What may have been done is tried again only where Microsoft says so."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        tokens: Tokens | None,
        pace: Pace,
        services: Collection[str],
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`tokens` is None in development, where nobody asks for one. `services`: see `is_allowed`."""
        self._http = http
        self._tokens = tokens
        self._pace = pace
        self._services = services
        self._pause = pause
        self._turns = Turns(MOST_WAITING)

    async def send(self, place: Place, activity: Json, *, only_for: str = "") -> str:
        """Its id; empty where Teams tells none. `only_for`: the one account of a group that is to see it.

        Raises ProviderUnavailable where there is no usable answer (NotAsked: certainly nothing was sent), TeamsRefused,
        NoToken.
        """
        body: Json = {**activity, "recipient": {"id": only_for, "isTargeted": True}} if only_for else activity
        return _id(await self._talk("POST", place, _path(place, "activities"), body, bool(only_for)))

    async def update(self, place: Place, message: str, activity: Json, *, targeted: bool = False) -> None:
        """Puts it in the place of that message. Raises NoSuchMessage, and what `send` raises."""
        body = {**activity, "id": message}
        await self._talk("PUT", place, _path(place, "activities", message), body, targeted)

    async def create(self, tenant: str, service_url: str, bot: str, account: str) -> str:
        """The id of the two-sided conversation with that account; the same, however often it is made."""
        body: Json = {
            "isGroup": False,
            "bot": {"id": bot},
            "members": [{"id": account}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        there = Place(tenant, service_url, f"with {account}")
        made = _id(await self._talk("POST", there, "/v3/conversations", body, targeted=False))
        if not made:
            raise ProviderUnavailable("teams: a conversation without an id")
        return made

    async def member(self, place: Place, account: str) -> Json:
        """What the roster says of somebody in that conversation. Raises what `send` raises."""
        told = await self._call("GET", place, _path(place, "members", account), None, Limit.ASKING)
        return told if isinstance(told, dict) else {}

    async def _talk(self, method: str, place: Place, path: str, body: Json | None, targeted: bool) -> object:
        path = f"{path}?{urlencode({'isTargetedActivity': 'true'})}" if targeted else path
        try:
            async with self._turns.turn(place.conversation):
                return await self._call(method, place, path, body, Limit.TALKING)
        except TooManyWaiting:
            raise NotAsked("teams: too much waits for one conversation") from None

    async def _call(self, method: str, place: Place, path: str, body: Json | None, limit: Limit) -> object:
        if not is_allowed(place.service_url, self._services):
            raise TeamsRefused(0, "foreign_service")
        refused: str | None = None
        unsure: list[int] = []
        with _nothing_was_sent_unless(unsure):
            for number in range(1, TRIES + 1):
                await self._turn(place, limit)
                token = await self._tokens.token(instead_of=refused) if self._tokens is not None else None
                try:
                    status, headers, told = await self._asked(method, place.service_url.rstrip("/") + path, body, token)
                except (aiohttp.ClientError, TimeoutError) as lost:
                    if isinstance(lost, aiohttp.ClientConnectorError):
                        raise NotAsked(f"teams: not reached ({type(lost).__name__})") from None
                    raise ProviderUnavailable(f"teams: not answered ({type(lost).__name__})") from None
                if status < 300:
                    return told
                if status == 401 and token is not None and refused is None:
                    refused = token
                    continue
                if status not in AGAIN:
                    raise _refusal(method, status, _code(told))
                if status not in NOT_DONE:
                    unsure.append(status)
                await self._pause(self._until_again(place, status, headers, number))
        raise TeamsRefused(401, "token_refused")

    def _until_again(self, place: Place, status: int, headers: Mapping[str, str], number: int) -> float:
        """Seconds. Raises what that answer means where it is left to whoever comes again."""
        wait = retry_after(headers) or timedelta(seconds=FIRST_PAUSE * 2 ** (number - 1))
        if status == 429:
            self._pace.held_back(place.conversation, wait.total_seconds())
        if number == TRIES or wait.total_seconds() > PATIENT_FOR:
            kind = NotAsked if status in NOT_DONE else ProviderUnavailable
            raise kind(f"teams: answered {status}", wait)
        return wait.total_seconds()

    async def _turn(self, place: Place, limit: Limit) -> None:
        left = PATIENT_FOR
        while wait := self._pace.wait(place.tenant, place.conversation, limit):
            if wait > left:
                raise NotAsked("teams: waits for its turn", timedelta(seconds=wait))
            left -= wait
            await self._pause(wait)

    async def _asked(
        self, method: str, url: str, body: Json | None, token: str | None
    ) -> tuple[int, Mapping[str, str], object]:
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        data = None
        if body is not None:
            data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
            headers["Content-Type"] = "application/json"
        async with self._http.request(
            method, URL(url, encoded=True), data=data, headers=headers, timeout=ANSWERED_WITHIN, allow_redirects=False
        ) as answer:
            return answer.status, answer.headers, await json_of(answer, LARGEST_ANSWER)


def _path(place: Place, *parts: str) -> str:
    return "/".join(("/v3/conversations", *(quote(each, safe="") for each in (place.conversation, *parts))))


def _id(told: object) -> str:
    found = told.get("id") if isinstance(told, dict) else None
    return found if isinstance(found, str) else ""


def _code(told: object) -> str:
    """Teams' own word for it, where it gives one: the more exact of the two."""
    error = told.get("error") if isinstance(told, dict) else None
    if not isinstance(error, dict):
        return "no_code"
    inner = error.get("innerHttpError")
    words = (error.get("subCode"), inner.get("subCode") if isinstance(inner, dict) else None, error.get("code"))
    return next((each for each in words if isinstance(each, str) and each.isascii() and 0 < len(each) <= 80), "no_code")


@contextmanager
def _nothing_was_sent_unless(unsure: list[int]) -> Iterator[None]:
    """NotAsked is meant of the last try; after answers that leave open what was done it is not said."""
    try:
        yield
    except NotAsked as waits:
        if unsure:
            raise ProviderUnavailable(f"{waits}, after {unsure[-1]}", waits.retry_after) from None
        raise


def _refusal(method: str, status: int, code: str) -> Exception:
    log.info("teams: refused", extra={"status": status, "code": code})
    if status == 401:
        log.error("teams: the bot is not known there; look at its registration", extra={"code": code})
        return TeamsRefused(status, code)
    if status == 404 and (code == "ActivityNotFoundInConversation" or (method != "POST" and "onversation" not in code)):
        return NoSuchMessage(status, code)
    if status in (403, 404):
        return NotThere(status, code)
    if status == 413:
        return TooLarge(status, code)
    if status >= 500:
        return ProviderUnavailable(f"teams: answered {status}")
    return TeamsRefused(status, code)
