"""Durable work on PostgreSQL: procrastinate's worker, with the promises it does not make by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

import procrastinate
from procrastinate.exceptions import ConnectorException

from calendar_core.errors import StoreUnavailable
from calendar_core.job import Job
from calendar_core.ports import Clock, Handler, RetryAt

from .database import Database
from .jobs import Deferral, Pace, note_failure, outcome_of
from .procrastinate_queue import ProcrastinateQueue, Ticket
from .procrastinate_worker import GiveBack, app_on, is_outage
from .ticking import tick_for_ever

Task = Callable[[procrastinate.JobContext, list[str], str | None, int], Awaitable[None]]


class ProcrastinateJobs:
    """The port `Jobs` over ProcrastinateQueue."""

    def __init__(self, database: Database, queue: ProcrastinateQueue, clock: Clock, pace: Pace) -> None:
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
        app = app_on(self._database.url)
        for name, handler in handlers.items():
            app.task(name=name, pass_context=True, retry=GiveBack())(self._task(handler))
        async with app.open_async(), asyncio.TaskGroup() as group:
            group.create_task(tick_for_ever(self._database, self._queue, self._clock, periodic, self._pace))
            group.create_task(self._take_over())
            group.create_task(self._work(app, list(handlers)))

    async def _work(self, app: procrastinate.App, names: list[str]) -> None:
        """procrastinate's worker ends by itself when it loses the database: then there is a new one."""
        while True:
            try:
                await app.run_worker_async(
                    queues=names,
                    concurrency=self._pace.at_once,
                    fetch_job_polling_interval=self._pace.poll,
                    shutdown_graceful_timeout=self._pace.grace,
                    update_heartbeat_interval=self._pace.renewal,
                    stalled_worker_timeout=self._pace.lease,
                    delete_jobs="successful",
                    install_signal_handlers=False,
                )
            except ConnectorException as error:
                if not is_outage(error):
                    raise
            if (me := asyncio.current_task()) and me.cancelling():
                return  # the database was gone too when it was told to stop, and that it says louder
            await asyncio.sleep(self._pace.poll / 2)

    async def _take_over(self) -> None:
        while True:
            with suppress(StoreUnavailable):
                await self._database.write(partial(self._queue.take_over, pace=self._pace))
            await asyncio.sleep(self._pace.poll)

    def _task(self, handler: Handler) -> Task:
        async def task(context: procrastinate.JobContext, subject: list[str], lock: str | None, failures: int) -> None:
            job = Job(context.job.task_name, tuple(subject))
            if lock != context.job.lock:
                await self._put(Ticket(job, lock, failures))
            else:
                await self._perform(handler, job, lock, failures)

        return task

    async def _perform(self, handler: Handler, job: Job, lock: str | None, failures: int) -> None:
        outcome = await outcome_of(handler(job))
        if isinstance(outcome, RetryAt):
            await self._put(Ticket(job, lock, failures, outcome.instant))
        elif outcome is not None:
            failures += 1
            note_failure(job, outcome, failures, self._pace.attempts)
            if failures == self._pace.attempts:
                raise _Dead(type(outcome).__name__)
            await self._put(Ticket(job, lock, failures, self._clock.now() + self._pace.pause_after(failures)))

    async def _put(self, ticket: Ticket) -> None:
        await self._database.write(lambda connection: self._queue.put(connection, ticket))


class _Dead(Exception):
    """The last attempt failed: procrastinate keeps the job as failed."""
