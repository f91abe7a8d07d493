"""The embedded runner's table: jobs due, leased, given back, dead.

Due times are the injected clock's. Leases are real time, read from SQLite, so that several processes on one machine
agree: a lease is kept up while its worker lives, and lapses when it was killed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from calendar_core.job import Job
from calendar_core.ports import Clock

from .database import on_commit
from .jobs import LATE, Deferral, Pace
from .schema import job

REAL_MS: ColumnElement[int] = literal_column("CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)")
MOST_CANDIDATES = 200  # looked through at once for some whose lock is free


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that is this worker's now; `attempts` counts the present one."""

    id: int
    job: Job
    lock: str | None
    attempts: int


class EmbeddedQueue:
    """Jobs as rows of the same SQLite file."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.wakes: set[Callable[[], None]] = set()  # called from the writer's thread when new jobs are committed

    def defer_in(self, connection: Connection, *deferrals: Deferral) -> None:
        """The jobs exist exactly if the transaction commits; then runners of this process wake."""
        if not deferrals:
            return
        now = self._clock.now()
        rows = [
            {
                "name": each.job.name,
                "subject": each.job.subject,
                "lock": each.lock,
                "due_at": each.not_before or now,
                "attempts": 0,
            }
            for each in deferrals
        ]
        connection.execute(insert(job), rows)
        on_commit(connection, self._wake)

    def waiting(self, connection: Connection, name: str) -> set[tuple[str, ...]]:
        """Subjects of the jobs of that name that are still to be done; dead ones are not."""
        rows = connection.execute(select(job.c.subject).where(job.c.name == name, job.c.dead_because.is_(None)))
        return {tuple(row.subject) for row in rows}

    def claim(
        self, connection: Connection, worker: str, names: Collection[str], room: int, pace: Pace
    ) -> tuple[list[Claimed], datetime | None]:
        """Up to `room` jobs that are due, nobody's, and whose lock is free; and when the next one is due."""
        now = self._clock.now()
        mine = and_(job.c.name.in_(names), job.c.dead_because.is_(None))
        other = job.alias()
        locked = exists().where(
            other.c.lock == job.c.lock,
            or_(other.c.worker == worker, and_(other.c.worker.is_not(None), other.c.lease_until >= REAL_MS)),
        )
        free = or_(job.c.worker.is_(None), and_(job.c.worker != worker, job.c.lease_until < REAL_MS))
        due = select(job).where(mine, job.c.due_at <= now, free, ~locked).order_by(job.c.due_at, job.c.id)
        claimed: list[Claimed] = []
        locks: set[str] = set()
        for row in connection.execute(due.limit(MOST_CANDIDATES)):
            if row.attempts >= pace.attempts:
                self._bury(connection, row.id, "its worker was killed each time")
            elif len(claimed) < room and row.lock not in locks:
                claimed.append(Claimed(row.id, Job(row.name, tuple(row.subject)), row.lock, row.attempts + 1))
                locks |= {row.lock} - {None}
        if claimed:
            connection.execute(
                update(job)
                .where(job.c.id.in_([each.id for each in claimed]))
                .values(worker=worker, lease_until=_lease_end(pace), attempts=job.c.attempts + 1)
            )
        coming = select(func.min(job.c.due_at)).where(mine, job.c.worker.is_(None), job.c.due_at > now)
        return claimed, connection.execute(coming).scalar()

    def renew(self, connection: Connection, worker: str, pace: Pace) -> None:
        """The worker lives."""
        connection.execute(update(job).where(job.c.worker == worker).values(lease_until=_lease_end(pace)))

    def finish(self, connection: Connection, worker: str, claimed: Claimed) -> None:
        """Done. Nothing if somebody else has taken it over."""
        connection.execute(delete(job).where(job.c.id == claimed.id, job.c.worker == worker))

    def again(self, connection: Connection, worker: str, claimed: Claimed, at: datetime, *, failed: bool) -> None:
        """Not done: free for anybody from `at` on."""
        connection.execute(
            update(job)
            .where(job.c.id == claimed.id, job.c.worker == worker)
            .values(worker=None, due_at=at, attempts=claimed.attempts if failed else claimed.attempts - 1)
        )

    def bury(self, connection: Connection, worker: str, claimed: Claimed, because: str) -> None:
        """The last attempt failed."""
        held = select(job.c.id).where(job.c.id == claimed.id, job.c.worker == worker)
        if connection.execute(held).first():
            self._bury(connection, claimed.id, because)

    def give_back(self, connection: Connection, worker: str) -> None:
        """Everything the worker still had; none has lost an attempt."""
        connection.execute(update(job).where(job.c.worker == worker).values(worker=None, attempts=job.c.attempts - 1))

    def dead(self, connection: Connection) -> int:
        """How many jobs are dead."""
        return connection.execute(select(func.count()).where(job.c.dead_because.is_not(None))).scalar_one()

    def overdue(self, connection: Connection) -> int:
        """How many jobs wait longer than they should."""
        late = (job.c.dead_because.is_(None), job.c.worker.is_(None), job.c.due_at < self._clock.now() - LATE)
        return connection.execute(select(func.count()).where(*late)).scalar_one()

    def _bury(self, connection: Connection, number: int, because: str) -> None:
        connection.execute(update(job).where(job.c.id == number).values(worker=None, dead_because=because))

    def _wake(self) -> None:
        for wake in tuple(self.wakes):
            wake()


def _lease_end(pace: Pace) -> ColumnElement[int]:
    return REAL_MS + int(pace.lease * 1000)
