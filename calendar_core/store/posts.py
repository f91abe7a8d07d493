"""The outbox of chats, and whom they reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, or_, select, update

from calendar_core.people import Identity, UserId
from calendar_core.ports import Post, PostState, Unreached, Upload
from calendar_core.session import SessionUid

from .database import Database, insert, portions
from .endings import programmes_over
from .matches import MATCH_STANDS
from .schema import identity, match, post, unreached, upload


class SqlPosts:
    """The port `Posts`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, post: Post) -> Post | None:
        return await self._database.write(lambda connection: _begin(connection, post))

    async def again(self, was: Post, at: datetime) -> bool:
        def write(connection: Connection) -> bool:
            still = and_(_is(was.user, was.key), post.c.state == PostState.SENDING, post.c.at == was.at)
            return connection.execute(update(post).where(still).values(at=at)).rowcount == 1

        return await self._database.write(write)

    async def sent(self, user: UserId, key: str, channel: str, ts: str) -> None:
        put = update(post).where(_is(user, key)).values(state=PostState.SENT, channel=channel, ts=ts)
        await self._database.write(lambda connection: connection.execute(put))

    async def unsent(self, user: UserId, key: str) -> None:
        back = update(post).where(_is(user, key), post.c.state == PostState.SENDING).values(state=PostState.UNSENT)
        await self._database.write(lambda connection: connection.execute(back))

    async def of_session(self, session: SessionUid) -> tuple[Post, ...]:
        query = (
            select(post)
            .where(post.c.session == session, post.c.state == PostState.SENT, post.c.ts.is_not(None))
            .order_by(post.c.at, post.c.key)
        )
        return await self._database.read(lambda connection: tuple(map(_post_of, connection.execute(query))))

    async def dropped(self, user: UserId, key: str) -> None:
        nowhere = update(post).where(_is(user, key)).values(channel=None, ts=None)
        await self._database.write(lambda connection: connection.execute(nowhere))

    async def forget(self, before: datetime) -> None:
        await self._database.write(lambda connection: connection.execute(delete(post).where(post.c.at < before)))


class SqlReach:
    """The port `Reach`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def homes(self, users: Iterable[UserId]) -> Mapping[UserId, tuple[Identity, ...]]:
        wanted = set(users)

        def read(connection: Connection) -> Mapping[UserId, tuple[Identity, ...]]:
            found: dict[UserId, list[Identity]] = {}
            for some in portions(wanted):
                query = (
                    select(identity)
                    .where(identity.c.person.in_(some), identity.c.suspended_at.is_(None))
                    .order_by(identity.c.linked_at.desc().nulls_last(), identity.c.issuer, identity.c.subject)
                )
                for row in connection.execute(query):
                    found.setdefault(UserId(row.person), []).append(Identity(row.issuer, row.subject))
            return {user: tuple(accounts) for user, accounts in found.items()}

        return await self._database.read(read)

    async def unreached(self, users: Iterable[UserId]) -> Mapping[UserId, Mapping[str, Unreached]]:
        wanted = set(users)

        def read(connection: Connection) -> Mapping[UserId, Mapping[str, Unreached]]:
            found: dict[UserId, dict[str, Unreached]] = {}
            for some in portions(wanted):
                for row in connection.execute(select(unreached).where(unreached.c.person.in_(some))):
                    found.setdefault(UserId(row.person), {})[row.issuer] = row.why
            return found

        return await self._database.read(read)

    async def failed(self, user: UserId, account: Identity, why: Unreached, at: datetime) -> None:
        said = {"why": why, "at": at}

        def write(connection: Connection) -> None:
            put = insert(connection, unreached).values(person=user, issuer=account.issuer, **said)
            connection.execute(put.on_conflict_do_update(index_elements=["person", "issuer"], set_=said))

        await self._database.write(write)

    async def reached(self, user: UserId, account: Identity) -> None:
        gone = delete(unreached).where(unreached.c.person == user, unreached.c.issuer == account.issuer)
        await self._database.write(lambda connection: connection.execute(gone))


class SqlUploads:
    """The port `Uploads`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, upload: Upload) -> None:
        await self._database.write(lambda connection: _add(connection, upload))

    async def due(self, chat: str, now: datetime, limit: int) -> tuple[Upload, ...]:
        def read(connection: Connection) -> tuple[Upload, ...]:
            no_more = or_(~MATCH_STANDS, match.c.programme.in_(programmes_over(connection, now)))
            query = (
                select(upload)
                .outerjoin(match, match.c.id == upload.c.match)
                .where(
                    upload.c.issuer.startswith(f"{chat}:", autoescape=True),
                    or_(upload.c.ends_at <= now, and_(upload.c.match.is_not(None), no_more)),
                )
                .order_by(upload.c.ends_at, upload.c.issuer, upload.c.file)
                .limit(limit)
            )
            return tuple(map(_upload_of, connection.execute(query)))

        return await self._database.read(read)

    async def removed(self, upload: Upload) -> None:
        await self._database.write(lambda connection: _remove(connection, upload))


def _is(user: UserId, key: str) -> ColumnElement[bool]:
    return and_(post.c.person == user, post.c.key == key)


def _begin(connection: Connection, new: Post) -> Post | None:
    values = {
        "issuer": new.account.issuer,
        "subject": new.account.subject,
        "state": PostState.SENDING,
        "at": new.at,
        "session": new.session,
        "channel": new.channel,
        "ts": new.ts,
    }
    put = insert(connection, post).values(person=new.user, key=new.key, **values)
    if connection.execute(put.on_conflict_do_nothing().returning(post.c.key)).first() is not None:
        return None
    unsent = update(post).where(_is(new.user, new.key), post.c.state == PostState.UNSENT).values(**values)
    if connection.execute(unsent).rowcount == 1:
        return None
    return _post_of(connection.execute(select(post).where(_is(new.user, new.key))).one())


def _add(connection: Connection, new: Upload) -> None:
    values = {"subject": new.account.subject, "person": new.user, "match": new.match, "ends_at": new.ends_at}
    put = insert(connection, upload).values(issuer=new.account.issuer, file=new.file, **values)
    connection.execute(put.on_conflict_do_update(index_elements=["issuer", "file"], set_=values))


def _remove(connection: Connection, gone: Upload) -> None:
    connection.execute(delete(upload).where(upload.c.issuer == gone.account.issuer, upload.c.file == gone.file))


def _post_of(row: Row[Any]) -> Post:
    return Post(
        user=UserId(row.person),
        key=row.key,
        account=Identity(row.issuer, row.subject),
        state=row.state,
        at=row.at,
        session=row.session,
        channel=row.channel,
        ts=row.ts,
    )


def _upload_of(row: Row[Any]) -> Upload:
    return Upload(
        account=Identity(row.issuer, row.subject),
        file=row.file,
        user=UserId(row.person),
        match=row.match,
        ends_at=row.ends_at,
    )
