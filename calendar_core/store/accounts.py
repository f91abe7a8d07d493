"""Chat accounts: what their chats say of them, whose they are, and the codes that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, func, or_, select, update

from calendar_core.chat_account import CODE_LASTS, ChatAccount, CodeId, Link, LinkCode, Standing, Suspension, Vouching
from calendar_core.happening import ZoneDiffers
from calendar_core.job import mail_code_job
from calendar_core.people import Identity, OrganisationId, UserId, address_of
from calendar_core.ports import Telling

from .database import Database, insert
from .happenings import tell
from .jobs import Deferral, Queue
from .people import find_user
from .schema import chat_account, identity, link_code, person, workspace


class SqlAccounts:
    """The port `Accounts`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def bindings(self) -> Mapping[str, OrganisationId]:
        query = select(workspace).order_by(workspace.c.issuer)
        return await self._database.read(
            lambda connection: {row.issuer: OrganisationId(row.organisation) for row in connection.execute(query)}
        )

    async def bind(self, issuer: str, organisation: OrganisationId) -> OrganisationId:
        def write(connection: Connection) -> OrganisationId:
            new = insert(connection, workspace).values(issuer=issuer, organisation=organisation)
            connection.execute(new.on_conflict_do_nothing())
            whose = select(workspace.c.organisation).where(workspace.c.issuer == issuer)
            return OrganisationId(connection.execute(whose).scalar_one())

        return await self._database.write(write)

    async def unbind(self, issuer: str, at: datetime) -> int:
        def write(connection: Connection) -> int:
            connection.execute(delete(workspace).where(workspace.c.issuer == issuer))
            return _suspend(connection, identity.c.issuer == issuer, Suspension.UNBOUND, at)

        return await self._database.write(write)

    async def seen(self, account: ChatAccount, at: datetime) -> None:
        await self._database.write(lambda connection: _seen(connection, account, at))

    async def account(self, account: Identity) -> ChatAccount | None:
        query = select(chat_account).where(_is(chat_account, account))
        return await self._database.read(lambda connection: _account_of(connection.execute(query).first()))

    async def link(self, account: Identity) -> Link | None:
        query = select(identity).where(_is(identity, account))

        def read(connection: Connection) -> Link | None:
            row = connection.execute(query).first()
            if row is None:
                return None
            because = row.suspended_because or (Suspension.UNLINKED if row.suspended_at else None)
            return Link(UserId(row.person), because)

        return await self._database.read(read)

    async def confirm(self, account: ChatAccount, user: UserId, at: datetime) -> None:
        await self._database.write(lambda connection: _confirm(connection, account, user, at))

    async def ask_zone(self, user: UserId, zone: str, at: datetime) -> bool:
        def write(connection: Connection) -> bool:
            known = find_user(connection, user, lock=True)
            if known.own.asked_zone == zone:
                return False
            asked = replace(known.own, asked_zone=zone)
            connection.execute(update(person).where(person.c.id == user).values(own=asked))
            tell(connection, self._queue, [Telling(user, ZoneDiffers(user, zone), at)])
            return True

        return await self._database.write(write)

    async def unlink(self, account: Identity, at: datetime) -> None:
        await self._database.write(
            lambda connection: _suspend(connection, _is(identity, account), Suspension.UNLINKED, at)
        )

    async def ask_code(
        self, account: ChatAccount, user: UserId | None, at: datetime, *, since: datetime, limit: int
    ) -> CodeId | None:
        who, address = account.account, address_of(account.address or "")
        of_either = (_is(link_code, who), link_code.c.address == address)

        def write(connection: Connection) -> CodeId | None:
            _alone_with(connection, who, address)
            for each in of_either:
                count = select(func.count()).select_from(link_code).where(each, link_code.c.made_at > since)
                if connection.execute(count).scalar_one() >= limit:
                    return None
            new = insert(connection, link_code).values(
                issuer=who.issuer,
                subject=who.subject,
                address=address,
                person=user,
                tries=0,
                made_at=at,
                used=False,
            )
            code = CodeId(connection.execute(new.returning(link_code.c.id)).scalar_one())
            self._queue.defer_in(connection, Deferral(mail_code_job(code), None))
            return code

        return await self._database.write(write)

    async def code(self, code: CodeId) -> LinkCode | None:
        query = select(link_code).where(link_code.c.id == code)
        return await self._database.read(lambda connection: _code_of(connection.execute(query).first()))

    async def made(self, code: CodeId, hashed: str) -> bool:
        def write(connection: Connection) -> bool:
            row = connection.execute(select(link_code).where(link_code.c.id == code)).first()
            if row is None or row.used or _newest(connection, Identity(row.issuer, row.subject)) != row:
                return False
            connection.execute(update(link_code).where(link_code.c.id == code).values(hash=hashed))
            return True

        return await self._database.write(write)

    async def tried(self, account: Identity, at: datetime, tries: int) -> LinkCode | None:
        def write(connection: Connection) -> LinkCode | None:
            row = _newest(connection, account)
            connection.execute(
                update(link_code).where(link_code.c.id == (row.id if row else None)).values(tries=link_code.c.tries + 1)
            )
            spent = row is None or row.used or row.tries >= tries or at >= row.made_at + CODE_LASTS
            return None if spent else _code_of(row)

        return await self._database.write(write)

    async def spend(self, code: CodeId, account: ChatAccount, at: datetime) -> UserId | None:
        unused = update(link_code).where(link_code.c.id == code, link_code.c.used.is_(False))

        def write(connection: Connection) -> UserId | None:
            user = connection.execute(unused.values(used=True).returning(link_code.c.person)).scalar()
            if user is None:
                return None
            _confirm(connection, account, UserId(user), at)
            return UserId(user)

        return await self._database.write(write)

    async def forget_codes(self, before: datetime) -> None:
        gone = delete(link_code).where(link_code.c.made_at < before)
        await self._database.write(lambda connection: connection.execute(gone))


def _is(table: Table, account: Identity) -> ColumnElement[bool]:
    return and_(table.c.issuer == account.issuer, table.c.subject == account.subject)


def _seen(connection: Connection, account: ChatAccount, at: datetime) -> None:
    said = {
        "address": address_of(account.address) if account.address else None,
        "standing": account.standing,
        "time_zone": account.time_zone,
        "language": account.language,
        "seen_at": at,
    }
    who = account.account
    put = insert(connection, chat_account).values(issuer=who.issuer, subject=who.subject, **said)
    connection.execute(put.on_conflict_do_update(index_elements=["issuer", "subject"], set_=said))
    if account.standing is not Standing.MEMBER:
        _suspend(connection, _is(identity, who), Suspension.DEACTIVATED, at)
    elif account.vouching is Vouching.PROFILE:
        other = identity.c.address.is_distinct_from(said["address"])
        changed = and_(_is(identity, who), identity.c.address.is_not(None), other)
        _suspend(connection, changed, Suspension.ADDRESS_CHANGED, at)


def _suspend(connection: Connection, which: ColumnElement[bool], because: Suspension, at: datetime) -> int:
    """Those that are suspended already keep their reason."""
    standing = update(identity).where(which, identity.c.suspended_at.is_(None))
    return connection.execute(standing.values(suspended_at=at, suspended_because=because)).rowcount


def _confirm(connection: Connection, account: ChatAccount, user: UserId, at: datetime) -> None:
    who, address = account.account, address_of(account.address) if account.address else None
    row = {"person": user, "suspended_at": None, "suspended_because": None, "address": address, "linked_at": at}
    put = insert(connection, identity).values(issuer=who.issuer, subject=who.subject, **row)
    connection.execute(put.on_conflict_do_update(index_elements=["issuer", "subject"], set_=row))


def _newest(connection: Connection, account: Identity) -> Row[Any] | None:
    """Locked until the end of the transaction: of many tries at once each is counted."""
    newest = select(link_code).where(_is(link_code, account)).order_by(link_code.c.id.desc()).limit(1)
    return connection.execute(newest.with_for_update()).first()


def _alone_with(connection: Connection, account: Identity, address: str) -> None:
    """Nobody else asks for a code for that account or that address until the end of the transaction."""
    either = or_(_is(chat_account, account), chat_account.c.address == address)
    its_own = select(chat_account.c.subject).where(either).order_by(chat_account.c.issuer, chat_account.c.subject)
    connection.execute(its_own.with_for_update()).all()


def _account_of(row: Row[Any] | None) -> ChatAccount | None:
    if row is None:
        return None
    return ChatAccount(
        account=Identity(row.issuer, row.subject),
        standing=row.standing,
        address=row.address,
        time_zone=row.time_zone,
        language=row.language,
    )


def _code_of(row: Row[Any] | None) -> LinkCode | None:
    if row is None:
        return None
    return LinkCode(
        id=CodeId(row.id),
        account=Identity(row.issuer, row.subject),
        address=row.address,
        person=row.person,
        hash=row.hash,
        made_at=row.made_at,
    )
