"""Opens the store: one database, all its ports."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.ports import Clock, Happenings, Integrations, Jobs, People, Programmes, Sessions

from .database import Database
from .embedded_jobs import EmbeddedJobs
from .embedded_queue import EmbeddedQueue
from .happenings import SqlHappenings
from .integrations import SqlIntegrations
from .jobs import USUAL_PACE, Pace
from .people import SqlPeople
from .programmes import SqlProgrammes
from .sessions import SqlSessions


@dataclass(frozen=True, slots=True)
class Store:
    """All the store's ports over one database."""

    people: People
    programmes: Programmes
    integrations: Integrations
    sessions: Sessions
    happenings: Happenings
    jobs: Jobs
    database: Database

    async def close(self) -> None:
        """Waits for what is queued and lets go of the database. Stop what uses it first. Twice is once."""
        await self.database.close()


def open_store(url: str, clock: Clock, pace: Pace = USUAL_PACE) -> Store:
    """`sqlite:////absolute/path` or `postgresql://...`, migrated already. Connects when first used."""
    database = Database(url)
    queue = EmbeddedQueue(clock)
    return Store(
        people=SqlPeople(database),
        programmes=SqlProgrammes(database),
        integrations=SqlIntegrations(database),
        sessions=SqlSessions(database, queue),
        happenings=SqlHappenings(database, queue),
        jobs=EmbeddedJobs(database, queue, clock, pace),
        database=database,
    )
