"""What little of a dialogue is remembered: the newest numbered list."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Connection, Executable, Update, and_, bindparam, select, update

from calendar_core.people import Identity
from calendar_core.ports import Listing

from .database import Database, insert_of
from .schema import listing


class SqlConversations:
    """The port `Conversations`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, who: Identity, tokens: tuple[str, ...], at: datetime) -> None:
        told = {"a_issuer": who.issuer, "a_subject": who.subject, "a_tokens": tokens, "a_at": at}
        await self._database.write(lambda connection: connection.execute(_listing(connection.dialect.name), told))

    async def listed_since(self, who: Identity, tokens: tuple[str, ...], at: datetime, *, since: datetime) -> None:
        told = {"a_issuer": who.issuer, "a_subject": who.subject, "a_tokens": tokens, "a_at": at}

        def write(connection: Connection) -> None:
            if not connection.execute(_one_newer(who).where(listing.c.at > since)).rowcount:
                connection.execute(_listing(connection.dialect.name), told)

        await self._database.write(write)

    async def interrupted(self, who: Identity) -> None:
        await self._database.write(lambda connection: connection.execute(_one_newer(who)))

    async def newest(self, who: Identity) -> Listing | None:
        def read(connection: Connection) -> Listing | None:
            row = connection.execute(select(listing).where(_with(who))).first()
            return Listing(row.tokens, row.at, row.newer) if row else None

        return await self._database.read(read)


@cache
def _listing(dialect: str) -> Executable:
    """Made once: making it takes longer than running it."""
    newest = {
        "tokens": bindparam("a_tokens", type_=listing.c.tokens.type),
        "at": bindparam("a_at", type_=listing.c.at.type),
        "newer": 0,
    }
    return (
        insert_of(dialect, listing)
        .values(issuer=bindparam("a_issuer"), subject=bindparam("a_subject"), **newest)
        .on_conflict_do_update(index_elements=["issuer", "subject"], set_=newest)
    )


def _one_newer(who: Identity) -> Update:
    return update(listing).where(_with(who)).values(newer=listing.c.newer + 1)


def _with(who: Identity) -> ColumnElement[bool]:
    return and_(listing.c.issuer == who.issuer, listing.c.subject == who.subject)
