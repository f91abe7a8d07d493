"""Tokens by which other programs read, as hashes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy import insert as plain_insert

from calendar_core.api_token import ApiToken
from calendar_core.people import OrganisationId, ProgrammeId

from .database import Database
from .schema import api_token


class SqlApiTokens:
    """The port `ApiTokens`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def made(
        self, digest: str, organisation: OrganisationId, programme: ProgrammeId | None, at: datetime
    ) -> ApiToken:
        row = {"digest": digest, "organisation": organisation, "programme": programme, "made_at": at}
        new = plain_insert(api_token).values(row).returning(api_token)
        return await self._database.write(lambda connection: _token(connection.execute(new).one()))

    async def known(self, digest: str) -> ApiToken | None:
        wanted = select(api_token).where(api_token.c.digest == digest)

        def read(connection: Connection) -> ApiToken | None:
            row = connection.execute(wanted).first()
            return None if row is None else _token(row)

        return await self._database.read(read)

    async def all(self) -> tuple[ApiToken, ...]:
        wanted = select(api_token).order_by(api_token.c.number)
        return await self._database.read(lambda connection: tuple(map(_token, connection.execute(wanted))))

    async def revoke(self, number: int) -> bool:
        gone = delete(api_token).where(api_token.c.number == number)
        return await self._database.write(lambda connection: connection.execute(gone).rowcount == 1)


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(row.number, row.organisation, row.programme, row.made_at)
