"""What people's own consents left us: sealed, and renewed by one at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select, update

from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import UserId
from calendar_core.ports import Access, Credential, Granted, Withdrawal

from .database import Database, insert
from .schema import credential, withdrawal
from .vault import SealBroken, Vault
from .withdrawals import drop_withdrawal, let_go, withdrawals_of

NOBODY: dict[str, None] = {"holder": None, "lease_until": None}


class SqlCredentials:
    """The port `Credentials`."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def of(self, user: UserId) -> Credential | None:
        row = await self._database.read(lambda connection: _row(connection, user))
        return None if row is None else self._opened(row)

    async def held(self, kind: IntegrationKind, subject: str) -> tuple[UserId, ...]:
        wanted = select(credential.c.person).where(credential.c.kind == kind, credential.c.subject == subject)
        wanted = wanted.order_by(credential.c.person)
        return await self._database.read(lambda connection: tuple(connection.execute(wanted).scalars()))

    async def put(self, user: UserId, granted: Granted) -> None:
        await self._database.write(lambda connection: keep_credential(connection, self._vault, user, granted))

    async def remove(self, user: UserId) -> None:
        gone = delete(credential).where(credential.c.person == user)
        await self._database.write(lambda connection: connection.execute(gone))

    async def let_go(self, user: UserId, at: datetime) -> None:
        await self._database.write(lambda connection: let_go(connection, self._vault, user, at))

    async def withdrawals(self, user: UserId) -> tuple[Withdrawal, ...]:
        return await self._database.read(lambda connection: withdrawals_of(connection, self._vault, user))

    async def withdrawn(self, done: Withdrawal) -> None:
        await self._database.write(lambda connection: drop_withdrawal(connection, done))

    async def forget(self, before: datetime) -> None:
        past = delete(withdrawal).where(withdrawal.c.since < before)
        await self._database.write(lambda connection: connection.execute(past))

    async def lease(self, user: UserId, holder: str, now: datetime, until: datetime) -> Credential | None:
        free = or_(credential.c.holder.is_(None), credential.c.lease_until <= now)
        taken = update(credential).where(credential.c.person == user, free)
        taken = taken.values(holder=holder, lease_until=until)

        def work(connection: Connection) -> Row[Any] | None:
            return _row(connection, user) if connection.execute(taken).rowcount else None

        row = await self._database.write(work)
        try:
            return None if row is None else self._opened(row)
        except SealBroken:
            await self.release(user, holder)
            raise

    async def renewed(self, spent: Credential, holder: str, secret: str, access: Access) -> bool:
        user = spent.user
        values: dict[str, Any] = {
            **NOBODY,
            "secret": self._vault.seal(credential.c.secret, (user,), secret),
            "access": self._vault.seal(credential.c.access, (user,), access.token),
            "access_ends": access.expires_at,
            "refused": None,
            "refused_at": None,
            "revision": credential.c.revision + 1,
        }

        def work(connection: Connection) -> bool:
            own = update(credential).where(_held_by(user, holder))
            if connection.execute(own.values(values)).rowcount:
                return True
            row = _row(connection, user, locked=True)
            if row is None or not self._holds(row, spent.secret):
                return False
            connection.execute(update(credential).where(credential.c.person == user).values(values))
            return True

        return await self._database.write(work)

    async def refused(self, user: UserId, holder: str, trouble: Trouble, at: datetime) -> bool:
        values = {"refused": trouble, "refused_at": at, "revision": credential.c.revision + 1}
        return await self._give_back(user, holder, values)

    async def release(self, user: UserId, holder: str) -> None:
        await self._give_back(user, holder, {})

    async def _give_back(self, user: UserId, holder: str, values: dict[str, Any]) -> bool:
        """Only by whoever still has it."""
        change = update(credential).where(_held_by(user, holder)).values(**NOBODY, **values)
        return await self._database.write(lambda connection: connection.execute(change).rowcount == 1)

    def _holds(self, row: Row[Any], secret: str) -> bool:
        try:
            return self._vault.open(credential.c.secret, (row.person,), row.secret) == secret
        except SealBroken:
            return False

    def _opened(self, row: Row[Any]) -> Credential:
        access = None
        if row.access is not None:
            access = Access(self._vault.open(credential.c.access, (row.person,), row.access), row.access_ends)
        return Credential(
            user=row.person,
            kind=row.kind,
            account=row.account,
            subject=row.subject,
            scopes=row.scopes,
            secret=self._vault.open(credential.c.secret, (row.person,), row.secret),
            access=access,
            refused=row.refused,
            refused_at=row.refused_at,
            revision=row.revision,
        )


def _row(connection: Connection, user: UserId, *, locked: bool = False) -> Row[Any] | None:
    """`locked`: nobody else changes it before the transaction ends."""
    wanted = select(credential).where(credential.c.person == user)
    return connection.execute(wanted.with_for_update() if locked else wanted).one_or_none()


def keep_credential(connection: Connection, vault: Vault, user: UserId, granted: Granted) -> None:
    """Stores it, replacing what was there, as part of a decision. Raises SealBroken where there is no key."""
    fresh = {
        "kind": granted.kind,
        "account": granted.account,
        "subject": granted.subject,
        "scopes": granted.scopes,
        "secret": vault.seal(credential.c.secret, (user,), granted.secret),
        "access": vault.seal(credential.c.access, (user,), granted.access.token) if granted.access else None,
        "access_ends": granted.access.expires_at if granted.access else None,
        "refused": None,
        "refused_at": None,
        **NOBODY,
    }
    new = insert(connection, credential).values(person=user, revision=0, **fresh)
    changed = {**fresh, "revision": credential.c.revision + 1}
    connection.execute(new.on_conflict_do_update(index_elements=["person"], set_=changed))


def _held_by(user: UserId, holder: str) -> ColumnElement[bool]:
    return (credential.c.person == user) & (credential.c.holder == holder)
