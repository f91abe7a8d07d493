"""Where accounts are found in Teams, and who was welcomed there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, select, update

from calendar_core.people import Identity
from calendar_core.ports import TeamsPlace

from .database import Database, insert
from .schema import chat_account, identity, link_code, teams_place, teams_welcome


class SqlTeamsPlaces:
    """The port `TeamsPlaces`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, account: Identity) -> TeamsPlace | None:
        query = select(teams_place).where(
            teams_place.c.issuer == account.issuer, teams_place.c.subject == account.subject
        )

        def read(connection: Connection) -> TeamsPlace | None:
            row = connection.execute(query).first()
            if row is None:
                return None
            return TeamsPlace(
                account=account,
                member=row.member,
                bot=row.bot,
                service_url=row.service_url,
                conversation=row.conversation,
                language=row.language,
                seen_at=row.seen_at,
            )

        return await self._database.read(read)

    async def put(self, place: TeamsPlace) -> None:
        seen = {
            "member": place.member,
            "bot": place.bot,
            "service_url": place.service_url,
            "language": place.language,
            "seen_at": place.seen_at,
        }

        def write(connection: Connection) -> None:
            new = insert(connection, teams_place).values(
                issuer=place.account.issuer, subject=place.account.subject, conversation=place.conversation, **seen
            )
            kept = func.coalesce(new.excluded.conversation, teams_place.c.conversation)
            connection.execute(
                new.on_conflict_do_update(index_elements=["issuer", "subject"], set_={**seen, "conversation": kept})
            )

        await self._database.write(write)

    async def removed(self, issuer: str, conversation: str) -> tuple[Identity, ...]:
        def write(connection: Connection) -> tuple[Identity, ...]:
            there = and_(teams_place.c.issuer == issuer, teams_place.c.conversation == conversation)
            gone = connection.execute(delete(teams_place).where(there).returning(teams_place.c.subject)).scalars()
            found = tuple(Identity(issuer, subject) for subject in sorted(gone))
            for each in (chat_account, link_code):
                theirs = and_(each.c.issuer == issuer, each.c.subject.in_([who.subject for who in found]))
                connection.execute(delete(each).where(theirs))
            connection.execute(delete(teams_welcome).where(_is(issuer, conversation)))
            return found

        return await self._database.write(write)

    async def welcome(self, issuer: str, conversation: str, at: datetime) -> bool:
        def write(connection: Connection) -> bool:
            new = insert(connection, teams_welcome).values(issuer=issuer, conversation=conversation, at=at)
            first = new.on_conflict_do_nothing().returning(teams_welcome.c.conversation)
            if connection.execute(first).first() is not None:
                return True
            connection.execute(update(teams_welcome).where(_is(issuer, conversation)).values(at=at))
            return False

        return await self._database.write(write)

    async def not_welcomed(self, issuer: str, conversation: str) -> None:
        gone = delete(teams_welcome).where(_is(issuer, conversation))
        await self._database.write(lambda connection: connection.execute(gone))

    async def forget(self, before: datetime) -> None:
        somebodys = exists().where(
            identity.c.issuer == teams_place.c.issuer,
            identity.c.subject == teams_place.c.subject,
            identity.c.suspended_at.is_(None),
        )
        found = exists().where(
            teams_place.c.issuer == teams_welcome.c.issuer, teams_place.c.conversation == teams_welcome.c.conversation
        )

        def write(connection: Connection) -> None:
            connection.execute(delete(teams_place).where(teams_place.c.seen_at < before, ~somebodys))
            connection.execute(delete(teams_welcome).where(teams_welcome.c.at < before, ~found))

        await self._database.write(write)


def _is(issuer: str, conversation: str) -> ColumnElement[bool]:
    return and_(teams_welcome.c.issuer == issuer, teams_welcome.c.conversation == conversation)
