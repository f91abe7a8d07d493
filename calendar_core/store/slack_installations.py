"""Where Slack's app is installed: tokens sealed, one row a place, renewed by one at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, or_, select, update
from sqlalchemy import insert as plain_insert

from calendar_core.ports import StoredInstallation

from .database import Database, insert
from .slack_tables import slack_installation, slack_installing
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

    async def put(self, installation: StoredInstallation) -> None:
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

        def work(connection: Connection) -> None:
            new = insert(connection, table).values(place=installation.place, **fresh)
            connection.execute(new.on_conflict_do_update(index_elements=["place"], set_=fresh))

        await self._database.write(work)

    async def remove(self, place: str, *, org_wide: bool, before: datetime | None = None) -> bool:
        gone = delete(table).where(table.c.place == place, table.c.org_wide.is_(org_wide))
        if before is not None:
            gone = gone.where(table.c.installed_at <= before)
        return await self._database.write(lambda connection: connection.execute(gone).rowcount == 1)

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

    async def renewed(self, place: str, holder: str, token: str, refresh: str, ends_at: datetime) -> bool:
        values = {
            "token": self._vault.seal(table.c.token, (place,), token),
            "refresh": self._vault.seal(table.c.refresh, (place,), refresh),
            "ends_at": ends_at,
        }
        return await self._give_back(place, holder, values)

    async def release(self, place: str, holder: str) -> None:
        await self._give_back(place, holder, {})

    async def ask(self, state: str, browser: str, now: datetime, ends_at: datetime) -> None:
        def work(connection: Connection) -> None:
            connection.execute(delete(slack_installing).where(slack_installing.c.ends_at <= now))
            asked = plain_insert(slack_installing).values(state=state, browser=browser, ends_at=ends_at)
            connection.execute(asked)

        await self._database.write(work)

    async def spend(self, state: str, browser: str, now: datetime) -> bool:
        spent = delete(slack_installing).where(
            slack_installing.c.state == state, slack_installing.c.browser == browser, slack_installing.c.ends_at > now
        )
        return await self._database.write(lambda connection: connection.execute(spent).rowcount == 1)

    async def _give_back(self, place: str, holder: str, values: dict[str, Any]) -> bool:
        """Only by whoever still has it: one who was slower than the lease stores nothing."""
        held = and_(table.c.place == place, table.c.holder == holder)
        change = update(table).where(held).values(**NOBODY, **values)
        return await self._database.write(lambda connection: connection.execute(change).rowcount == 1)

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
