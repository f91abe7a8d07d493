"""What both runners of durable work share: how jobs are deferred inside a transaction, and how patient they are."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from calendar_core.errors import CalendarError
from calendar_core.job import Job
from calendar_core.ports import RetryAt

log = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(minutes=5)
LATE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How quick and how patient a runner is, in seconds. The usual 25 attempts take an hour and a half.

    A worker that has not renewed its lease for `lease` is taken for dead: others take over what it had begun. So
    the grace must end before the lease does (procrastinate does not renew while it stops).
    """

    poll: float = 1.0
    renewal: float = 1.0
    lease: float = 5.0
    grace: float = 3.0
    at_once: int = 20
    attempts: int = 25
    first_pause: float = 1.0

    def pause_after(self, failures: int) -> timedelta:
        """How long to wait after so many failures: twice as long each time, at most five minutes."""
        return min(timedelta(seconds=self.first_pause * 2 ** min(failures - 1, 10)), LONGEST_PAUSE)


USUAL_PACE = Pace()


@dataclass(frozen=True, slots=True)
class Deferral:
    """A job, when, and under which lock."""

    job: Job
    not_before: datetime | None = None
    lock: str | None = None

    def __post_init__(self) -> None:
        if self.not_before and self.lock:
            raise ValueError("a job with a time carries no lock")


class Queue(Protocol):
    """Where decisions leave the jobs that follow from them, in their own transaction."""

    def defer_in(self, connection: Connection, *deferrals: Deferral) -> None:
        """The jobs exist exactly if the transaction commits."""

    def waiting(self, connection: Connection, name: str) -> set[tuple[str, ...]]:
        """Subjects of the jobs of that name that are still to be done; dead ones are not."""


async def outcome_of(work: Awaitable[RetryAt | None]) -> RetryAt | BaseException | None:
    """What a handler returned or raised. Cancelled, it cancels the handler and lets it end."""
    (outcome,) = await asyncio.gather(work, return_exceptions=True)
    return outcome


def note_failure(job: Job, error: BaseException, failures: int, attempts: int) -> None:
    """Ids only; the whole trace where the error is none that we foresaw."""
    unforeseen = None if isinstance(error, CalendarError) else error
    level = logging.ERROR if failures >= attempts else logging.WARNING
    kind = type(error).__name__
    log.log(level, "%s %s failed (%s), %d of %d", job.name, job.subject, kind, failures, attempts, exc_info=unforeseen)
