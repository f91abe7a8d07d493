"""Handlers that note what they were given."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from calendar_core.job import Job
from calendar_core.store import Store

LAST = Job("last")


class Work:
    """What a runner was given, in the order in which it came."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._given: asyncio.Queue[Job] = asyncio.Queue()

    async def note(self, job: Job) -> None:
        """The handler."""
        await self._given.put(job)

    async def next(self) -> Job:
        """The next job, once it comes."""
        async with asyncio.timeout(20):
            return await self._given.get()

    async def is_all(self) -> None:
        """Nothing else is due: a job deferred now is the next to come."""
        await self._store.jobs.defer(LAST)
        assert await self.next() == LAST


@asynccontextmanager
async def working(store: Store, *names: str) -> AsyncIterator[Work]:
    """A runner that takes jobs of these names, stopped afterwards."""
    work = Work(store)
    runner = asyncio.create_task(store.jobs.run(dict.fromkeys((*names, LAST.name), work.note)))
    try:
        yield work
    finally:
        runner.cancel()
        await asyncio.wait({runner})
