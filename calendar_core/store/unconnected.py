"""Who has no calendar connected, or by their own consent alone, and when a domain's was last tried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, and_, false, func, or_, select, update

from calendar_core.integration import OWN_KINDS, Health, Integration, Trouble
from calendar_core.interval import epoch_minute
from calendar_core.job import probe_job, revoke_job
from calendar_core.people import OrganisationId, User, UserId
from calendar_core.ports import Telling
from calendar_core.session import SessionState

from .database import Database
from .happenings import tell as tell_in
from .integrations import integrations_of, put_integrations
from .jobs import Deferral, Queue
from .people import TAKES_PART, user_of
from .schema import integration, person, session
from .sign_ins import end_sign_ins

OWN = tuple(OWN_KINDS.values())
OVER = (SessionState.RELEASED, SessionState.CANCELLED)


class SqlUnconnected:
    """The port `Unconnected`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def untried(self, organisations: Iterable[OrganisationId], before: datetime, limit: int) -> tuple[User, ...]:
        tried = or_(integration.c.trouble == Trouble.OPTED_OUT, integration.c.checked_at >= before)
        by_themselves = and_(integration.c.kind.in_(OWN), integration.c.checked_at.is_(None))
        query = (
            select(person)
            .outerjoin(integration, integration.c.person == person.c.id)
            .where(
                person.c.organisation.in_(tuple(organisations)),
                TAKES_PART,
                or_(integration.c.kind.is_(None), by_themselves),
                func.coalesce(tried, false()).is_(false()),
            )
            .order_by(person.c.id)
            .limit(limit)
        )
        return await self._database.read(lambda connection: tuple(map(user_of, connection.execute(query))))

    async def retry(self, number: OrganisationId) -> None:
        people = select(person.c.id).where(person.c.organisation == number)
        by_none = or_(integration.c.kind.is_(None), integration.c.kind.in_(OWN))
        again = update(integration).where(by_none, integration.c.person.in_(people))

        def write(connection: Connection) -> None:
            connection.execute(again.values(checked_at=None))

        await self._database.write(write)

    async def covered(self, by_domain: Integration, instead_of: Integration, tell: Iterable[Telling]) -> bool:
        told = tuple(tell)

        def write(connection: Connection) -> bool:
            known = integrations_of(connection, (by_domain.user,))[by_domain.user]
            if (known.kind, known.account) != (instead_of.kind, instead_of.account):
                return False
            if by_domain.suite is not instead_of.suite and _has_events(connection, by_domain):
                return False
            put_integrations(connection, by_domain)
            end_sign_ins(connection, by_domain.user)
            self._queue.defer_in(connection, Deferral(revoke_job(by_domain.user)))
            tell_in(connection, self._queue, told)
            return True

        return await self._database.write(write)

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


def _has_events(connection: Connection, by_domain: Integration) -> bool:
    """A calendar holds sessions that the person organizes and that are not over yet."""
    since = by_domain.since
    ahead = select(session.c.uid).where(
        session.c.organizer == by_domain.user,
        session.c.state.not_in(OVER),
        session.c.mailed.is_(False),
        session.c.end_minute > (0 if since is None else epoch_minute(since)),
    )
    return connection.execute(ahead.limit(1)).first() is not None
