"""The one real clock: everybody else is handed it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

LONGEST_SLEEP = 3600.0  # seconds: the system's clock may be set while we sleep


class RealClock:
    """Domain time where nobody plays the world."""

    def now(self) -> datetime:
        """See Clock."""
        return real_now()

    async def sleep_until(self, instant: datetime) -> None:
        """See Clock."""
        while (left := (instant - real_now()).total_seconds()) > 0:  # noqa: ASYNC110 - clocks tell nobody when set
            await asyncio.sleep(min(left, LONGEST_SLEEP))


def real_now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)
