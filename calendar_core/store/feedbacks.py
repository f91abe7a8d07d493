"""What each of the two said of a session that is over, and who is still to be asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, case, func, select, update

from calendar_core.feedback import UNANSWERED, Feedback, Happened, Missed
from calendar_core.happening import SessionOver
from calendar_core.people import UserId
from calendar_core.ports import Json, Telling
from calendar_core.session import SessionUid

from .database import Database, insert
from .happenings import tell
from .jobs import Queue
from .schema import feedback, person


class SqlFeedbacks:
    """The port `Feedbacks`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def ask(self, session: SessionUid, person: UserId, at: datetime) -> bool:
        def write(connection: Connection) -> bool:
            if not _may_be_asked(connection, person):
                return False
            new = insert(connection, feedback).values(session=session, person=person, asked_at=at)
            if connection.execute(new.on_conflict_do_nothing().returning(feedback.c.person)).first() is None:
                return False
            tell(connection, self._queue, (Telling(person, SessionOver(session), at),))
            return True

        return await self._database.write(write)

    async def of(self, session: SessionUid, person: UserId) -> Feedback | None:
        query = select(feedback).where(feedback.c.session == session, feedback.c.person == person)

        def read(connection: Connection) -> Feedback | None:
            row = connection.execute(query).first()
            if row is None:
                return None
            return Feedback(row.session, row.person, row.asked_at, row.happened, row.missed, row.useful)

        return await self._database.read(read)

    async def say(
        self,
        session: SessionUid,
        person: UserId,
        happened: Happened,
        missed: Missed | None,
        at: datetime,
        *,
        since: datetime,
    ) -> bool:
        said: dict[str, object] = {"happened": happened, "missed": missed, "answered_at": at}
        if happened is Happened.NO:
            still = feedback.c.rated_at < since  # whose month is over
            said |= {each.name: case((still, each)) for each in (feedback.c.useful, feedback.c.rated_at)}
        here = (feedback.c.session == session, feedback.c.person == person)
        statement = update(feedback).where(*here).values(said)
        return await self._database.write(lambda connection: bool(connection.execute(statement).rowcount))

    async def rate(self, session: SessionUid, person: UserId, useful: int, at: datetime, since: datetime) -> bool:
        statement = (
            update(feedback)
            .where(
                feedback.c.session == session,
                feedback.c.person == person,
                feedback.c.happened.in_([Happened.YES, Happened.MOVED]),
                feedback.c.rated_at.is_(None) | (feedback.c.rated_at >= since),
            )
            .values(useful=useful, rated_at=at)
        )
        return await self._database.write(lambda connection: bool(connection.execute(statement).rowcount))


def feedback_given_out(connection: Connection, user: UserId) -> list[Json]:
    """All that a person said, for that person."""
    rows = connection.execute(select(feedback).where(feedback.c.person == user).order_by(feedback.c.asked_at))
    return [
        {
            "asked": row.asked_at.isoformat(),
            "happened": row.happened.value if row.happened else None,
            "why not": row.missed.value if row.missed else None,
            "useful": row.useful,
        }
        for row in rows
    ]


def _may_be_asked(connection: Connection, user: UserId) -> bool:
    """Waits for whoever else asks the same person: of two requests at once the second sees the first."""
    theirs = select(person.c.erased_at).where(person.c.id == user).with_for_update()
    found = connection.execute(theirs).first()
    if found is None or found.erased_at is not None:
        return False
    answered = select(func.max(feedback.c.answered_at)).where(feedback.c.person == user).scalar_subquery()
    open_ones = select(func.count()).where(
        feedback.c.person == user,
        feedback.c.answered_at.is_(None),
        answered.is_(None) | (feedback.c.asked_at > answered),
    )
    return int(connection.execute(open_ones).scalar_one()) < UNANSWERED
