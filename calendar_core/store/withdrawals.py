"""Consents that connect nobody any more: moved out of the credentials, and kept until their vendor has heard of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from calendar_core.people import UserId
from calendar_core.ports import Credential, Withdrawal

from .database import insert
from .schema import credential, integration, withdrawal
from .vault import SealBroken, Vault


def let_go(connection: Connection, vault: Vault, user: UserId, at: datetime) -> bool:
    """What a person's consent left us is to be withdrawn, unless they are connected by it. False where there is
    nothing of that kind. Raises SealBroken."""
    row = _credential(connection, user)
    connected_by = select(integration.c.kind).where(integration.c.person == user)
    if row is None or connection.execute(connected_by).scalar() is row.kind:
        return False
    _move(connection, vault, row, at)
    return True


def replace_grant(connection: Connection, vault: Vault, user: UserId, by: tuple[object, str], at: datetime) -> bool:
    """The person connects by the account `by`, a kind and the vendor's id of it. A consent for another account is to
    be withdrawn; one for this account no longer is. True if there is something to withdraw. A secret that does not
    open any more can be shown to nobody, so that it is let lie for what replaces it."""
    kind, subject = by
    wanted_again = (withdrawal.c.kind == kind, withdrawal.c.subject == subject)
    connection.execute(delete(withdrawal).where(withdrawal.c.person == user, *wanted_again))
    row = _credential(connection, user)
    if row is None or (row.kind, row.subject) == by:
        return False
    try:
        _move(connection, vault, row, at)
    except SealBroken:
        return False
    return True


def withdrawals_of(connection: Connection, vault: Vault, user: UserId) -> tuple[Withdrawal, ...]:
    """The oldest first. Raises SealBroken."""
    query = select(withdrawal).where(withdrawal.c.person == user).order_by(withdrawal.c.since, withdrawal.c.subject)
    return tuple([_opened(vault, row) for row in connection.execute(query).all()])


def drop_withdrawal(connection: Connection, done: Withdrawal) -> None:
    """As it was then: one that came after it stays."""
    known = done.credential
    same = (withdrawal.c.kind == known.kind, withdrawal.c.subject == known.subject, withdrawal.c.since == done.since)
    connection.execute(delete(withdrawal).where(withdrawal.c.person == known.user, *same))


def _credential(connection: Connection, user: UserId) -> Row[Any] | None:
    return connection.execute(select(credential).where(credential.c.person == user)).one_or_none()


def _move(connection: Connection, vault: Vault, row: Row[Any], at: datetime) -> None:
    """Sealed anew for where it lies then."""
    place = (row.person, row.kind, row.subject)
    secret = vault.open(credential.c.secret, (row.person,), row.secret)
    values = {"account": row.account, "secret": vault.seal(withdrawal.c.secret, place, secret), "since": at}
    new = insert(connection, withdrawal).values(person=row.person, kind=row.kind, subject=row.subject, **values)
    connection.execute(new.on_conflict_do_update(index_elements=["person", "kind", "subject"], set_=values))
    connection.execute(delete(credential).where(credential.c.person == row.person))


def _opened(vault: Vault, row: Row[Any]) -> Withdrawal:
    secret = vault.open(withdrawal.c.secret, (row.person, row.kind, row.subject), row.secret)
    return Withdrawal(Credential(row.person, row.kind, row.account, row.subject, (), secret), row.since)
