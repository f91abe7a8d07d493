"""Durable work on SQLite: a runner inside the process; several processes may share one file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from uuid import uuid4

from sqlalchemy import Connection

from calendar_core.errors import StoreUnavailable
from calendar_core.job import Job
from calendar_core.ports import Clock, Handler, RetryAt

from .database import Database, Work
from .embedded_queue import Claimed, EmbeddedQueue
from .jobs import Deferral, Pace, note_failure, outcome_of
from .ticking import tick_for_ever


class EmbeddedJobs:
    """The port `Jobs` over EmbeddedQueue."""

    def __init__(self, database: Database, queue: EmbeddedQueue, clock: Clock, pace: Pace) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock
        self._pace = pace

    async def defer(self, job: Job, *, not_before: datetime | None = None, lock: str | None = None) -> None:
        deferral = Deferral(job, not_before, lock)
        await self._database.write(lambda connection: self._queue.defer_in(connection, deferral))

    async def dead(self) -> int:
        return await self._database.read(self._queue.dead)

    async def overdue(self) -> int:
        return await self._database.read(self._queue.overdue)

    async def run(
        self, handlers: Mapping[str, Handler], periodic: Mapping[str, timedelta] = MappingProxyType({})
    ) -> None:
        await _Shift(self._database, self._queue, self._clock, self._pace, handlers).work(periodic)


class _Shift:
    """One run of one worker, from its start to its end."""

    def __init__(
        self, database: Database, queue: EmbeddedQueue, clock: Clock, pace: Pace, handlers: Mapping[str, Handler]
    ) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock
        self._pace = pace
        self._handlers = handlers
        self._worker = uuid4().hex
        self._running: set[asyncio.Task[None]] = set()
        self._something = asyncio.Event()  # new work was committed, or a place has become free

    async def work(self, periodic: Mapping[str, timedelta]) -> None:
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._something.set)

        self._queue.wakes.add(wake)
        ticking = tick_for_ever(self._database, self._queue, self._clock, periodic, self._pace)
        try:
            async with asyncio.TaskGroup() as living:
                renewing = living.create_task(self._renew())
                try:
                    async with asyncio.TaskGroup() as taking:
                        taking.create_task(ticking)
                        taking.create_task(self._take())
                finally:
                    await self._stop()
                    renewing.cancel()
        finally:
            self._queue.wakes.discard(wake)

    async def _take(self) -> None:
        """Starts what is due; then waits for a commit, a free place, the next due time, or the next poll."""
        while True:
            self._something.clear()
            waits: list[asyncio.Task[object]] = [asyncio.create_task(self._something.wait())]
            if room := self._pace.at_once - len(self._running):
                next_due = await self._start(room)
                if next_due:
                    waits.append(asyncio.create_task(self._clock.sleep_until(next_due)))
            try:
                await asyncio.wait(waits, timeout=self._pace.poll, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for each in waits:
                    each.cancel()

    async def _start(self, room: int) -> datetime | None:
        claim = partial(self._queue.claim, worker=self._worker, names=tuple(self._handlers), room=room, pace=self._pace)
        try:
            claimed, next_due = await self._database.write(claim)
        except StoreUnavailable:
            return None  # the next poll tries again
        for each in claimed:
            task = asyncio.create_task(self._perform(each), name=f"job {each.job.name}")
            self._running.add(task)
            task.add_done_callback(self._ended)
        return next_due

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._something.set()

    async def _perform(self, claimed: Claimed) -> None:
        outcome = await outcome_of(self._handlers[claimed.job.name](claimed.job))
        if isinstance(outcome, BaseException):
            note_failure(claimed.job, outcome, claimed.attempts, self._pace.attempts)
        await self._store(partial(self._settle, claimed=claimed, outcome=outcome))

    def _settle(self, connection: Connection, claimed: Claimed, outcome: RetryAt | BaseException | None) -> None:
        if outcome is None:
            self._queue.finish(connection, self._worker, claimed)
        elif isinstance(outcome, RetryAt):
            self._queue.again(connection, self._worker, claimed, outcome.instant, failed=False)
        elif claimed.attempts < self._pace.attempts:
            at = self._clock.now() + self._pace.pause_after(claimed.attempts)
            self._queue.again(connection, self._worker, claimed, at, failed=True)
        else:
            self._queue.bury(connection, self._worker, claimed, type(outcome).__name__)

    async def _store(self, work: Work[None]) -> None:
        """Patiently: a job whose end is not written down would be done again, but only after the lease."""
        while True:
            try:
                return await self._database.write(work)
            except StoreUnavailable:
                await asyncio.sleep(self._pace.poll)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._pace.renewal)
            if self._running:
                with suppress(StoreUnavailable):
                    await self._database.write(partial(self._queue.renew, worker=self._worker, pace=self._pace))

    async def _stop(self) -> None:
        """Lets what runs end within the grace, cuts off the rest, and gives it back."""
        if self._running:
            await asyncio.wait(self._running, timeout=self._pace.grace)
        cut_off = tuple(self._running)
        for task in cut_off:
            task.cancel()
        await asyncio.gather(*cut_off, return_exceptions=True)
        with suppress(StoreUnavailable):
            await self._database.write(partial(self._queue.give_back, worker=self._worker))
