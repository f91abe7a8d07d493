"""How each person's calendar is connected, and how healthy that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from calendar_core.health import domain_of, refused, within, worked
from calendar_core.integration import Health, Integration, Trouble
from calendar_core.people import UserId

from .columns import Columns
from .database import Database, insert, portions
from .domains import domain_refused, domain_worked, refused_domains
from .jobs import Queue
from .probes import Probes
from .repairs import begin_repair, drop_repairs, end_repair
from .schema import integration, person

FRESH = timedelta(hours=1)
_SOME = select(integration).where(integration.c.person.in_(bindparam("some", expanding=True)))


class SqlIntegrations(Probes):
    """The port `Integrations`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        super().__init__(database)
        self._queue = queue

    async def of(self, user: UserId) -> Integration:
        return (await self.of_all([user]))[user]

    async def of_all(self, users: Iterable[UserId]) -> Mapping[UserId, Integration]:
        wanted = tuple(users)
        return await self._database.read(lambda connection: standing_of(connection, wanted))

    async def connected(self, *integrations: Integration) -> None:
        def write(connection: Connection) -> None:
            known = integrations_of(connection, [each.user for each in integrations])
            put_integrations(
                connection, *(each for each in integrations if known[each.user].trouble is not Trouble.OPTED_OUT)
            )

        await self._database.write(write)

    async def worked(self, user: UserId, at: datetime, *, through: Integration | None = None) -> None:
        known = await self.of(user)
        stale = known.checked_at is None or at - known.checked_at >= FRESH
        if known.kind is None or (known.usable and not stale):
            return

        def write(connection: Connection) -> None:
            if _still(connection, user, through):
                _worked(connection, self._queue, user, at)

        await self._database.write(write)

    async def broke(self, user: UserId, trouble: Trouble, at: datetime, *, through: Integration | None = None) -> bool:
        def write(connection: Connection) -> bool:
            return _still(connection, user, through) and _broke(connection, self._queue, user, trouble, at)

        return await self._database.write(write)

    async def domain_refused(self, through: Integration, trouble: Trouble, at: datetime) -> bool:
        return await self._database.write(
            lambda connection: domain_refused(connection, self._queue, through, trouble, at)
        )

    async def domain_worked(self, through: Integration, at: datetime) -> None:
        await self._database.write(lambda connection: domain_worked(connection, self._queue, through, at))


def _still(connection: Connection, user: UserId, through: Integration | None) -> bool:
    """An answer that took long may be of a connection that there is no more."""
    if through is None:
        return True
    known = integrations_of(connection, (user,))[user]
    return (known.kind, known.account) == (through.kind, through.account)


def _worked(connection: Connection, queue: Queue, user: UserId, at: datetime) -> None:
    known = integrations_of(connection, (user,))[user]
    if known.kind is None:
        return
    if not known.usable:
        end_repair(connection, queue, user, at)
    put_integrations(connection, worked(known, at))
    domain_worked(connection, queue, known, at)


def _broke(connection: Connection, queue: Queue, user: UserId, trouble: Trouble, at: datetime) -> bool:
    known = integrations_of(connection, (user,))[user]
    if known.trouble is Trouble.OPTED_OUT:
        return False
    broken = refused(known, trouble, at)
    put_integrations(connection, broken)
    if known.usable:
        begin_repair(connection, queue, broken, at)
    return (broken.health, broken.trouble) != (known.health, known.trouble)


def integrations_of(connection: Connection, users: Collection[UserId]) -> dict[UserId, Integration]:
    """One for each of them."""
    known = {
        row.person: integration_of(row, row.person)
        for some in portions(users)
        for row in connection.execute(_SOME, {"some": some})
    }
    return {user: known.get(user) or _never_connected(user) for user in users}


def integration_of(row: Row[Any], user: UserId, its: Columns = integration.c) -> Integration:
    """A row of `integration`, whatever else is joined to it; of somebody who never connected it is empty. `its`: the
    columns of an alias, if that was asked for."""
    of = row._mapping
    if of[its.person] is None:
        return _never_connected(user)
    return Integration(
        user=user,
        kind=of[its.kind],
        health=of[its.health],
        account=of[its.account],
        trouble=of[its.trouble],
        since=of[its.since],
        checked_at=of[its.checked_at],
    )


def standing_of(connection: Connection, users: Collection[UserId]) -> dict[UserId, Integration]:
    """The same as they stand: with the trouble of a domain that lets nobody in."""
    known, refused_by = integrations_of(connection, users), refused_domains(connection)
    if not refused_by:
        return known
    organisations = {
        row.id: row.organisation
        for some in portions(users)
        for row in connection.execute(select(person.c.id, person.c.organisation).where(person.c.id.in_(some)))
    }
    return {
        user: within(each, refused_by.get((organisations[user], each.kind, domain_of(each.kind, each.account))))
        if each.kind is not None
        else each
        for user, each in known.items()
    }


def _never_connected(user: UserId) -> Integration:
    return Integration(user, None, Health.BROKEN, "", Trouble.NEVER_CONNECTED)


def put_integrations(connection: Connection, *new: Integration) -> None:
    """Stores each whole, replacing what was there. Of what works, or is connected no more, nobody is asked again."""
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
    drop_repairs(connection, [each.user for each in new if each.usable or each.kind is None])
