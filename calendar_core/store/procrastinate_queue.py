"""Jobs in procrastinate's tables, deferred inside our transactions.

A job of procrastinate that waits for its time would keep its lock from all others. So one with a time is stored
without its lock, which its arguments name; when its time has come it is put again, now with the lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import procrastinate
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as Row
from procrastinate.manager import JobManager
from sqlalchemy import Connection, func, select, text

from calendar_core.errors import StoreUnavailable
from calendar_core.job import Job
from calendar_core.ports import Clock

from .jobs import LATE, Deferral, Pace

WAITING = text(
    "SELECT args->'subject' AS subject FROM procrastinate_jobs WHERE task_name = :name AND status IN ('todo', 'doing')"
)
DEAD = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
OVERDUE = text("""
SELECT count(*) FROM procrastinate_jobs AS waiting
 WHERE status = 'todo'
   AND coalesce(scheduled_at, (SELECT min(at) FROM procrastinate_events WHERE job_id = waiting.id)) < now() - :late
""")
TAKE_OVER = text("""
UPDATE procrastinate_jobs
   SET status = (CASE WHEN attempts >= :most THEN 'failed' ELSE 'todo' END)::procrastinate_job_status,
       attempts = attempts + 1, worker_id = NULL, scheduled_at = NULL
 WHERE status = 'doing' AND NOT EXISTS (
       SELECT FROM procrastinate_workers
        WHERE id = worker_id AND last_heartbeat > now() - make_interval(secs => :lease))
""")


@dataclass(frozen=True, slots=True)
class Ticket:
    """One row to be: a job, how often it has failed, the lock it needs, and not before when."""

    job: Job
    lock: str | None = None
    failures: int = 0
    at: datetime | None = None


class ProcrastinateQueue:
    """Where decisions leave their jobs on PostgreSQL."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._manager = JobManager(procrastinate.SyncPsycopgConnector())  # never opened: our connections are lent to it

    def defer_in(self, connection: Connection, *deferrals: Deferral) -> None:
        """The jobs exist exactly if the transaction commits; then PostgreSQL notifies the workers."""
        self.put(connection, *(Ticket(each.job, each.lock, at=each.not_before) for each in deferrals))

    def waiting(self, connection: Connection, name: str) -> set[tuple[str, ...]]:
        """Subjects of the jobs of that name that are still to be done; dead ones are not."""
        return {tuple(row.subject) for row in connection.execute(WAITING, {"name": name})}

    def put(self, connection: Connection, *tickets: Ticket) -> None:
        """The rows, in one statement."""
        if not tickets:
            return
        ahead = connection.execute(select(func.now())).scalar_one() - self._clock.now()
        rows = [_row(each, ahead) for each in tickets]
        try:
            self._manager.batch_defer_jobs(rows, connection=connection.connection.driver_connection)
        except ConnectorException as error:
            raise StoreUnavailable from error

    def take_over(self, connection: Connection, pace: Pace) -> None:
        """Frees what workers had begun that have not been heard of since; what was freed too often is dead.

        One statement: with procrastinate's own two, a second worker could free what a third has just begun.
        """
        connection.execute(TAKE_OVER, {"lease": pace.lease, "most": pace.attempts})

    def dead(self, connection: Connection) -> int:
        """How many jobs are dead."""
        return int(connection.execute(DEAD).scalar_one())

    def overdue(self, connection: Connection) -> int:
        """How many jobs wait longer than they should."""
        return int(connection.execute(OVERDUE, {"late": LATE}).scalar_one())


def _row(ticket: Ticket, ahead: timedelta) -> Row:
    """`ahead`: of our clock, the database's, which procrastinate goes by."""
    return Row(
        id=None,
        queue=ticket.job.name,  # a queue each: a worker takes only what it has handlers for
        task_name=ticket.job.name,
        lock=None if ticket.at else ticket.lock,
        queueing_lock=None,
        task_kwargs={"subject": list(ticket.job.subject), "lock": ticket.lock, "failures": ticket.failures},
        scheduled_at=ticket.at + ahead if ticket.at else None,
    )
