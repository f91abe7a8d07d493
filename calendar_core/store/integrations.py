"""How each person's calendar is connected, and how healthy that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from calendar_core.integration import Health, Integration, Trouble
from calendar_core.people import UserId

from .database import Database, insert, portions
from .schema import integration

FRESH = timedelta(hours=1)


class SqlIntegrations:
    """The port `Integrations`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, user: UserId) -> Integration:
        return (await self.of_all([user]))[user]

    async def of_all(self, users: Iterable[UserId]) -> Mapping[UserId, Integration]:
        wanted = tuple(users)
        return await self._database.read(lambda connection: integrations_of(connection, wanted))

    async def connected(self, *integrations: Integration) -> None:
        def write(connection: Connection) -> None:
            known = integrations_of(connection, [each.user for each in integrations])
            put_integrations(
                connection, *(each for each in integrations if known[each.user].trouble is not Trouble.OPTED_OUT)
            )

        await self._database.write(write)

    async def worked(self, user: UserId, at: datetime) -> None:
        known = await self.of(user)
        stale = known.checked_at is None or at - known.checked_at >= FRESH
        if known.kind is None or (known.usable and not stale):
            return
        await self._database.write(lambda connection: _worked(connection, user, at))

    async def broke(self, user: UserId, trouble: Trouble, at: datetime) -> bool:
        return await self._database.write(lambda connection: _broke(connection, user, trouble, at))


def _worked(connection: Connection, user: UserId, at: datetime) -> None:
    of_user = update(integration).where(integration.c.person == user, integration.c.kind.is_not(None))
    broken = integration.c.health.in_([Health.BROKEN, Health.REVOKED])
    connection.execute(of_user.where(broken).values(health=Health.OK, trouble=None, since=at))
    connection.execute(of_user.values(checked_at=at))


def _broke(connection: Connection, user: UserId, trouble: Trouble, at: datetime) -> bool:
    known = integrations_of(connection, (user,))[user]
    if known.trouble is Trouble.OPTED_OUT:
        return False
    health = Health.REVOKED if trouble is Trouble.ACCESS_WITHDRAWN else Health.BROKEN
    news = (known.health, known.trouble) != (health, trouble)
    since = at if news else known.since
    put_integrations(connection, Integration(user, known.kind, health, known.account, trouble, since, at))
    return news


def integrations_of(connection: Connection, users: Collection[UserId]) -> dict[UserId, Integration]:
    """One for each of them."""
    known = {
        row.person: Integration(row.person, row.kind, row.health, row.account, row.trouble, row.since, row.checked_at)
        for some in portions(users)
        for row in connection.execute(select(integration).where(integration.c.person.in_(some)))
    }
    return {user: known.get(user) or _never_connected(user) for user in users}


def _never_connected(user: UserId) -> Integration:
    return Integration(user, None, Health.BROKEN, "", Trouble.NEVER_CONNECTED)


def put_integrations(connection: Connection, *new: Integration) -> None:
    """Stores each whole, replacing what was there."""
    rows = [
        {
            "person": each.user,
            "kind": each.kind,
            "health": each.health,
            "account": each.account,
            "trouble": each.trouble,
            "since": each.since,
            "checked_at": each.checked_at,
        }
        for each in new
    ]
    put = insert(connection, integration)
    columns = {column.name: put.excluded[column.name] for column in integration.c if not column.primary_key}
    if rows:
        connection.execute(put.on_conflict_do_update(index_elements=["person"], set_=columns), rows)
