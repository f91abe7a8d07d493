"""Tokens that end: one process renews one, well before that; the others go on with it for as long as it lasts.

A refresh token is good once. So what it was exchanged for is kept, come what may: whoever waited may have gone, and the
store may be away for a while.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex

from calendar_core.errors import ProviderRejected, ProviderUnavailable, StoreUnavailable
from calendar_core.ports import SlackInstallations, StoredInstallation

from .oauth import SlackOAuth

log = logging.getLogger(__name__)

RENEWED_BEFORE = timedelta(hours=1)
LEASE = timedelta(seconds=30)
LOOKS, LOOK_EVERY = 50, 0.2  # seconds: while another process renews a token that has ended
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds, between tries to keep what came
USELESS = frozenset({"invalid_grant", "invalid_refresh_token", "token_expired", "token_revoked"})


@dataclass(frozen=True, slots=True)
class _Unkept:
    """What a refresh token was exchanged for, while the store does not take it."""

    spent: str
    new: StoredInstallation
    keeping: asyncio.Task[None]


class Renewing:
    """`now` is real time: Slack's tokens end by it."""

    def __init__(
        self,
        store: SlackInstallations,
        oauth: SlackOAuth,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._oauth = oauth
        self._now = now
        self._pause = pause
        self._unkept: dict[str, _Unkept] = {}  # by place
        self._useless: dict[str, str] = {}  # refresh tokens that Slack refused, by place
        self._ended: dict[str, str] = {}  # tokens that had ended when Slack was asked with them, by place

    def ends_soon(self, stored: StoredInstallation) -> bool:
        """Whether it is time."""
        return stored.ends_at is not None and stored.ends_at - self._now() <= RENEWED_BEFORE

    async def fresh(self, stored: StoredInstallation, ended: str | None = None) -> StoredInstallation | None:
        """With a token that lasts; `ended` is one of which Slack says that it does not, whatever was thought.

        None if there is no installation any more, or none that can be renewed. Raises ProviderUnavailable if Slack does
        not answer and the present token has ended, StoreUnavailable.
        """
        if ended is not None:
            self._ended[stored.place] = ended
        for _ in range(LOOKS):
            unkept = self._unkept.get(stored.place)
            if unkept is not None and unkept.spent == stored.refresh:
                stored = unkept.new
            is_over = self._is_over(stored)
            if not is_over and not self.ends_soon(stored):
                return stored
            if stored.refresh is None or self._useless.get(stored.place) == stored.refresh:
                return None if is_over else stored
            holder, now = token_hex(8), self._now()
            leased = await self._store.lease(stored.place, holder, now, now + LEASE)
            if leased is not None:
                return await self._renewed(leased, holder)
            if not is_over:
                return stored
            await self._pause(LOOK_EVERY)
            there = await self._store.at(stored.place)
            if there is None:
                return None
            stored = there
        raise ProviderUnavailable("slack: a token is still being renewed")

    async def close(self) -> None:
        """Tries once more to keep what is not kept yet."""
        for unkept in list(self._unkept.values()):
            unkept.keeping.cancel()
            await asyncio.gather(unkept.keeping, return_exceptions=True)
            try:
                await self._keep(unkept.spent, unkept.new)
            except StoreUnavailable:
                log.error("slack: a renewed token is lost; the app has to be installed anew", extra=_where(unkept.new))

    async def _renewed(self, leased: StoredInstallation, holder: str) -> StoredInstallation | None:
        is_over = self._is_over(leased)
        if leased.refresh is None or not (is_over or self.ends_soon(leased)):
            await self._store.release(leased.place, holder)  # whoever was there before has renewed it
            return leased
        try:
            new = await self._oauth.renew(leased.refresh)
        except (ProviderUnavailable, ProviderRejected) as failed:
            code = failed.code if isinstance(failed, ProviderRejected) else type(failed).__name__
            log.warning("slack: a token could not be renewed", extra={"code": code, **_where(leased)})
            await self._store.release(leased.place, holder)
            if code in USELESS:
                self._useless[leased.place] = leased.refresh
                return None if is_over else leased
            if is_over:
                raise ProviderUnavailable("slack: a token could not be renewed") from failed
            return leased
        renewed = replace(leased, token=new.token.reveal(), refresh=new.refresh.reveal(), ends_at=new.ends_at)
        try:
            if await self._keep(leased.refresh, renewed):
                return renewed
        except StoreUnavailable:
            log.warning("slack: a renewed token could not be kept yet", extra=_where(renewed))
            keeping = asyncio.create_task(self._keep_on(leased.refresh, renewed), name="renewed token")
            self._unkept[renewed.place] = _Unkept(leased.refresh, renewed, keeping)
            return renewed
        return await self._store.at(leased.place)  # removed meanwhile, or installed anew: that counts

    async def _keep(self, spent: str, new: StoredInstallation) -> bool:
        if new.refresh is None or new.ends_at is None:
            return False
        return await self._store.renewed(new.place, spent, new.token, new.refresh, new.ends_at)

    async def _keep_on(self, spent: str, new: StoredInstallation) -> None:
        wait = FIRST_PAUSE
        while True:
            await self._pause(wait)
            wait = min(2 * wait, LONGEST_PAUSE)
            try:
                await self._keep(spent, new)
            except StoreUnavailable:
                continue
            break
        self._unkept.pop(new.place, None)

    def _is_over(self, stored: StoredInstallation) -> bool:
        return stored.token == self._ended.get(stored.place) or (
            stored.ends_at is not None and stored.ends_at <= self._now()
        )


def _where(stored: StoredInstallation) -> dict[str, object]:
    return {"place": stored.place}
