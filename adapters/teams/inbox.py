"""What was heard already: so that nothing is answered twice, however often Teams sends it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from adapters.recent import Recent
from calendar_core.errors import StoreUnavailable
from calendar_core.ports import HeardActivity, TeamsInbox

from .activity import Activity, activity_of

log = logging.getLogger(__name__)

GIVEN_UP_AFTER = timedelta(minutes=2)  # since it was renewed last: whoever had it has died
RENEWED_EVERY = 30.0  # seconds
AT_ONCE = 50


class Inbox(Protocol):
    """One for everything that is said, and for what comes of installing."""

    async def take(self, activity: Activity) -> bool:
        """Whether it is new. Raises StoreUnavailable."""
        ...

    async def done(self, activity: Activity) -> None:
        """It was answered. Twice is once."""

    async def left(self) -> tuple[Activity, ...]:
        """What others have taken and never answered: it is the caller's now."""
        ...

    async def renew(self) -> None:
        """What was taken here and waits for its turn is still ours. Raises StoreUnavailable."""


class MemoryInbox:
    """For one process, and as long as it lives."""

    def __init__(self, recent: Recent) -> None:
        self._recent = recent

    async def take(self, activity: Activity) -> bool:
        """See Inbox."""
        return self._recent.is_new(f"{activity.tenant} {activity.conversation} {activity.id}")

    async def done(self, activity: Activity) -> None:
        """See Inbox."""

    async def left(self) -> tuple[Activity, ...]:
        """See Inbox."""
        return ()

    async def renew(self) -> None:
        """See Inbox."""


class DurableInbox:
    """Over all processes, and whatever becomes of them. `real_now` is real time."""

    def __init__(self, store: TeamsInbox, real_now: Callable[[], datetime]) -> None:
        self._store = store
        self._real_now = real_now
        self._ours: dict[tuple[str, str, str], HeardActivity] = {}

    async def take(self, activity: Activity) -> bool:
        """See Inbox."""
        heard = self._heard(activity)
        is_new = await self._store.take(heard)
        if is_new:
            self._ours[_key(heard)] = replace(heard, body="")
        return is_new

    async def done(self, activity: Activity) -> None:
        """See Inbox."""
        heard = self._heard(activity)
        try:
            await self._store.done(heard)
        finally:
            self._ours.pop(_key(heard), None)

    async def left(self) -> tuple[Activity, ...]:
        """See Inbox. What cannot be read any more is answered by nobody."""
        now = self._real_now()
        found = await self._store.left(now - GIVEN_UP_AFTER, now, AT_ONCE)
        readable = []
        for each in found:
            if _key(each) in self._ours:
                continue
            try:
                readable.append(_read(each.body))
            except (ValueError, RecursionError):
                log.warning("teams: what was heard cannot be read any more")
                await self._store.done(each)
                continue
            self._ours[_key(each)] = replace(each, body="")
        return tuple(readable)

    async def renew(self) -> None:
        """See Inbox."""
        if self._ours:
            await self._store.renew(tuple(self._ours.values()), self._real_now())

    def _heard(self, activity: Activity) -> HeardActivity:
        return HeardActivity(
            issuer=activity.issuer,
            conversation=activity.conversation,
            id=activity.id,
            at=self._real_now(),
            body=json.dumps(activity.raw),
        )


def _key(heard: HeardActivity) -> tuple[str, str, str]:
    return heard.issuer, heard.conversation, heard.id


def _read(body: str) -> Activity:
    """Raises ValueError, RecursionError."""
    raw = json.loads(body)
    if not isinstance(raw, dict):
        raise ValueError("no activity")
    return activity_of(raw)


async def renewing(inbox: Inbox, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """As long as this process lives, nobody else takes what is still its own."""
    while True:
        await pause(RENEWED_EVERY)
        try:
            await inbox.renew()
        except StoreUnavailable:
            log.info("teams: what waits could not be renewed")
