"""Invitations that go by mail, and how far each of their people was told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, false, or_, select, update
from sqlalchemy import insert as plain_insert

from calendar_core.event import Person
from calendar_core.interval import Interval, epoch_minute
from calendar_core.invitation import Copy, Invitation
from calendar_core.job import MAIL, mail_job
from calendar_core.people import UserId
from calendar_core.ports import Telling

from .database import Database, insert
from .happenings import tell as tell_in
from .jobs import Deferral, Queue
from .schema import invitation
from .schema import invitation_copy as copy


class SqlInvitations:
    """The port `Invitations`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def invite(self, new: Invitation) -> Invitation:
        return await self._database.write(lambda connection: invite_in(connection, self._queue, new))

    async def of(self, key: str) -> Invitation | None:
        return await self._database.read(lambda connection: _find(connection, invitation.c.key == key))

    async def with_uid(self, uid: str) -> Invitation | None:
        return await self._database.read(lambda connection: _find(connection, invitation.c.uid == uid))

    async def change(self, was: Invitation, now: Invitation) -> bool:
        def write(connection: Connection) -> bool:
            unchanged = (invitation.c.key == was.key, invitation.c.edition == was.edition)
            changed = update(invitation).where(*unchanged).values(_columns_of(now))
            if not connection.execute(changed).rowcount:
                return False
            for before, after in zip(was.copies, now.copies, strict=True):
                if before.answer is not after.answer:
                    connection.execute(_of(was.key, after.user).values(answer=after.answer))
            if now.edition != was.edition:
                self._queue.defer_in(connection, _mailing(now.key))
            return True

        return await self._database.write(write)

    async def begin(self, key: str, user: UserId, message_id: str) -> None:
        begun = _of(key, user).where(copy.c.first.is_(None)).values(first=message_id)
        await self._database.write(lambda connection: connection.execute(begun).rowcount)

    async def not_taken(self, key: str, user: UserId) -> None:
        undone = _of(key, user).where(copy.c.sent.is_(None)).values(first=None)
        await self._database.write(lambda connection: connection.execute(undone).rowcount)

    async def sent(self, key: str, user: UserId, edition: int) -> None:
        newer = or_(copy.c.sent.is_(None), copy.c.sent < edition)
        sent = _of(key, user).where(newer).values(sent=edition)
        await self._database.write(lambda connection: connection.execute(sent).rowcount)

    async def refused(self, key: str, user: UserId, edition: int, *, tell: Iterable[Telling] = ()) -> None:
        whom = tuple(tell)
        newer = or_(copy.c.refused.is_(None), copy.c.refused < edition)

        def write(connection: Connection) -> None:
            if connection.execute(_of(key, user).where(newer).values(refused=edition)).rowcount:
                connection.execute(_of(key, user).where(copy.c.sent.is_(None)).values(first=None))
                tell_in(connection, self._queue, whom)

        await self._database.write(write)

    async def unsent(self, now: datetime) -> tuple[str, ...]:
        lacking = (
            select(invitation.c.key)
            .distinct()
            .join(copy, copy.c.invitation == invitation.c.key)
            .where(invitation.c.end_minute > epoch_minute(now), _lacks())
            .order_by(invitation.c.key)
        )

        def read(connection: Connection) -> tuple[str, ...]:
            seen_to = self._queue.waiting(connection, MAIL)
            return tuple(key for key in connection.execute(lacking).scalars() if (key,) not in seen_to)

        return await self._database.read(read)


def invite_in(connection: Connection, queue: Queue, new: Invitation) -> Invitation:
    """As part of another decision."""
    added = insert(connection, invitation).values(_columns_of(new)).on_conflict_do_nothing().returning(invitation.c.key)
    if connection.execute(added).first() is None:
        there = _find(connection, invitation.c.key == new.key)
        if there is None:
            raise KeyError(new.uid)  # another key has that uid
        return there
    rows = [
        {"invitation": new.key, "person": each.user, "number": number, "answer": each.answer}
        for number, each in enumerate(new.copies)
    ]
    connection.execute(plain_insert(copy), rows)
    queue.defer_in(connection, _mailing(new.key))
    return new


def _mailing(key: str) -> Deferral:
    return Deferral(mail_job(key), lock=key)


def _of(key: str, user: UserId) -> Any:
    """An update of one person's copy; its type is SQLAlchemy's affair."""
    return update(copy).where(copy.c.invitation == key, copy.c.person == user)


def _lacks() -> ColumnElement[bool]:
    """The same as Invitation.missing, in SQL."""
    refused = and_(copy.c.refused.is_not(None), copy.c.refused == invitation.c.edition)
    never = and_(copy.c.first.is_(None), invitation.c.cancelled == false())
    older = and_(copy.c.first.is_not(None), or_(copy.c.sent.is_(None), copy.c.sent < invitation.c.edition))
    return and_(~refused, or_(never, older))


def _find(connection: Connection, which: ColumnElement[bool]) -> Invitation | None:
    row = connection.execute(select(invitation).where(which)).first()
    if row is None:
        return None
    of_it = select(copy).where(copy.c.invitation == row.key).order_by(copy.c.number)
    return _invitation_of(row, connection.execute(of_it).all())


def _invitation_of(row: Row[Any], copies: Sequence[Row[Any]]) -> Invitation:
    return Invitation(
        key=row.key,
        uid=row.uid,
        mailbox=Person(row.mailbox, row.mailbox_name),
        title=row.title,
        when=Interval(row.start_minute, row.end_minute),
        zone=row.zone,
        changed_at=row.changed_at,
        copies=tuple(Copy(each.person, each.answer, each.first, each.sent, each.refused) for each in copies),
        sequence=row.sequence,
        edition=row.edition,
        cancelled=row.cancelled,
        link=row.link,
        behind=row.behind,
        private=row.private,
        about=row.about,
    )


def _columns_of(each: Invitation) -> dict[str, object]:
    """What `invitation` stores."""
    return {
        "key": each.key,
        "uid": each.uid,
        "mailbox": each.mailbox.email,
        "mailbox_name": each.mailbox.name,
        "title": each.title,
        "start_minute": each.when.start_minute,
        "end_minute": each.when.end_minute,
        "zone": each.zone,
        "changed_at": each.changed_at,
        "sequence": each.sequence,
        "edition": each.edition,
        "cancelled": each.cancelled,
        "link": each.link,
        "behind": each.behind,
        "private": each.private,
        "about": each.about,
    }
