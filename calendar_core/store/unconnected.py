"""Who has no calendar connected, and when that was last tried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, false, func, or_, select, update

from calendar_core.integration import Health, Integration, Trouble
from calendar_core.job import probe_job, revoke_job
from calendar_core.people import OrganisationId, User, UserId

from .database import Database
from .integrations import integrations_of, put_integrations
from .jobs import Deferral, Queue
from .people import user_of
from .schema import integration, person
from .sign_ins import end_sign_ins


class SqlUnconnected:
    """The port `Unconnected`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def untried(self, organisations: Iterable[OrganisationId], before: datetime, limit: int) -> tuple[User, ...]:
        tried = or_(integration.c.trouble == Trouble.OPTED_OUT, integration.c.checked_at >= before)
        query = (
            select(person)
            .outerjoin(integration, integration.c.person == person.c.id)
            .where(
                person.c.organisation.in_(tuple(organisations)),
                integration.c.kind.is_(None),
                func.coalesce(tried, false()).is_(false()),
            )
            .order_by(person.c.id)
            .limit(limit)
        )
        return await self._database.read(lambda connection: tuple(map(user_of, connection.execute(query))))

    async def retry(self, number: OrganisationId) -> None:
        people = select(person.c.id).where(person.c.organisation == number)
        again = update(integration).where(integration.c.kind.is_(None), integration.c.person.in_(people))

        def write(connection: Connection) -> None:
            connection.execute(again.values(checked_at=None))

        await self._database.write(write)

    async def opt_out(self, user: UserId, at: datetime) -> bool:
        def write(connection: Connection) -> bool:
            if integrations_of(connection, (user,))[user].trouble is Trouble.OPTED_OUT:
                return False
            put_integrations(connection, Integration(user, None, Health.BROKEN, "", Trouble.OPTED_OUT, at))
            end_sign_ins(connection, user)
            self._queue.defer_in(connection, Deferral(revoke_job(user), None))
            return True

        return await self._database.write(write)

    async def opt_in(self, user: UserId, at: datetime, *, probe: bool) -> None:
        def write(connection: Connection) -> None:
            if integrations_of(connection, (user,))[user].trouble is not Trouble.OPTED_OUT:
                return
            put_integrations(connection, Integration(user, None, Health.BROKEN, "", Trouble.NEVER_CONNECTED, at))
            if probe:
                self._queue.defer_in(connection, Deferral(probe_job(user), None))

        return await self._database.write(write)
