"""How fast one vendor may be asked: as fast as its quota lets everybody, and slower while it asks us to wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from calendar_core.errors import ProviderUnavailable
from calendar_core.integration import Suite


@dataclass(frozen=True, slots=True)
class Quota:
    """What a vendor documents, less a tenth for whoever is served meanwhile. `at_once` is ours: enough calls under way
    that `a_minute` is reached although each takes half a second."""

    a_minute: int
    at_once: int


QUOTAS = {
    Suite.GOOGLE: Quota(a_minute=9_000, at_once=80),  # 10,000 a minute and project; one calendar call a person
    Suite.MICROSOFT: Quota(a_minute=60_000, at_once=64),  # 2,000 a second and application; at_once decides
}


class Pace:
    """Turns of one vendor. At a word of "wait" half as many are given at once, and none until then; each answer
    after that gives a little back."""

    def __init__(self, quota: Quota) -> None:
        self._apart = 60 / quota.a_minute
        self._most = self._room = float(quota.at_once)
        self._under_way = 0
        self._next = 0.0
        self._free = asyncio.Condition()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for one; hears how it went."""
        loop = asyncio.get_running_loop()
        async with self._free:
            await self._free.wait_for(lambda: self._under_way < max(1, int(self._room)))
            self._under_way += 1
            begins = self._next = max(self._next + self._apart, loop.time())
        try:
            if (wait := begins - loop.time()) > 0:
                await asyncio.sleep(wait)
            yield
            self._room = min(self._most, self._room + 1 / max(1.0, self._room))
        except ProviderUnavailable as silence:
            if silence.retry_after is not None:
                self._room = max(1.0, self._room / 2)
                self._next = max(self._next, loop.time() + silence.retry_after.total_seconds())
            raise
        finally:
            async with self._free:
                self._under_way -= 1
                self._free.notify()
