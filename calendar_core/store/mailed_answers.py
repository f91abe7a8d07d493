"""Answers that came by mail: each letter once, whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, or_, select, update

from calendar_core.invitation import Invitation
from calendar_core.job import READ_LETTERS, Job
from calendar_core.people import UserId
from calendar_core.ports import LetterNumber, Read, Taken, Telling

from .database import Database, insert
from .happenings import tell as tell_in
from .jobs import Deferral, Queue
from .schema import invitation_copy, letter_read, letterbox, mailed_reply
from .sessions import keep


class Overtaken(Exception):
    """Somebody else changed the session: everything is undone."""


class SqlMailedAnswers:
    """The port `MailedAnswers`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def reached(self, mailbox: str) -> LetterNumber | None:
        query = select(letterbox.c.validity, letterbox.c.uid).where(letterbox.c.mailbox == mailbox)

        def read(connection: Connection) -> LetterNumber | None:
            row = connection.execute(query).first()
            return LetterNumber(row.validity, row.uid) if row else None

        return await self._database.read(read)

    async def was_read(self, key: str) -> bool:
        query = select(letter_read.c.key).where(letter_read.c.key == key)
        return await self._database.read(lambda connection: connection.execute(query).first() is not None)

    async def newest(self, invitation: Invitation, user: UserId) -> datetime | None:
        of_one = (mailed_reply.c.invitation == invitation.key, mailed_reply.c.person == user)
        query = select(mailed_reply.c.stamp).where(*of_one)
        return await self._database.read(lambda connection: connection.execute(query).scalar())

    async def done(self, read: Read, taken: Taken | None = None, *, tell: Iterable[Telling] = ()) -> bool:
        whom = tuple(tell)

        def write(connection: Connection) -> None:
            _reached(connection, read.mailbox, read.number)
            new = insert(connection, letter_read).values(key=read.key, at=read.at, unfit=read.unfit)
            if connection.execute(new.on_conflict_do_nothing().returning(letter_read.c.key)).first() is None:
                return
            if taken is not None and _keep(connection, taken, read.at):
                tell_in(connection, self._queue, whom)

        try:
            await self._database.write(write)
        except Overtaken:
            return False
        return True

    async def put_off(self, mailbox: str, number: LetterNumber, at: datetime) -> None:
        again = Deferral(Job(READ_LETTERS, (str(number.validity), str(number.uid))), at)

        def write(connection: Connection) -> None:
            _reached(connection, mailbox, number)
            self._queue.defer_in(connection, again)

        await self._database.write(write)

    async def forget(self, before: datetime) -> None:
        old = delete(letter_read).where(letter_read.c.at < before)
        await self._database.write(lambda connection: connection.execute(old).rowcount)


def _reached(connection: Connection, mailbox: str, number: LetterNumber) -> None:
    """Never backwards, unless the mailbox was numbered anew."""
    now = {"validity": number.validity, "uid": number.uid}
    connection.execute(
        insert(connection, letterbox)
        .values(mailbox=mailbox, **now)
        .on_conflict_do_update(
            index_elements=["mailbox"],
            set_=now,
            where=or_(letterbox.c.validity != number.validity, letterbox.c.uid < number.uid),
        )
    )


def _keep(connection: Connection, taken: Taken, at: datetime) -> bool:
    """False, and nothing is kept, if a newer answer was taken while this letter was looked into."""
    now = {"answer": taken.answer, "sequence": taken.sequence, "stamp": taken.stamp, "at": at}
    put = insert(connection, mailed_reply).values(invitation=taken.invitation.key, person=taken.user, **now)
    newer = put.on_conflict_do_update(
        index_elements=["invitation", "person"], set_=now, where=mailed_reply.c.stamp < taken.stamp
    )
    if connection.execute(newer.returning(mailed_reply.c.stamp)).first() is None:
        return False
    if taken.answer is not None:
        copy = invitation_copy.c
        own = update(invitation_copy).where(copy.invitation == taken.invitation.key, copy.person == taken.user)
        connection.execute(own.values(answer=taken.answer))
    if taken.session is not None and keep(connection, taken.session) is None:
        raise Overtaken
    return True
