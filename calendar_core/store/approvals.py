"""What administrators of tenants were asked to approve."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy import insert as plain_insert

from calendar_core.ports import ApprovalAsked

from .database import Database
from .schema import approval


class SqlApprovals:
    """The port `Approvals`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, asked: ApprovalAsked, now: datetime) -> None:
        row = {
            "state": asked.state,
            "organisation": asked.organisation,
            "tenant": asked.tenant,
            "ends_at": asked.ends_at,
        }

        def write(connection: Connection) -> None:
            connection.execute(delete(approval).where(approval.c.ends_at <= now))
            connection.execute(plain_insert(approval).values(**row))

        await self._database.write(write)

    async def asked(self, state: str) -> ApprovalAsked | None:
        def read(connection: Connection) -> ApprovalAsked | None:
            row = connection.execute(select(approval).where(approval.c.state == state)).first()
            return None if row is None else ApprovalAsked(row.state, row.organisation, row.tenant, row.ends_at)

        return await self._database.read(read)
