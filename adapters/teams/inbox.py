"""What was heard already: so that nothing is answered twice, however often Teams sends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from adapters.recent import Recent
from calendar_core.ports import HeardActivity, TeamsInbox

from .activity import Activity, activity_of

GIVEN_UP_AFTER = timedelta(minutes=2)  # longer than an answer may take: whoever had it has died
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


class DurableInbox:
    """Over all processes, and whatever becomes of them. `real_now` is real time."""

    def __init__(self, store: TeamsInbox, real_now: Callable[[], datetime]) -> None:
        self._store = store
        self._real_now = real_now

    async def take(self, activity: Activity) -> bool:
        """See Inbox."""
        return await self._store.take(self._heard(activity))

    async def done(self, activity: Activity) -> None:
        """See Inbox."""
        await self._store.done(self._heard(activity))

    async def left(self) -> tuple[Activity, ...]:
        """See Inbox."""
        now = self._real_now()
        found = await self._store.left(now - GIVEN_UP_AFTER, now, AT_ONCE)
        return tuple(activity_of(json.loads(each.body)) for each in found)

    def _heard(self, activity: Activity) -> HeardActivity:
        return HeardActivity(
            issuer=activity.issuer,
            conversation=activity.conversation,
            id=activity.id,
            at=self._real_now(),
            body=json.dumps(activity.raw),
        )
