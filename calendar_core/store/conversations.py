"""What little of a dialogue is remembered: the newest numbered list."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, select, update

from calendar_core.people import Identity
from calendar_core.ports import Listing

from .database import Database, insert
from .schema import listing


class SqlConversations:
    """The port `Conversations`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, who: Identity, tokens: tuple[str, ...], at: datetime) -> None:
        newest = {"tokens": tokens, "at": at, "newer": 0}

        def write(connection: Connection) -> None:
            connection.execute(
                insert(connection, listing)
                .values(issuer=who.issuer, subject=who.subject, **newest)
                .on_conflict_do_update(index_elements=["issuer", "subject"], set_=newest)
            )

        await self._database.write(write)

    async def interrupted(self, who: Identity) -> None:
        def write(connection: Connection) -> None:
            connection.execute(update(listing).where(_with(who)).values(newer=listing.c.newer + 1))

        await self._database.write(write)

    async def newest(self, who: Identity) -> Listing | None:
        def read(connection: Connection) -> Listing | None:
            row = connection.execute(select(listing).where(_with(who))).first()
            return Listing(row.tokens, row.at, row.newer) if row else None

        return await self._database.read(read)


def _with(who: Identity) -> ColumnElement[bool]:
    return and_(listing.c.issuer == who.issuer, listing.c.subject == who.subject)
