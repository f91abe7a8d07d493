"""What people and admins are still to be asked to repair, and how whole domains are let in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, and_, delete, func, select, update

from calendar_core.happening import CalendarBroke, CalendarsNeedIt, CalendarsRepaired, CalendarWorks
from calendar_core.health import Repairer, repairer
from calendar_core.integration import Integration
from calendar_core.people import OrganisationId, Role, UserId
from calendar_core.ports import Repair, Telling

from .database import Database, insert
from .happenings import tell
from .jobs import Queue
from .schema import membership, organisation, person, programme, repair

ADMINS_TOLD_EVERY = timedelta(days=1)


class SqlRepairs:
    """The port `Repairs`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def of(self, user: UserId) -> Repair | None:
        query = select(repair).where(repair.c.person == user)

        def read(connection: Connection) -> Repair | None:
            row = connection.execute(query).first()
            return None if row is None else Repair(user, row.for_it, row.told, row.told_at, row.due_at, row.stopped_at)

        return await self._database.read(read)

    async def later(self, user: UserId, at: datetime) -> bool:
        return await self._change(user, due_at=at, stopped_at=None)

    async def stop(self, user: UserId, at: datetime) -> bool:
        return await self._change(user, due_at=None, stopped_at=at)

    async def remind(self, now: datetime) -> None:
        await self._database.write(partial(_remind, queue=self._queue, now=now))
        await self._database.write(partial(_tell_admins, queue=self._queue, now=now))

    async def _change(self, user: UserId, **values: datetime | None) -> bool:
        change = update(repair).where(repair.c.person == user, repair.c.for_it.is_(False)).values(**values)
        return await self._database.write(lambda connection: connection.execute(change).rowcount > 0)


def begin_repair(connection: Connection, queue: Queue, broken: Integration, at: datetime) -> None:
    """A connection that worked has broken. Its person is told, where that helps; else it waits for the next message to
    the admins."""
    if broken.trouble is None:
        return
    whose = repairer(broken.kind, broken.trouble)
    if whose is Repairer.NOBODY:
        return
    by_person = whose is Repairer.PERSON
    row = {"for_it": not by_person, "told": 0, "told_at": None, "due_at": None if by_person else at, "stopped_at": None}
    put = insert(connection, repair).values(person=broken.user, **row)
    connection.execute(put.on_conflict_do_update(index_elements=["person"], set_=row))
    if by_person:
        tell(connection, queue, [Telling(broken.user, CalendarBroke(broken.user, 1), at)])


def end_repair(connection: Connection, queue: Queue, user: UserId, at: datetime) -> None:
    """It works again. Whoever was told that it broke is told so, once; admins when the last of those works."""
    ended = delete(repair).where(repair.c.person == user).returning(repair.c.told, repair.c.for_it)
    row = connection.execute(ended).first()
    if row is None or not row.told:
        return
    if row.for_it:
        _tell_repaired(connection, queue, user, at)
    else:
        tell(connection, queue, [Telling(user, CalendarWorks(user), at)])


def _tell_repaired(connection: Connection, queue: Queue, user: UserId, at: datetime) -> None:
    """One end at a time in an organisation, so that the last knows that it is."""
    own = select(person.c.organisation).where(person.c.id == user).scalar_subquery()
    named = select(organisation.c.id).where(organisation.c.id == own).with_for_update()
    whose = connection.execute(named).scalar_one()
    left = (
        select(repair.c.person)
        .join(person, person.c.id == repair.c.person)
        .where(repair.c.for_it.is_(True), repair.c.told > 0, person.c.organisation == whose)
    )
    if connection.execute(left.limit(1)).first() is None:
        said = CalendarsRepaired(whose)
        tell(connection, queue, [Telling(admin, said, at) for admin in admins_of(connection, whose)])


def drop_repairs(connection: Connection, users: Iterable[UserId]) -> None:
    """Nothing is left to be asked of them: they were connected anew, or disconnected."""
    connection.execute(delete(repair).where(repair.c.person.in_(tuple(users))))


def admins_of(connection: Connection, whose: OrganisationId) -> tuple[UserId, ...]:
    """Present admins of its programmes."""
    query = (
        select(membership.c.person)
        .join(programme, programme.c.id == membership.c.programme)
        .where(
            programme.c.organisation == whose,
            membership.c.role == Role.ADMIN,
            membership.c.ended_at.is_(None),
        )
        .distinct()
        .order_by(membership.c.person)
    )
    return tuple(connection.execute(query).scalars())


def _remind(connection: Connection, queue: Queue, now: datetime) -> None:
    due = (
        update(repair)
        .where(repair.c.for_it.is_(False), repair.c.due_at <= now)
        .values(due_at=None)
        .returning(repair.c.person, repair.c.told)
    )
    rows = connection.execute(due).all()
    tell(connection, queue, [Telling(row.person, CalendarBroke(row.person, row.told + 1), now) for row in rows])


def _tell_admins(connection: Connection, queue: Queue, now: datetime) -> None:
    """One message an organisation, at most once a day, for everybody whose calendar broke since the last."""
    waits = and_(repair.c.for_it.is_(True), repair.c.told == 0)
    newest = func.max(repair.c.told_at)
    per = (
        select(person.c.organisation, newest.label("told_at"), func.min(repair.c.due_at).label("waiting"))
        .join(repair, repair.c.person == person.c.id)
        .where(repair.c.for_it.is_(True))
        .group_by(person.c.organisation)
    )
    for row in connection.execute(per).all():
        if row.waiting is None or (row.told_at is not None and now - row.told_at < ADMINS_TOLD_EVERY):
            continue
        people = select(person.c.id).where(person.c.organisation == row.organisation)
        news = update(repair).where(waits, repair.c.person.in_(people))
        count = connection.execute(news.values(told=1, told_at=now, due_at=None)).rowcount
        if count:
            admins = admins_of(connection, row.organisation)
            said = CalendarsNeedIt(row.organisation, count)
            tell(connection, queue, [Telling(admin, said, now) for admin in admins])
