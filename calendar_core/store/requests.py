"""Requests between two people: one open at a time for each pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.exc import IntegrityError

from calendar_core.errors import OpenRequestExists
from calendar_core.happening import RequestMade
from calendar_core.invitation import Invitation
from calendar_core.people import UserId
from calendar_core.ports import Telling
from calendar_core.request import Request, RequestId, RequestState

from .database import Database, insert
from .happenings import tell as tell_in
from .invitations import invite_in
from .jobs import Queue
from .people import find_user
from .schema import person, refused_asker, request


class SqlRequests:
    """The port `Requests`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def make(self, new: Request, tell: UserId | None) -> Request:
        return await self._database.write(lambda connection: self._made(connection, new, tell))

    async def make_unmatched(self, new: Request, tell: UserId | None, *, since: datetime, limit: int) -> bool:
        def write(connection: Connection) -> bool:
            # One at a time for each asker: requests sent all at once are counted one after the other.
            connection.execute(select(person.c.id).where(person.c.id == new.asker).with_for_update(key_share=True))
            own = (request.c.asker == new.asker, request.c.match.is_(None), request.c.made_at >= since)
            if connection.execute(select(func.count()).where(*own)).scalar_one() >= limit:
                return False
            self._made(connection, new, tell)
            return True

        return await self._database.write(write)

    def _made(self, connection: Connection, new: Request, tell: UserId | None) -> Request:
        stored = replace(new, id=_make(connection, new))
        if tell is not None:
            tell_in(connection, self._queue, [Telling(tell, RequestMade(stored.id), new.made_at)])
        return stored

    async def request(self, number: RequestId) -> Request | None:
        def read(connection: Connection) -> Request | None:
            row = connection.execute(select(request).where(request.c.id == number)).first()
            return _request_of(row) if row else None

        return await self._database.read(read)

    async def change(
        self, was: Request, now: Request, *, tell: Iterable[Telling] = (), invite: Invitation | None = None
    ) -> bool:
        whom = tuple(tell)

        def write(connection: Connection) -> bool:
            row = connection.execute(select(request).where(request.c.id == was.id).with_for_update()).first()
            if row is None or _request_of(row) != was:
                return False
            connection.execute(update(request).where(request.c.id == was.id).values(_columns_of(now)))
            if invite is not None:
                invite_in(connection, self._queue, invite)
            tell_in(connection, self._queue, whom)
            return True

        return await self._database.write(write)

    async def refuse_from(self, by: UserId, asker: UserId) -> None:
        def write(connection: Connection) -> None:
            refused = insert(connection, refused_asker).values(person=by, asker=asker)
            connection.execute(refused.on_conflict_do_nothing())

        await self._database.write(write)

    async def refuses(self, by: UserId, asker: UserId) -> bool:
        query = select(refused_asker).where(refused_asker.c.person == by, refused_asker.c.asker == asker)
        return await self._database.read(lambda connection: connection.execute(query).first() is not None)


def _make(connection: Connection, new: Request) -> RequestId:
    pair = _pair(new)
    if pair is None:
        return _add(connection, new)
    open_now = and_(request.c.low == pair[0], request.c.high == pair[1], request.c.state == RequestState.OPEN)
    older_own = update(request).where(open_now, request.c.asker == new.asker)
    connection.execute(older_own.values(state=RequestState.REPLACED))
    try:
        with connection.begin_nested():
            return _add(connection, new)
    except IntegrityError:
        if connection.execute(select(request.c.id).where(open_now)).first() is None:
            raise
    (other,) = {*pair} - {new.asker}
    raise OpenRequestExists(find_user(connection, other).name)


def _add(connection: Connection, new: Request) -> RequestId:
    added = plain_insert(request).values(_columns_of(new)).returning(request.c.id)
    return RequestId(connection.execute(added).scalar_one())


def _pair(each: Request) -> tuple[UserId, UserId] | None:
    """Whose one open request it is. None between strangers: there a refusal would tell that the other exists."""
    if each.match is None or each.chooser is None:
        return None
    return min(each.proposer, each.chooser), max(each.proposer, each.chooser)


def _request_of(row: Row[Any]) -> Request:
    return Request(
        id=row.id,
        programme=row.programme,
        match=row.match,
        asker=row.asker,
        proposer=row.proposer,
        chooser=row.chooser,
        minutes=row.minutes,
        times=row.times,
        basis=row.basis,
        state=row.state,
        made_at=row.made_at,
        chosen=row.chosen,
        topic=row.topic,
    )


def _columns_of(each: Request) -> dict[str, object]:
    """What `request` stores, but for the id."""
    low, high = _pair(each) or (None, None)
    return {
        "programme": each.programme,
        "match": each.match,
        "asker": each.asker,
        "proposer": each.proposer,
        "chooser": each.chooser,
        "low": low,
        "high": high,
        "minutes": each.minutes,
        "times": each.times,
        "basis": each.basis,
        "state": each.state,
        "made_at": each.made_at,
        "chosen": each.chosen,
        "topic": each.topic,
    }
