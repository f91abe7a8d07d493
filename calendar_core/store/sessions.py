"""Sessions, and the guard against double booking: `reserve` alone takes people's times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from calendar_core.errors import NotMatched, RequestClosed, SlotTaken
from calendar_core.interval import Interval, epoch_minute
from calendar_core.job import SETTLE, Job, settle_job
from calendar_core.people import MatchId, UserId
from calendar_core.ports import Telling
from calendar_core.request import RequestId, RequestState
from calendar_core.session import STANDING, Link, Session, SessionState, SessionUid

from . import holds, schema
from .database import Database, insert
from .happenings import tell as tell_in
from .jobs import Deferral, Queue
from .matches import stands
from .session_rows import columns_of, session_of

session = schema.session

_OF_MATCH = (  # made once: making it takes longer than running it
    select(session)
    .where(session.c.match == bindparam("match"), session.c.state.in_(STANDING))
    .order_by(session.c.start_minute.desc(), session.c.uid)
    .limit(bindparam("most"))
)
HOLDS_NOTHING = (SessionState.RELEASED, SessionState.CANCELLED)


class SqlSessions:
    """The port `Sessions`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def reserve(self, new: Session, *, accepting: RequestId | None = None) -> Session:
        return await self._database.write(lambda connection: self._reserve(connection, new, accepting))

    async def session(self, uid: SessionUid) -> Session | None:
        return await self._database.read(lambda connection: _find(connection, uid))

    async def with_event(self, event_id: str) -> Session | None:
        found = await self._sessions(select(session).where(session.c.event_id == event_id))
        return found[0] if found else None

    async def standing(self, match: MatchId, when: Interval) -> Session | None:
        found = await self._sessions(
            select(session).where(
                session.c.match == match,
                session.c.start_minute == when.start_minute,
                session.c.end_minute == when.end_minute,
                session.c.state.in_([SessionState.HELD, SessionState.BOOKED]),
            )
        )
        return found[0] if found else None

    async def keep(
        self,
        changed: Session,
        *,
        tell: Iterable[Telling] = (),
        later: Iterable[tuple[Job, datetime]] = (),
        settle: bool = False,
    ) -> Session | None:
        whom = tuple(tell)
        planned = [Deferral(job, instant) for job, instant in later]
        if settle:
            planned.append(Deferral(settle_job(changed.uid), lock=changed.uid))

        def write(connection: Connection) -> Session | None:
            stored = keep(connection, changed)
            if stored:
                tell_in(connection, self._queue, whom)
                self._queue.defer_in(connection, *planned)
            return stored

        return await self._database.write(write)

    async def held(self, users: Iterable[UserId], window: Interval) -> Mapping[UserId, tuple[Interval, ...]]:
        wanted = tuple(users)
        return await self._database.read(lambda connection: holds.of(connection, wanted, window))

    async def of_user(self, user: UserId, window: Interval) -> tuple[Session, ...]:
        return await self._sessions(
            select(session)
            .where(
                or_(session.c.organizer == user, session.c.attendee == user),
                session.c.state.in_(STANDING),
                session.c.start_minute < window.end_minute,
                session.c.end_minute > window.start_minute,
            )
            .order_by(session.c.start_minute, session.c.uid)
        )

    async def of_match(self, match: MatchId, limit: int) -> tuple[Session, ...]:
        return await self._sessions(_OF_MATCH, {"match": match, "most": limit})

    async def held_and_past(
        self, users: Iterable[UserId], window: Interval, match: MatchId, limit: int
    ) -> tuple[Mapping[UserId, tuple[Interval, ...]], tuple[Session, ...]]:
        wanted = tuple(users)

        def read(connection: Connection) -> tuple[Mapping[UserId, tuple[Interval, ...]], tuple[Session, ...]]:
            past = connection.execute(_OF_MATCH, {"match": match, "most": limit}) if limit else ()
            return holds.of(connection, wanted, window), tuple(session_of(row) for row in past)

        return await self._database.read(read)

    async def replied(self, uid: SessionUid, user: UserId, *, sequence: int = 0) -> None:
        seen = schema.session_reply

        def write(connection: Connection) -> None:
            reply = insert(connection, seen).values(session=uid, person=user, sequence=sequence)
            connection.execute(
                reply.on_conflict_do_update(
                    index_elements=["session", "person"],
                    set_={"sequence": sequence},
                    where=seen.c.sequence < sequence,
                )
            )

        await self._database.write(write)

    async def unsettled(self, now: datetime) -> tuple[SessionUid, ...]:
        def read(connection: Connection) -> tuple[SessionUid, ...]:
            seen_to = self._queue.waiting(connection, SETTLE)
            rows = connection.execute(select(session.c.uid).where(_is_unsettled(now)).order_by(session.c.uid))
            return tuple(row.uid for row in rows if (row.uid,) not in seen_to)

        return await self._database.read(read)

    def _reserve(self, connection: Connection, new: Session, accepting: RequestId | None) -> Session:
        statement = insert(connection, session).values(columns_of(new)).on_conflict_do_nothing()
        if connection.execute(statement.returning(session.c.uid)).first() is None:
            return session_of(connection.execute(select(session).where(session.c.uid == new.uid)).one())
        if not stands(connection, new.match):
            raise NotMatched("")
        if not _take(connection, new):
            raise SlotTaken(new.when)
        if accepting is not None and not _accept(connection, accepting, new.when):
            raise RequestClosed
        self._queue.defer_in(connection, Deferral(settle_job(new.uid), lock=new.uid))
        return new

    async def _sessions(self, query: Select[Any], told: Mapping[str, object] | None = None) -> tuple[Session, ...]:
        return await self._database.read(
            lambda connection: tuple(session_of(row) for row in connection.execute(query, told))
        )


def _take(connection: Connection, new: Session) -> bool:
    """Both people's times. False if one is held already.

    The query alone answers where nobody comes in between: SQLite has one writer, and whoever takes time waits for the
    two people. PostgreSQL's exclusion constraint catches whoever did not.
    """
    holds.wait_for(connection, new.people)
    if holds.any_overlap(connection, new.people, new.when):
        return False
    try:
        with connection.begin_nested():
            holds.take(connection, new)
    except IntegrityError as error:
        if not holds.is_overlap(error):
            raise
        return False
    return True


def _accept(connection: Connection, number: RequestId, when: Interval) -> bool:
    """The request is open no more. False if it was not."""
    table = schema.request
    still_open = update(table).where(table.c.id == number, table.c.state == RequestState.OPEN)
    return bool(connection.execute(still_open.values(state=RequestState.ACCEPTED, chosen=when)).rowcount)


def keep(connection: Connection, changed: Session) -> Session | None:
    """See Sessions.keep, without what goes with it."""
    columns = columns_of(changed) | {"revision": changed.revision + 1}
    unchanged = update(session).where(session.c.uid == changed.uid, session.c.revision == changed.revision)
    if not connection.execute(unchanged.values(columns)).rowcount:
        return None
    if changed.state in HOLDS_NOTHING:
        connection.execute(delete(schema.slot_hold).where(schema.slot_hold.c.session == changed.uid))
    return _find(connection, changed.uid)


def _find(connection: Connection, uid: SessionUid) -> Session | None:
    row = connection.execute(select(session).where(session.c.uid == uid)).first()
    return session_of(row) if row else None


def _is_unsettled(now: datetime) -> ColumnElement[bool]:
    undone = session.c.state.in_([SessionState.HELD, SessionState.RELEASING, SessionState.CANCELLING])
    late = session.c.link.in_([Link.PENDING, Link.OVERDUE, Link.GIVEN]) & (session.c.start_minute > epoch_minute(now))
    return or_(undone, (session.c.state == SessionState.BOOKED) & late & session.c.frozen.is_(False))
