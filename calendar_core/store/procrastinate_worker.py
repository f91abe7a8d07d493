"""procrastinate's worker, made to hear every notice, to write down every end, and to give back what it drops."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import LiteralString

import procrastinate
import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Notification
from procrastinate.manager import JobManager, NotificationCallback
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy.engine import URL
from typing_extensions import override

from calendar_core.errors import StoreUnavailable

from .database import impatient

PATIENCE = 10  # tries to write down how a job ended, a second apart
CONNECTIONS = 4


def app_on(url: URL) -> procrastinate.App:
    """An App whose workers are as this module says."""
    conninfo = impatient(url).set(drivername="postgresql").render_as_string(hide_password=False)
    app = procrastinate.App(connector=_PatientConnector(conninfo=conninfo, max_size=CONNECTIONS))
    app.job_manager = _AttentiveManager(app.connector)
    return app


def is_outage(error: ConnectorException) -> bool:
    """The database could not be reached, or went away."""
    return isinstance(error.__cause__, psycopg.OperationalError)


class GiveBack(BaseRetryStrategy):
    """What was cut off by a shutdown, or could not be written down, is done again; all else is not decided here."""

    @override
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError | StoreUnavailable):
            return RetryDecision(retry_in={"seconds": 0})
        return None


class _AttentiveManager(JobManager):
    """The worker forgets a notice that comes while it asks for a job, and then waits for its poll: so ask again."""

    _noticed = False

    @override
    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        while True:
            self._noticed = False
            job = await super().fetch_job(queues, worker_id)
            if job or not self._noticed:
                return job

    @override
    async def listen_for_jobs(
        self, *, on_notification: NotificationCallback, queues: Iterable[str] | None = None
    ) -> None:
        async def note(*, channel: str, notification: Notification) -> None:
            self._noticed = True
            await on_notification(channel=channel, notification=notification)

        await super().listen_for_jobs(on_notification=note, queues=queues)


class _PatientConnector(procrastinate.PsycopgConnector):
    """Tries again to write when its connection breaks: else a job that ended would stay begun for ever."""

    @override
    async def execute_query_async(self, query: LiteralString, **arguments: object) -> None:
        for tries_left in reversed(range(PATIENCE)):
            try:
                await super().execute_query_async(query, **arguments)
            except ConnectorException as error:
                if not tries_left or not is_outage(error):
                    raise
                await asyncio.sleep(1)
            else:
                return
