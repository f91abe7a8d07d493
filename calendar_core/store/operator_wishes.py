"""What admins ask of the operator."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from calendar_core.job import mail_wish_job
from calendar_core.operator_wish import OperatorWish
from calendar_core.people import OrganisationId

from .database import Database, insert
from .jobs import Deferral, Queue
from .schema import operator_wish


class SqlOperatorWishes:
    """The port `OperatorWishes`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def ask(self, wish: OperatorWish, *, mail: bool) -> OperatorWish:
        def write(connection: Connection) -> OperatorWish:
            row = {"organisation": wish.organisation, "asked_by": wish.asked_by, "asked_at": wish.asked_at}
            made = insert(connection, operator_wish).values(row).on_conflict_do_nothing()
            is_new = connection.execute(made.returning(operator_wish.c.organisation)).first() is not None
            if is_new and mail:
                self._queue.defer_in(connection, Deferral(mail_wish_job(wish.organisation)))
            own = select(operator_wish).where(operator_wish.c.organisation == wish.organisation)
            return OperatorWish(*connection.execute(own).one())

        return await self._database.write(write)

    async def all(self) -> tuple[OperatorWish, ...]:
        query = select(operator_wish).order_by(operator_wish.c.asked_at, operator_wish.c.organisation)
        return await self._database.read(
            lambda connection: tuple(OperatorWish(*row) for row in connection.execute(query))
        )

    async def answered(self, organisation: OrganisationId) -> bool:
        own = delete(operator_wish).where(operator_wish.c.organisation == organisation)
        return await self._database.write(lambda connection: bool(connection.execute(own).rowcount))
