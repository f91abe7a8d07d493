"""One after the other where order matters, side by side everywhere else."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from calendar_core.errors import ProviderUnavailable

MOST_WAITING = 50  # of one conversation


class Lanes:
    """A lane for each conversation; whoever is in one is alone there, and those who wait come in their order."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: defaultdict[str, int] = defaultdict(int)

    @asynccontextmanager
    async def lane(self, of: str) -> AsyncIterator[None]:
        """Raises ProviderUnavailable where too many wait already."""
        if self._waiting[of] >= MOST_WAITING:
            raise ProviderUnavailable("teams: too much waits for one conversation")
        self._waiting[of] += 1
        try:
            async with self._locks[of]:
                yield
        finally:
            self._waiting[of] -= 1
            if not self._waiting[of]:
                del self._waiting[of], self._locks[of]
