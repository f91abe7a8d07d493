"""Programmes and the matches in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, select, update

from calendar_core.people import Identity, Match, MatchId, ProgrammeId, User, UserId
from calendar_core.ports import Matched
from calendar_core.programme import Programme

from .database import Database
from .matches import MATCH_STANDS, match_of
from .programme_rows import columns_of, programme_of
from .schema import match, programme
from .taking_part import matches_of, taking_part


class SqlProgrammes:
    """The port `Programmes`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def programme(self, number: ProgrammeId) -> Programme:
        def read(connection: Connection) -> Programme:
            row = connection.execute(select(programme).where(programme.c.id == number)).first()
            if row is None:
                raise KeyError(number)
            return programme_of(row)

        return await self._database.read(read)

    async def all(self) -> tuple[Programme, ...]:
        query = select(programme).order_by(programme.c.name, programme.c.id)
        return await self._database.read(lambda connection: tuple(map(programme_of, connection.execute(query))))

    async def match(self, number: MatchId) -> Match | None:
        found = await self._database.read(lambda connection: _matches(connection, match.c.id == number))
        return found[0] if found else None

    async def taking_part(self, account: Identity) -> tuple[User, tuple[Matched, ...]] | None:
        return await self._database.read(lambda connection: taking_part(connection, account))

    async def matched(self, user: UserId) -> tuple[Matched, ...]:
        return await self._database.read(lambda connection: matches_of(connection, user))

    async def matches_in(self, number: ProgrammeId) -> tuple[Match, ...]:
        which = and_(match.c.programme == number, MATCH_STANDS)
        return await self._database.read(lambda connection: _matches(connection, which))

    async def update(self, changed: Programme) -> None:
        def write(connection: Connection) -> None:
            done = connection.execute(update(programme).where(programme.c.id == changed.id).values(columns_of(changed)))
            if not done.rowcount:
                raise KeyError(changed.id)

        await self._database.write(write)

    async def opened(self, number: MatchId, at: datetime) -> None:
        def write(connection: Connection) -> None:
            still_closed = (match.c.id == number, match.c.opens_at > at)
            connection.execute(update(match).where(*still_closed).values(opens_at=at))

        await self._database.write(write)


def _matches(connection: Connection, which: ColumnElement[bool]) -> tuple[Match, ...]:
    return tuple(match_of(row) for row in connection.execute(select(match).where(which).order_by(match.c.id)))
