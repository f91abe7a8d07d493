"""The world's clock: runs on in real time from wherever it was set, and can jump."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _present() -> datetime:
    return datetime.now(UTC)


class WorldClock:
    """Domain time. `start` (aware) defaults to the real present; what others sign never uses this clock."""

    def __init__(self, start: datetime | None = None, *, real: Callable[[], datetime] = _present) -> None:
        self._real = real
        self._ahead = timedelta(0)
        self._moved = asyncio.Event()
        self.on_change: Callable[[timedelta], None] | None = None
        if start is not None:
            self._ahead = _aware(start) - real()

    @property
    def ahead(self) -> timedelta:
        """How far this clock is ahead of real time (negative when behind)."""
        return self._ahead

    def now(self) -> datetime:
        """The world's present moment, aware, in UTC."""
        return self._real() + self._ahead

    def real_now(self) -> datetime:
        """The present outside the world, for what vendors themselves are busy with."""
        return self._real()

    def set(self, moment: datetime) -> None:
        """Make it `moment` (aware) now; raises ValueError for a naive one."""
        self.run_ahead(_aware(moment) - self._real())

    def jump(self, by: timedelta) -> None:
        """Move forward (or back) by so much; sleepers whose time has come wake at once."""
        self.run_ahead(self._ahead + by)

    def run_ahead(self, of_real_time: timedelta) -> None:
        """Run so far ahead of real time from now on."""
        self._ahead = of_real_time
        woken, self._moved = self._moved, asyncio.Event()
        woken.set()
        if self.on_change is not None:
            self.on_change(self._ahead)

    async def sleep_until(self, moment: datetime) -> None:
        """Return once `now() >= moment`, by the passing of real time or by a jump, whichever comes first."""
        while (remaining := (_aware(moment) - self.now()).total_seconds()) > 0:
            try:
                await asyncio.wait_for(self._moved.wait(), timeout=min(remaining, 3600.0))
            except TimeoutError:
                continue


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no offset; say which moment is meant")
    return moment.astimezone(UTC)
