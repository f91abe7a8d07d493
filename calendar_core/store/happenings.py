"""What is to be told: stored with its cause, told by jobs that carry its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Connection, delete, select
from sqlalchemy import insert as plain_insert

from calendar_core.happening import BookingFailed, Happening, HappeningId, SessionBooked, SessionCancelled
from calendar_core.interval import epoch_minute
from calendar_core.job import tell_job
from calendar_core.people import UserId
from calendar_core.ports import Telling

from . import schema
from .database import Database, insert, portions
from .jobs import Deferral, Queue
from .reminders import is_pointless, note_told

KINDS: Mapping[str, type[Happening]] = {kind.__name__: kind for kind in get_args(Happening)}


class SqlHappenings:
    """The port `Happenings`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def happening(self, number: HappeningId) -> Happening:
        return await self._database.read(lambda connection: _find(connection, number))

    async def add(self, whom: Iterable[Telling]) -> None:
        wanted = tuple(whom)
        await self._database.write(lambda connection: tell(connection, self._queue, wanted))

    async def silenced(self, number: HappeningId, user: UserId) -> bool:
        def read(connection: Connection) -> bool:
            told = schema.told
            known = select(told).where(told.c.happening == number, told.c.person == user)
            erased = select(schema.person.c.erased_at).where(schema.person.c.id == user)
            if connection.execute(known).first() is not None or connection.execute(erased).scalar() is not None:
                return True
            happening = _find(connection, number)
            if not isinstance(happening, SessionBooked | BookingFailed | SessionCancelled):
                return is_pointless(connection, happening, user)
            reply = schema.session_reply
            query = select(reply).where(reply.c.session == happening.session, reply.c.person == user)
            if isinstance(happening, SessionCancelled):
                query = query.where(reply.c.sequence >= happening.sequence)
            return connection.execute(query).first() is not None

        return await self._database.read(read)

    async def told(self, number: HappeningId, user: UserId, at: datetime) -> bool:
        def write(connection: Connection) -> bool:
            told = schema.told
            statement = (
                insert(connection, told)
                .values(happening=number, person=user, at=at)
                .on_conflict_do_nothing()
                .returning(told.c.person)
            )
            news = connection.execute(statement).first() is not None
            if news:
                note_told(connection, _find(connection, number), user, at)
            return news

        return await self._database.write(write)

    async def told_to(self, number: HappeningId) -> frozenset[UserId]:
        query = select(schema.told.c.person).where(schema.told.c.happening == number)
        return await self._database.read(lambda connection: frozenset(connection.execute(query).scalars()))

    async def forget(self, before: datetime) -> None:
        told, happening, reply, session = schema.told, schema.happening, schema.session_reply, schema.session
        over = select(session.c.uid).where(session.c.end_minute < epoch_minute(before))

        def write(connection: Connection) -> None:
            kept = select(told.c.happening).where(told.c.at >= before)
            past = delete(told).where(told.c.happening.not_in(kept)).returning(told.c.happening)
            for numbers in portions(set(connection.execute(past).scalars())):
                connection.execute(delete(happening).where(happening.c.id.in_(numbers)))
            connection.execute(delete(reply).where(reply.c.session.in_(over)))

        await self._database.write(write)


def record(connection: Connection, happenings: Sequence[Happening]) -> Sequence[HappeningId]:
    """Stores them, and gives the new ids in the same order."""
    if not happenings:
        return ()
    table = schema.happening
    rows = [{"kind": type(each).__name__, "fields": asdict(each)} for each in happenings]
    statement = plain_insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return connection.execute(statement, rows).scalars().all()


def telling(number: HappeningId, user: UserId, at: datetime | None) -> Deferral:
    """The job that tells one person of it; None: as soon as may be."""
    return Deferral(tell_job(number, user), at)


def tell(connection: Connection, queue: Queue, whom: Iterable[Telling]) -> None:
    """Stores what each person is to be told of a decision, and the jobs that tell it."""
    wanted = tuple(whom)
    different = tuple(dict.fromkeys(each.happening for each in wanted))
    numbers = dict(zip(different, record(connection, different), strict=True))
    queue.defer_in(connection, *(telling(numbers[each.happening], each.user, each.not_before) for each in wanted))


def _find(connection: Connection, number: HappeningId) -> Happening:
    table = schema.happening
    row = connection.execute(select(table).where(table.c.id == number)).first()
    if row is None:
        raise KeyError(number)
    # JSON has lists alone
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.fields.items()
    }
    return KINDS[row.kind](**fields)
