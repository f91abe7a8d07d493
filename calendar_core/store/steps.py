"""Next steps that people wrote down after a session: sealed, and their authors' alone unless shared."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from calendar_core.happening import StepShared
from calendar_core.people import UserId
from calendar_core.ports import Json, Telling
from calendar_core.session import Session, SessionState
from calendar_core.step import Step, StepUid

from .database import Database, insert
from .happenings import tell
from .jobs import Queue
from .people import find_user
from .schema import session as session_table
from .schema import step
from .vault import SealBroken, Vault

log = logging.getLogger(__name__)


class SqlSteps:
    """The port `Steps`."""

    def __init__(self, database: Database, queue: Queue, vault: Vault) -> None:
        self._database = database
        self._queue = queue
        self._vault = vault

    @property
    def kept(self) -> bool:
        return bool(self._vault.key_ids)

    async def write(self, new: Step, most: int) -> bool:
        sealed = self._vault.seal(step.c.text, (new.uid,), new.text)

        def write(connection: Connection) -> bool:
            find_user(connection, new.author, lock=True)
            same = select(func.count()).where(step.c.author == new.author, step.c.session == new.session)
            if connection.execute(same).scalar_one() >= most:
                return False
            values = {"session": new.session, "author": new.author, "written_at": new.written_at, "text": sealed}
            row = insert(connection, step).values(uid=new.uid, shared=False, **values)
            connection.execute(row.on_conflict_do_nothing())
            return True

        return await self._database.write(write)

    async def share(self, uid: StepUid, author: UserId, partner: UserId | None, at: datetime) -> Step | None:
        here = (step.c.uid == uid, step.c.author == author)

        def write(connection: Connection) -> Step | None:
            row = connection.execute(select(step).where(*here).with_for_update()).first()
            if row is None:
                return None
            anew = partner is not None and not row.shared
            changed = {"shared": partner is not None, "sharings": row.sharings + anew}
            connection.execute(update(step).where(*here).values(changed))
            if partner is not None and anew:
                tell(connection, self._queue, (Telling(partner, StepShared(uid, changed["sharings"]), at),))
            return self._first([connection.execute(select(step).where(*here)).one()])

        return await self._database.write(write)

    async def drop(self, uid: StepUid, author: UserId) -> bool:
        statement = delete(step).where(step.c.uid == uid, step.c.author == author)
        return await self._database.write(lambda connection: bool(connection.execute(statement).rowcount))

    async def of(self, author: UserId, limit: int) -> tuple[Step, ...]:
        newest = step.c.written_at.desc(), step.c.uid
        query = select(step).where(step.c.author == author).order_by(*newest).limit(limit)
        return await self._database.read(lambda connection: self._opened(connection.execute(query)))

    async def own(self, uid: StepUid, author: UserId) -> Step | None:
        query = select(step).where(step.c.uid == uid, step.c.author == author)
        return await self._database.read(lambda connection: self._first(connection.execute(query)))

    async def shared(self, uid: StepUid, sharing: int) -> Step | None:
        query = select(step).where(step.c.uid == uid, step.c.shared, step.c.sharings == sharing)
        return await self._database.read(lambda connection: self._first(connection.execute(query)))

    async def agenda(self, session: Session) -> tuple[Step, ...]:
        table = session_table.c
        before = (
            select(table.uid)
            .where(
                table.match == session.match,
                table.uid != session.uid,
                table.state == SessionState.BOOKED,
                table.start_minute < session.when.start_minute,
            )
            .order_by(table.start_minute.desc(), table.uid)
            .limit(1)
        )
        query = select(step).where(step.c.session == before.scalar_subquery(), step.c.shared)
        ordered = query.order_by(step.c.written_at, step.c.uid)
        return await self._database.read(lambda connection: self._opened(connection.execute(ordered)))

    def _opened(self, rows: Iterable[Row[Any]]) -> tuple[Step, ...]:
        return tuple([each for row in rows if (each := opened(self._vault, row)) is not None])

    def _first(self, rows: Iterable[Row[Any]]) -> Step | None:
        return next(iter(self._opened(rows)), None)


def opened(vault: Vault, row: Row[Any]) -> Step | None:
    """None for one whose key is not among ours: it comes back with the key, and keeps nothing else from being read."""
    try:
        text = vault.open(step.c.text, (row.uid,), row.text)
    except SealBroken:
        log.warning("a step does not open", extra={"user": row.author})
        return None
    return Step(row.uid, row.session, row.author, row.written_at, text, shared=row.shared)


def steps_given_out(connection: Connection, vault: Vault, user: UserId) -> list[Json]:
    """All that a person wrote, for that person."""
    rows = connection.execute(select(step).where(step.c.author == user).order_by(step.c.written_at, step.c.uid))
    return [
        {
            "written": row.written_at.isoformat(),
            "text": known.text if (known := opened(vault, row)) else None,
            "shared with my partner": row.shared,
        }
        for row in rows
    ]
