"""Organisations' modes: one transaction switches everything that hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from calendar_core.happening import SessionFrozen, SessionThawed
from calendar_core.integration import IntegrationKind
from calendar_core.interval import epoch_minute
from calendar_core.job import PROBE, Job, probe_job, revoke_job, settle_job, transfer_job
from calendar_core.mode import ModeChange, Transfer, limited, unlimited
from calendar_core.people import OrganisationId, UserId
from calendar_core.ports import Telling
from calendar_core.session import NOT_OVER, Session, SessionState, SessionUid

from . import schema
from .database import Database
from .happenings import tell as tell_in
from .integrations import integrations_of, put_integrations
from .jobs import Deferral, Queue
from .people import organisation_in, users_of
from .session_rows import session_of
from .sessions import keep


class SqlModes:
    """The port `Modes`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def switch(self, change: ModeChange) -> bool:
        return await self._database.write(lambda connection: self._switch(connection, change))

    async def latest(self, organisation: OrganisationId) -> ModeChange | None:
        query = (
            select(schema.mode_change)
            .where(schema.mode_change.c.organisation == organisation)
            .order_by(schema.mode_change.c.id.desc())
            .limit(1)
        )

        def read(connection: Connection) -> ModeChange | None:
            row = connection.execute(query).first()
            if row is None:
                return None
            return ModeChange(
                organisation=row.organisation,
                free_busy_only=row.free_busy_only,
                by=row.by,
                at=row.at,
                convert=row.convert,
            )

        return await self._database.read(read)

    async def ahead(self, organisation: OrganisationId, now: datetime) -> tuple[Session, ...]:
        return await self._database.read(lambda connection: tuple(_ahead(connection, organisation, now)))

    async def transfer(self, uid: SessionUid) -> Transfer | None:
        def read(connection: Connection) -> Transfer | None:
            row = connection.execute(select(schema.transfer).where(schema.transfer.c.session == uid)).first()
            if row is None:
                return None
            return Transfer(
                session=row.session,
                by_mail=row.by_mail,
                convert=row.convert,
                kind=row.kind,
                account=row.account,
                since=row.since,
            )

        return await self._database.read(read)

    async def unfinished(self, organisation: OrganisationId) -> int:
        people = _people(organisation)
        of_sessions = (
            select(func.count())
            .select_from(schema.transfer.join(schema.session, schema.session.c.uid == schema.transfer.c.session))
            .where(schema.session.c.organizer.in_(people))
        )
        of_consents = select(func.count()).where(schema.credential.c.person.in_(people), _orphaned())
        of_withdrawals = select(func.count()).where(schema.withdrawal.c.person.in_(people))
        counted = (of_sessions, of_consents, of_withdrawals)

        def read(connection: Connection) -> int:
            own = {str(user) for user in connection.scalars(people)}
            probes = [subject for subject in self._queue.waiting(connection, PROBE) if own.issuperset(subject)]
            return len(probes) + sum(connection.execute(query).scalar_one() for query in counted)

        return await self._database.read(read)

    async def connected(self, organisation: OrganisationId) -> Mapping[IntegrationKind | None, int]:
        known, person = schema.integration, schema.person
        query = (
            select(known.c.kind, func.count())
            .select_from(person.outerjoin(known, known.c.person == person.c.id))
            .where(person.c.organisation == organisation)
            .group_by(known.c.kind)
            .order_by(known.c.kind)
        )

        def read(connection: Connection) -> dict[IntegrationKind | None, int]:
            return {row[0]: row[1] for row in connection.execute(query)}

        return await self._database.read(read)

    async def transferred(
        self,
        changed: Session | None,
        uid: SessionUid,
        *,
        tell: Iterable[Telling] = (),
        later: Iterable[tuple[Job, datetime]] = (),
    ) -> bool:
        whom = tuple(tell)
        planned = [Deferral(job, instant) for job, instant in later]

        def write(connection: Connection) -> bool:
            if changed is not None and keep(connection, changed) is None:
                return False
            connection.execute(delete(schema.transfer).where(schema.transfer.c.session == uid))
            organizer = select(schema.session.c.organizer).where(schema.session.c.uid == uid)
            self._revoke(connection, schema.credential.c.person.in_(organizer))
            tell_in(connection, self._queue, whom)
            self._queue.defer_in(connection, Deferral(settle_job(uid), lock=uid), *planned)
            return True

        return await self._database.write(write)

    def _switch(self, connection: Connection, change: ModeChange) -> bool:
        own = schema.organisation
        other = update(own).where(own.c.id == change.organisation, own.c.free_busy_only.is_not(change.free_busy_only))
        if not connection.execute(other.values(free_busy_only=change.free_busy_only)).rowcount:
            return False
        connection.execute(
            insert(schema.mode_change).values(
                organisation=change.organisation,
                free_busy_only=change.free_busy_only,
                by=change.by,
                at=change.at,
                convert=change.convert,
            )
        )
        if change.free_busy_only:
            self._leave_calendars(connection, change)
        else:
            self._come_back(connection, change)
        self._reconnect(connection, change)
        self._revoke(connection, schema.credential.c.person.in_(_people(change.organisation)))
        return True

    def _reconnect(self, connection: Connection, change: ModeChange) -> None:
        """Everybody's connection as it now counts, and the jobs that try it."""
        own = organisation_in(connection, change.organisation)
        users = users_of(connection, tuple(connection.scalars(_people(change.organisation))))
        known = integrations_of(connection, users)
        limiting = change.free_busy_only
        now = {
            user: limited(known[user], change.at) if limiting else unlimited(known[user], users[user], own, change.at)
            for user in users
        }
        put_integrations(connection, *(each for each in now.values() if each != known[each.user]))
        replaced = [each.user for each in now.values() if each.kind not in (None, known[each.user].kind)]
        tried = [Deferral(probe_job(user)) for user in replaced]
        self._queue.defer_in(connection, *tried, Deferral(Job(PROBE)))

    def _revoke(self, connection: Connection, whose: ColumnElement[bool]) -> None:
        """Consents that connect nobody any more, unless a session is still to be taken away through one."""
        waiting = select(schema.session.c.organizer).where(
            schema.session.c.uid.in_(select(schema.transfer.c.session).where(schema.transfer.c.by_mail.is_(True)))
        )
        own = schema.credential.c.person
        orphans = select(own).where(whose, _orphaned(), own.not_in(waiting))
        self._queue.defer_in(
            connection, *(Deferral(revoke_job(user)) for user in connection.execute(orphans).scalars())
        )

    def _leave_calendars(self, connection: Connection, change: ModeChange) -> None:
        """Before the connections are replaced: how each session was reached is kept with it."""
        ahead = list(_ahead(connection, change.organisation, change.at))
        turning_back = select(schema.transfer.c.session).where(schema.transfer.c.by_mail.is_(False))
        returning = set(connection.execute(turning_back).scalars())
        self._transfer(
            connection, [each for each in ahead if each.mailed and each.uid in returning], change, by_mail=True
        )
        in_calendars = [each for each in ahead if not each.mailed]
        moving = [each for each in in_calendars if change.convert or each.state is SessionState.HELD]
        self._transfer(connection, moving, change, by_mail=True)
        for session in in_calendars:
            if session not in moving:
                keep(connection, session.frozen_where_it_is())
                tell_in(connection, self._queue, _both(session, SessionFrozen(session.uid, failed=False), change.at))

    def _come_back(self, connection: Connection, change: ModeChange) -> None:
        ahead = list(_ahead(connection, change.organisation, change.at))
        for session in ahead:
            if session.frozen:
                keep(connection, session.thawed())
                tell_in(connection, self._queue, _both(session, SessionThawed(session.uid), change.at))
        if change.convert:
            self._transfer(connection, [each for each in ahead if each.mailed], change, by_mail=False)

    def _transfer(
        self, connection: Connection, sessions: Sequence[Session], change: ModeChange, *, by_mail: bool
    ) -> None:
        known = schema.integration
        for session in sessions:
            reached = connection.execute(select(known).where(known.c.person == session.organizer)).first()
            connection.execute(delete(schema.transfer).where(schema.transfer.c.session == session.uid))
            connection.execute(
                insert(schema.transfer).values(
                    session=session.uid,
                    by_mail=by_mail,
                    convert=change.convert,
                    kind=reached.kind if reached else None,
                    account=reached.account if reached else "",
                    since=change.at,
                )
            )
            self._queue.defer_in(connection, Deferral(transfer_job(session.uid), lock=session.uid))


def _ahead(connection: Connection, organisation: OrganisationId, now: datetime) -> Iterator[Session]:
    session = schema.session
    query = (
        select(session)
        .where(
            session.c.organizer.in_(_people(organisation)),
            session.c.state.in_(NOT_OVER),
            session.c.end_minute > epoch_minute(now),
        )
        .order_by(session.c.start_minute, session.c.uid)
    )
    return (session_of(row) for row in connection.execute(query).all())


def _orphaned() -> ColumnElement[bool]:
    """Of a credential: its person is connected in another way, or in none."""
    known = schema.integration
    own = select(known.c.person).where(known.c.kind.in_([each for each in IntegrationKind if each.is_individual]))
    return schema.credential.c.person.not_in(own)


def _people(organisation: OrganisationId) -> Select[tuple[UserId]]:
    return select(schema.person.c.id).where(schema.person.c.organisation == organisation)


def _both(session: Session, what: SessionFrozen | SessionThawed, at: datetime) -> list[Telling]:
    return [Telling(user, what, at) for user in session.people]
