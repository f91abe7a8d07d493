"""What was heard from Teams, so that nothing is answered twice or forgotten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from calendar_core.ports import HeardActivity

from .database import Database, insert
from .schema import teams_heard as heard


class SqlTeamsInbox:
    """The port `TeamsInbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, activity: HeardActivity) -> bool:
        def write(connection: Connection) -> bool:
            new = insert(connection, heard).values(
                issuer=activity.issuer,
                conversation=activity.conversation,
                activity=activity.id,
                at=activity.at,
                body=activity.body,
            )
            once = new.on_conflict_do_nothing().returning(heard.c.activity)
            return connection.execute(once).first() is not None

        return await self._database.write(write)

    async def done(self, activity: HeardActivity) -> None:
        answered = update(heard).where(_is(activity)).values(body=None)
        await self._database.write(lambda connection: connection.execute(answered))

    async def renew(self, activities: Collection[HeardActivity], at: datetime) -> None:
        def write(connection: Connection) -> None:
            for each in activities:
                waiting = and_(_is(each), heard.c.body.is_not(None))
                connection.execute(update(heard).where(waiting).values(at=at))

        await self._database.write(write)

    async def left(self, before: datetime, at: datetime, limit: int) -> tuple[HeardActivity, ...]:
        waiting = and_(heard.c.body.is_not(None), heard.c.at <= before)

        def write(connection: Connection) -> tuple[HeardActivity, ...]:
            rows = connection.execute(
                select(heard).where(waiting).order_by(heard.c.at).limit(limit).with_for_update(skip_locked=True)
            ).all()
            found = []
            for row in rows:
                each = HeardActivity(
                    issuer=row.issuer, conversation=row.conversation, id=row.activity, at=at, body=row.body
                )
                connection.execute(update(heard).where(_is(each)).values(at=at))
                found.append(each)
            return tuple(found)

        return await self._database.write(write)

    async def forget(self, before: datetime) -> None:
        await self._database.write(lambda connection: connection.execute(delete(heard).where(heard.c.at < before)))


def _is(activity: HeardActivity) -> ColumnElement[bool]:
    return and_(
        heard.c.issuer == activity.issuer,
        heard.c.conversation == activity.conversation,
        heard.c.activity == activity.id,
    )
