"""People's ways through a vendor's consent, with what each next step needs sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select, update
from sqlalchemy import insert as plain_insert

from calendar_core.integration import Health, Integration, Suite, Trouble
from calendar_core.job import revoke_job, welcome_job
from calendar_core.people import Identity, UserId
from calendar_core.ports import Granted, OwnHours, Telling
from calendar_core.sign_in import Extra, Failure, SignIn, SignInKey, SignInState

from .credentials import keep_credential
from .database import Database
from .happenings import tell as tell_in
from .integrations import integrations_of, put_integrations
from .jobs import Deferral, Queue
from .people import columns_of, find_user
from .schema import person, sign_in
from .vault import Vault
from .withdrawals import replace_grant

UNDER_WAY = tuple(state for state in SignInState if not state.is_end)


def end_sign_ins(connection: Connection, user: UserId) -> None:
    """Those under way lead nowhere any more: the person has just said that they want none."""
    connection.execute(delete(sign_in).where(sign_in.c.person == user, sign_in.c.state.in_(UNDER_WAY)))


class SqlSignIns:
    """The port `SignIns`."""

    def __init__(self, database: Database, queue: Queue, vault: Vault) -> None:
        self._database = database
        self._queue = queue
        self._vault = vault

    async def offer(self, new: SignIn) -> None:
        row = {
            "key": new.key,
            "person": new.user,
            "suite": new.suite,
            "issuer": new.asked_in.issuer,
            "subject": new.asked_in.subject,
            "extras": new.extras,
            "revision": 0,
            **self._changing(new),
        }
        await self._database.write(lambda connection: connection.execute(plain_insert(sign_in).values(**row)))

    async def sign_in(self, key: SignInKey) -> SignIn | None:
        return await self._found(select(sign_in).where(sign_in.c.key == key))

    async def answered_with(self, answer: str) -> SignIn | None:
        return await self._found(select(sign_in).where(sign_in.c.answer == answer))

    async def awaiting_code(self, user: UserId, asked_in: Identity) -> SignIn | None:
        asked = (sign_in.c.issuer == asked_in.issuer, sign_in.c.subject == asked_in.subject)
        query = select(sign_in).where(sign_in.c.person == user, *asked, sign_in.c.state == SignInState.CODE)
        return await self._found(query.order_by(sign_in.c.ends_at.desc()).limit(1))

    async def needing_approval(self, user: UserId, suite: Suite) -> SignIn | None:
        refused = (sign_in.c.state == SignInState.REFUSED, sign_in.c.failure == Failure.ADMIN_MUST_APPROVE)
        query = select(sign_in).where(sign_in.c.person == user, sign_in.c.suite == suite, *refused)
        return await self._found(query.where(sign_in.c.tries == 0).order_by(sign_in.c.ends_at.desc()).limit(1))

    async def change(self, was: SignIn, now: SignIn, *, tell: Iterable[Telling] = ()) -> bool:
        told = tuple(tell)

        def write(connection: Connection) -> bool:
            if not self._replaced(connection, was, now):
                return False
            tell_in(connection, self._queue, told)
            return True

        return await self._database.write(write)

    async def connect(self, was: SignIn, now: SignIn, granted: Granted, integration: Integration) -> bool:
        def write(connection: Connection) -> bool:
            if not self._replaced(connection, was, now):
                return False
            at = integration.since or now.ends_at
            if replace_grant(connection, self._vault, now.user, (granted.kind, granted.subject), at):
                self._queue.defer_in(connection, Deferral(revoke_job(now.user)))
            keep_credential(connection, self._vault, now.user, granted)
            put_integrations(connection, integration)
            others = (sign_in.c.person == now.user, sign_in.c.key != now.key, sign_in.c.state.in_(UNDER_WAY))
            connection.execute(delete(sign_in).where(*others))
            if now.state is SignInState.CONNECTED:
                self._queue.defer_in(connection, Deferral(welcome_job(now.key)))
            return True

        return await self._database.write(write)

    async def welcome(
        self, was: SignIn, now: SignIn, hours: OwnHours | None, at: datetime, *, tell: Iterable[Telling]
    ) -> bool:
        told = tuple(tell)

        def write(connection: Connection) -> bool:
            if not self._replaced(connection, was, now):
                return False
            if hours is not None:
                asked = Extra.WORKING_HOURS in now.extras
                user = hours.taken_over_by(find_user(connection, now.user), at, asked=asked)
                connection.execute(update(person).where(person.c.id == user.id).values(columns_of(user)))
            tell_in(connection, self._queue, told)
            return True

        return await self._database.write(write)

    async def disconnect(self, user: UserId, trouble: Trouble, at: datetime) -> bool:
        def write(connection: Connection) -> bool:
            known = integrations_of(connection, (user,))[user]
            if known.kind is None:
                return False
            put_integrations(connection, Integration(user, None, Health.BROKEN, known.account, trouble, at, at))
            end_sign_ins(connection, user)
            self._queue.defer_in(connection, Deferral(revoke_job(user)))
            return True

        return await self._database.write(write)

    async def forget(self, before: datetime) -> None:
        past = delete(sign_in).where(sign_in.c.ends_at < before)
        await self._database.write(lambda connection: connection.execute(past))

    def _replaced(self, connection: Connection, was: SignIn, now: SignIn) -> bool:
        same = (sign_in.c.key == was.key, sign_in.c.revision == was.revision)
        change = update(sign_in).where(*same).values(revision=was.revision + 1, **self._changing(now))
        return connection.execute(change).rowcount == 1

    def _changing(self, now: SignIn) -> dict[str, Any]:
        return {
            "state": now.state,
            "ends_at": now.ends_at,
            "browser": now.browser,
            "answer": now.answer,
            "failure": now.failure,
            "tries": now.tries,
            "kept": self._vault.seal(sign_in.c.kept, (now.key,), now.kept) if now.kept else None,
        }

    async def _found(self, query: Select[Any]) -> SignIn | None:
        def read(connection: Connection) -> SignIn | None:
            row = connection.execute(query).first()
            return None if row is None else self._opened(row)

        return await self._database.read(read)

    def _opened(self, row: Row[Any]) -> SignIn:
        found = SignIn(
            key=row.key,
            user=row.person,
            suite=row.suite,
            asked_in=Identity(row.issuer, row.subject),
            ends_at=row.ends_at,
            state=row.state,
            browser=row.browser,
            answer=row.answer,
            failure=row.failure,
            tries=row.tries,
            extras=tuple(map(Extra, row.extras or ())),
            revision=row.revision,
        )
        if row.kept is None:
            return found
        return replace(found, kept=self._vault.open(sign_in.c.kept, (row.key,), row.kept))
