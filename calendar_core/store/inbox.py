"""What was pushed to people whose chat is the console."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from calendar_core.people import UserId

from .database import Database, insert
from .schema import inbox, person

KEPT = 200  # messages of each person


class SqlInbox:
    """The port `Inbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def push(self, user: UserId, key: str, body: str) -> bool:
        def write(connection: Connection) -> bool:
            # One at a time for each person: numbers appear in order, so a reader never passes one by.
            connection.execute(select(person.c.id).where(person.c.id == user).with_for_update(key_share=True))
            last = select(func.coalesce(func.max(inbox.c.number), 0)).where(inbox.c.person == user)
            number = connection.execute(last).scalar_one() + 1
            message = insert(connection, inbox).values(person=user, number=number, key=key, body=body)
            once = message.on_conflict_do_nothing().returning(inbox.c.number)
            old = delete(inbox).where(inbox.c.person == user, inbox.c.number <= number - KEPT)
            connection.execute(old)
            return connection.execute(once).first() is not None

        return await self._database.write(write)

    async def has(self, user: UserId, key: str) -> bool:
        query = select(inbox.c.number).where(inbox.c.person == user, inbox.c.key == key)
        return await self._database.read(lambda connection: connection.execute(query).first() is not None)

    async def after(self, user: UserId, number: int) -> tuple[tuple[int, str], ...]:
        query = (
            select(inbox.c.number, inbox.c.body)
            .where(inbox.c.person == user, inbox.c.number > number)
            .order_by(inbox.c.number)
        )

        def read(connection: Connection) -> tuple[tuple[int, str], ...]:
            return tuple((row.number, row.body) for row in connection.execute(query))

        return await self._database.read(read)
