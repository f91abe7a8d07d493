"""Slack's Web API: one shared session, nothing sent twice by itself, its failures as ours."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.outbox import NotAsked
from calendar_core.errors import ProviderRejected, ProviderUnavailable, StoreUnavailable

from .installation import Installation
from .pace import Pace
from .retry_after import retry_after

log = logging.getLogger(__name__)
quiet = logging.getLogger(f"{__name__}.sdk")  # the library describes whole messages, people's words with them
quiet.setLevel(logging.CRITICAL)

ANSWERED_WITHIN = 10.0  # seconds
PATIENT_FOR = 2.0  # seconds that a call waits for its turn; whoever has longer comes again
LATER = frozenset(
    {
        "accesslimited",
        "fatal_error",
        "internal_error",
        "rate_limited",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
WHOSE = "auth.test"  # the method that says of a token itself whether it is any good
WITHDRAWN = frozenset({"account_inactive", "app_not_installed", "invalid_auth", "not_authed", "token_revoked"})


class SlackRefused(ProviderRejected):
    """Slack said no. `code` is its own word: channel_not_found, user_disabled ..."""


class TokenEnded(NotAsked):
    """The token's time was over, and there is no other yet: nothing was done."""


class WebApi:
    """Calls, as who an installation is. What may have been done is never repeated here: that is for whoever knows."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base: str,
        now: Callable[[], float],
        *,
        withdrawn: Callable[[Installation, str], Awaitable[None]] | None = None,
        renewed: Callable[[Installation], Awaitable[Installation | None]] | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`base` ends in /api or /api/; `now` in seconds, never going back. `withdrawn` is told when Slack takes an
        installation's token no more, and why; `renewed` is asked for another when it has ended."""
        self._session = session
        self._client = AsyncWebClient(base_url=base, session=session, logger=quiet, retry_handlers=[])
        self._pace = Pace(now)
        self._withdrawn = withdrawn
        self._renewed = renewed
        self._pause = pause

    async def call(self, installation: Installation, method: str, **arguments: object) -> Mapping[str, object]:
        """Slack's answer, which is `ok`. What is None is left out.

        Raises ProviderUnavailable where there is no usable answer (it may have been done; NotAsked: certainly not),
        SlackRefused for a no. A token that has ended is renewed, once: nothing was done with it.
        """
        channel = arguments.get("channel")
        await self._turn(installation, method, channel if isinstance(channel, str) else None)
        try:
            return await self._called(installation, method, arguments)
        except TokenEnded:
            other = await self._other(installation)
            if other is None:
                raise
        return await self._called(other, method, arguments)

    async def _called(
        self, installation: Installation, method: str, arguments: Mapping[str, object]
    ) -> Mapping[str, object]:
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                answer = await self._client.api_call(
                    method,
                    data={name: _told(value) for name, value in arguments.items() if value is not None},
                    headers={"Authorization": f"Bearer {installation.token.reveal()}"},
                )
        except SlackApiError as refused:
            raise await self._failure(installation, method, refused) from None
        except (aiohttp.ClientError, TimeoutError, SlackClientError, OSError, ValueError) as lost:
            raise ProviderUnavailable(f"slack: {method} was not answered ({type(lost).__name__})") from None
        data = answer.data
        if not isinstance(data, dict):
            raise ProviderUnavailable(f"slack: {method} was answered by something else")
        return data

    async def upload(self, url: str, content: bytes) -> None:
        """Bytes to the address that files.getUploadURLExternal gave. Raises ProviderUnavailable."""
        limit = aiohttp.ClientTimeout(total=ANSWERED_WITHIN)
        try:
            async with self._session.post(url, data=content, timeout=limit, allow_redirects=False) as response:
                if response.status != 200:
                    raise ProviderUnavailable(f"slack: an upload was answered {response.status}")
        except (aiohttp.ClientError, TimeoutError) as lost:
            raise ProviderUnavailable(f"slack: an upload was not answered ({type(lost).__name__})") from None

    async def _turn(self, installation: Installation, method: str, channel: str | None) -> None:
        left = PATIENT_FOR
        while wait := self._pace.wait(_who(installation), method, channel):
            if wait > left:
                raise NotAsked(f"slack: {method} waits for its turn", timedelta(seconds=wait))
            left -= wait
            await self._pause(wait)

    async def _failure(self, installation: Installation, method: str, refused: SlackApiError) -> Exception:
        response = refused.response
        status = getattr(response, "status_code", None) or getattr(response, "status", 0)
        data = getattr(response, "data", None)
        code = data.get("error") if isinstance(data, dict) else None
        code = code if isinstance(code, str) and code.isascii() and len(code) <= 80 else None
        if status == 429 or code in ("ratelimited", "rate_limited"):
            after = retry_after(getattr(response, "headers", {}))
            self._pace.held_back(_who(installation), method, after.total_seconds())
            return NotAsked(f"slack: too many {method}", after)
        if status != 200 or code is None or code in LATER:
            return ProviderUnavailable(f"slack: {method} was answered {status} {code or ''}".rstrip())
        if code == "token_expired":
            return TokenEnded(f"slack: the token for {method} has ended")
        if code in WITHDRAWN and method == WHOSE:
            await self._taken_no_more(installation, code)
        elif code in WITHDRAWN:
            with suppress(ProviderRejected, ProviderUnavailable):  # it says so once more, if the token is to blame
                await self._called(installation, WHOSE, {})
        return SlackRefused(code)

    async def _taken_no_more(self, installation: Installation, code: str) -> None:
        log.warning("slack: an installation's token is taken no more", extra={"code": code})
        try:
            if self._withdrawn is not None:
                await self._withdrawn(installation, code)
        except StoreUnavailable:  # whoever uses it next is told the same
            log.warning("slack: that could not be kept", extra={"code": code})

    async def _other(self, installation: Installation) -> Installation | None:
        try:
            return await self._renewed(installation) if self._renewed is not None else None
        except StoreUnavailable as away:
            raise NotAsked("slack: another token is not at hand") from away


def _who(installation: Installation) -> tuple[str | None, str | None]:
    return installation.enterprise, installation.team


def _told(value: object) -> str:
    """Forms are taken by every method; what has parts goes as JSON inside."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=list)
