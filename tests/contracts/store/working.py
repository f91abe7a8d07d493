"""Runners in a test, and handlers that note what they were given."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from calendar_core.job import Job
from calendar_core.ports import Handler
from calendar_core.store import Store
from sandbox.clock import WorldClock

PATIENT = 60  # seconds after which something will not come any more
LAST = Job("last")


class Given:
    """What handlers were given, in the order in which it came, and when by the clock."""

    def __init__(self, clock: WorldClock | None = None) -> None:
        self.instants: list[datetime] = []
        self._clock = clock
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()

    async def note(self, job: Job) -> None:
        """The handler."""
        if self._clock:
            self.instants.append(self._clock.now())
        await self._jobs.put(job)

    async def next(self) -> Job:
        """The next one, once it comes."""
        async with asyncio.timeout(PATIENT):
            return await self._jobs.get()

    async def one_within(self, seconds: float) -> bool:
        """One has come, or does soon; it is taken."""
        try:
            async with asyncio.timeout(seconds):
                await self._jobs.get()
        except TimeoutError:
            return False
        return True

    @property
    def nothing(self) -> bool:
        """No more has come."""
        return self._jobs.empty()

    async def is_all(self, store: Store) -> None:
        """Nothing else is due: a job deferred now is the next to come."""
        await store.jobs.defer(LAST)
        assert await self.next() == LAST

    @asynccontextmanager
    async def by(
        self, store: Store, *names: str, periodic: Mapping[str, timedelta] | None = None
    ) -> AsyncIterator[None]:
        """A runner that gives jobs of these names."""
        async with run(store, dict.fromkeys(names, self.note), periodic):
            yield


@asynccontextmanager
async def run(
    store: Store, handlers: Mapping[str, Handler], periodic: Mapping[str, timedelta] | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """A runner, stopped afterwards; if it broke, so does the test."""
    runner = asyncio.create_task(store.jobs.run(handlers, periodic or {}))
    try:
        yield runner
    finally:
        runner.cancel()
        await asyncio.wait({runner})
    if not runner.cancelled():
        await runner


@asynccontextmanager
async def working(store: Store, *names: str) -> AsyncIterator[Given]:
    """A runner that takes jobs of these names."""
    given = Given()
    async with given.by(store, *names, LAST.name):
        yield given
