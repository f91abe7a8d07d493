"""What may be told of ratings: a figure for each closed month, made once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select

from calendar_core.averages import Average, MonthlyAverage, average_of
from calendar_core.people import ProgrammeId

from .database import Database, insert
from .schema import closed_month, feedback, match, session


class SqlAverages:
    """The port `Averages`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def first_asked(self, programme: ProgrammeId, since: datetime) -> datetime | None:
        asked = select(func.min(feedback.c.asked_at)).where(feedback.c.asked_at >= since, *_in(programme))
        return await self._database.read(lambda connection: connection.execute(asked).scalar())

    async def known(self, programme: ProgrammeId, since: date) -> tuple[MonthlyAverage, ...]:
        table = closed_month.c
        query = select(closed_month).where(table.programme == programme, table.month >= since).order_by(table.month)

        def read(connection: Connection) -> tuple[MonthlyAverage, ...]:
            return tuple(
                MonthlyAverage(row.month, None if row.people is None else Average(row.people, row.answers, row.total))
                for row in connection.execute(query)
            )

        return await self._database.read(read)

    async def close(self, programme: ProgrammeId, month: date, begins: datetime, ends: datetime) -> None:
        given = select(feedback.c.person, feedback.c.useful).where(
            feedback.c.rated_at >= begins, feedback.c.rated_at < ends, *_in(programme)
        )
        asked = select(feedback.c.person).where(
            feedback.c.asked_at >= begins, feedback.c.asked_at < ends, *_in(programme)
        )

        def write(connection: Connection) -> None:
            ratings = [(row.person, row.useful) for row in connection.execute(given)]
            average = average_of(ratings, frozenset(connection.execute(asked).scalars()))
            figures = (average.people, average.answers, average.total) if average else (None, None, None)
            values = dict(zip(("people", "answers", "total"), figures, strict=True))
            new = insert(connection, closed_month).values(programme=programme, month=month, **values)
            connection.execute(new.on_conflict_do_nothing())

        await self._database.write(write)


def _in(programme: ProgrammeId) -> tuple[ColumnElement[bool], ...]:
    """Of sessions there, whatever became of their matches."""
    matches = select(match.c.id).where(match.c.programme == programme)
    return (feedback.c.session.in_(select(session.c.uid).where(session.c.match.in_(matches))),)
