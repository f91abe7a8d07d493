"""Times taken from people by sessions: where a session is, and while it moves also where it is going."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, insert, or_, select
from sqlalchemy.exc import IntegrityError

from calendar_core.interval import Interval
from calendar_core.people import UserId
from calendar_core.session import Session

from .schema import person, slot_hold

EXCLUSION = "slot_hold_no_overlap"  # PostgreSQL's constraint; SQLite's one writer asks `any_overlap` instead


def wait_for(connection: Connection, users: Collection[UserId]) -> None:
    """Nobody else takes time from them until the transaction ends, and everybody waits in order of user id.

    Two transactions that insert overlapping rows at once each find the other's and wait for it: PostgreSQL calls that a
    deadlock and ends one of them after a second, however the rows are ordered. SQLite has one writer, and no such lock.
    """
    rows = select(person.c.id).where(person.c.id.in_(users)).order_by(person.c.id)
    connection.execute(rows.with_for_update(key_share=True)).all()


def take(connection: Connection, session: Session) -> None:
    """A row for each of the two, in order of user id. PostgreSQL refuses overlaps: see `is_overlap`."""
    for user in sorted(session.people):
        row = insert(slot_hold).values(session=session.uid, person=user)
        connection.execute(row.values(start_minute=session.when.start_minute, end_minute=session.when.end_minute))


def is_overlap(error: IntegrityError) -> bool:
    """The exclusion constraint said no, and nothing else did."""
    diagnosis = getattr(error.orig, "diag", None)
    return getattr(diagnosis, "constraint_name", None) == EXCLUSION


def any_overlap(connection: Connection, users: Collection[UserId], when: Interval) -> bool:
    """Somebody's time is held already."""
    touches = _touches(when.start_minute, when.end_minute)
    query = select(slot_hold.c.session).where(slot_hold.c.person.in_(users), touches).limit(1)
    return connection.execute(query).first() is not None


def of(connection: Connection, users: Collection[UserId], window: Interval) -> dict[UserId, tuple[Interval, ...]]:
    """Each one's held times that touch the window, in order."""
    held: dict[UserId, list[Interval]] = {user: [] for user in users}
    told = {"some": [*users], "start": window.start_minute, "end": window.end_minute}
    for row in connection.execute(_HELD, told):
        times = [Interval(row.start_minute, row.end_minute)]
        if row.next_start_minute is not None:
            times.append(Interval(row.next_start_minute, row.next_end_minute))
        held[row.person] += [each for each in times if each.overlaps(window)]
    return {user: tuple(sorted(times)) for user, times in held.items()}


def _touches(start: int | BindParameter[int], end: int | BindParameter[int]) -> ColumnElement[bool]:
    """Half-open, as Interval.overlaps. A move that is not there compares as NULL, which is not true."""
    return or_(
        and_(slot_hold.c.start_minute < end, slot_hold.c.end_minute > start),
        and_(slot_hold.c.next_start_minute < end, slot_hold.c.next_end_minute > start),
    )


_HELD = select(slot_hold).where(  # made once: making it takes longer than running it
    slot_hold.c.person.in_(bindparam("some", expanding=True)), _touches(bindparam("start"), bindparam("end"))
)
