"""Where Slack's app is installed: tokens sealed, one row a place, renewed by one at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, or_, select, update

from calendar_core.ports import StoredInstallation

from .database import Database, insert
from .schema import chat_account, link_code, slack_installation, slack_state
from .vault import SealBroken, Vault

table = slack_installation
NOBODY: dict[str, None] = {"holder": None, "lease_until": None}


class SqlSlackInstallations:
    """The port `SlackInstallations`."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def of(self, team: str | None, enterprise: str | None) -> StoredInstallation | None:
        wanted = select(table).where(
            or_(
                and_(table.c.place == team, table.c.org_wide.is_(False)),
                and_(table.c.place == enterprise, table.c.org_wide.is_(True)),
            )
        )
        row = await self._database.read(
            lambda connection: connection.execute(wanted.order_by(table.c.org_wide)).first()
        )
        return None if row is None else self._opened(row)

    async def at(self, place: str) -> StoredInstallation | None:
        wanted = select(table).where(table.c.place == place)
        row = await self._database.read(lambda connection: connection.execute(wanted).first())
        return None if row is None else self._opened(row)

    async def places(self) -> tuple[str, ...]:
        query = select(table.c.place).order_by(table.c.place)
        return await self._database.read(lambda connection: tuple(connection.execute(query).scalars()))

    async def put(self, installation: StoredInstallation) -> None:
        put = self._putting(installation)
        await self._database.write(put)

    async def install(self, installation: StoredInstallation, state: str, ends_at: datetime, now: datetime) -> bool:
        put = self._putting(installation)

        def work(connection: Connection) -> bool:
            connection.execute(delete(slack_state).where(slack_state.c.ends_at <= now))
            spent = insert(connection, slack_state).values(state=state, ends_at=ends_at).on_conflict_do_nothing()
            if connection.execute(spent.returning(slack_state.c.state)).first() is None:
                return False
            put(connection)
            return True

        return await self._database.write(work)

    def _putting(self, installation: StoredInstallation) -> Callable[[Connection], None]:
        place = (installation.place,)
        fresh = {
            "enterprise": installation.enterprise,
            "org_wide": installation.org_wide,
            "app": installation.app,
            "bot_user": installation.bot_user,
            "token": self._vault.seal(table.c.token, place, installation.token),
            "scopes": installation.scopes,
            "refresh": self._vault.seal(table.c.refresh, place, installation.refresh) if installation.refresh else None,
            "ends_at": installation.ends_at,
            "installed_by": installation.installed_by,
            "installed_at": installation.installed_at,
            **NOBODY,
        }

        def put(connection: Connection) -> None:
            new = insert(connection, table).values(place=installation.place, **fresh)
            connection.execute(new.on_conflict_do_update(index_elements=["place"], set_=fresh))

        return put

    async def remove(self, place: str, before: datetime) -> bool:
        gone = delete(table).where(table.c.place == place, table.c.installed_at <= before)

        def work(connection: Connection) -> bool:
            if not connection.execute(gone).rowcount:
                return False
            _forget_people(connection, place)
            return True

        return await self._database.write(work)

    async def forget_people(self, place: str) -> None:
        await self._database.write(lambda connection: _forget_people(connection, place))

    async def lease(self, place: str, holder: str, now: datetime, until: datetime) -> StoredInstallation | None:
        free = or_(table.c.holder.is_(None), table.c.lease_until <= now)
        taken = update(table).where(table.c.place == place, free).values(holder=holder, lease_until=until)

        def work(connection: Connection) -> Row[Any] | None:
            if not connection.execute(taken).rowcount:
                return None
            return connection.execute(select(table).where(table.c.place == place)).one()

        row = await self._database.write(work)
        try:
            return None if row is None else self._opened(row)
        except SealBroken:
            await self.release(place, holder)
            raise

    async def renewed(self, place: str, spent: str, token: str, refresh: str, ends_at: datetime) -> bool:
        there = select(table.c.refresh).where(table.c.place == place).with_for_update()
        values = {
            "token": self._vault.seal(table.c.token, (place,), token),
            "refresh": self._vault.seal(table.c.refresh, (place,), refresh),
            "ends_at": ends_at,
        }

        def work(connection: Connection) -> bool:
            sealed = connection.execute(there).scalar()
            if sealed is None or self._vault.open(table.c.refresh, (place,), sealed) != spent:
                return False
            connection.execute(update(table).where(table.c.place == place).values(**NOBODY, **values))
            return True

        return await self._database.write(work)

    async def release(self, place: str, holder: str) -> None:
        held = and_(table.c.place == place, table.c.holder == holder)
        await self._database.write(lambda connection: connection.execute(update(table).where(held).values(**NOBODY)))

    def _opened(self, row: Row[Any]) -> StoredInstallation:
        place = (row.place,)
        return StoredInstallation(
            place=row.place,
            enterprise=row.enterprise,
            org_wide=row.org_wide,
            app=row.app,
            bot_user=row.bot_user,
            token=self._vault.open(table.c.token, place, row.token),
            scopes=row.scopes,
            refresh=None if row.refresh is None else self._vault.open(table.c.refresh, place, row.refresh),
            ends_at=row.ends_at,
            installed_by=row.installed_by,
            installed_at=row.installed_at,
        )


def _forget_people(connection: Connection, place: str) -> None:
    for each in (chat_account, link_code):
        connection.execute(delete(each).where(each.c.issuer == f"slack:{place}"))
