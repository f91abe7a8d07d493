"""Who is who: people, organisations, memberships, chat accounts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, exists, select, update

from calendar_core.people import (
    Identity,
    Membership,
    Organisation,
    OrganisationId,
    OwnSettings,
    ProgrammeId,
    Role,
    User,
    UserId,
    address_of,
)

from .columns import Columns
from .database import Database, insert, portions
from .name_search import named
from .schema import identity, membership, organisation, partner, person

# Of a person: in some programme now. Nobody else's calendar is looked at.
TAKES_PART = exists().where(membership.c.person == person.c.id, membership.c.ended_at.is_(None))

ACCOUNT_COUNTS = and_(  # of an identity: it is that account, and nobody has taken it out
    identity.c.issuer == bindparam("issuer"),
    identity.c.subject == bindparam("subject"),
    identity.c.suspended_at.is_(None),
)

# Made once: making one takes longer than running it.
_KNOWN_AS = select(person).join(identity, identity.c.person == person.c.id).where(ACCOUNT_COUNTS)
_LINKED = exists().where(
    identity.c.person == person.c.id, identity.c.issuer == bindparam("issuer"), identity.c.suspended_at.is_(None)
)
_AT_ADDRESS_WITH = (
    select(person, _LINKED.label("linked")).where(person.c.address == bindparam("address")).order_by(person.c.id)
)
_MEMBERSHIPS = (
    select(membership)
    .where(membership.c.person == bindparam("user"), membership.c.ended_at.is_(None))
    .order_by(membership.c.programme, membership.c.role)
)
_USERS = select(person).where(person.c.id.in_(bindparam("some", expanding=True)))
_ORGANISATION = select(organisation).where(organisation.c.id == bindparam("number"))


class SqlPeople:
    """The port `People`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known_as(self, account: Identity) -> User | None:
        def read(connection: Connection) -> User | None:
            row = connection.execute(_KNOWN_AS, {"issuer": account.issuer, "subject": account.subject}).first()
            return user_of(row) if row else None

        return await self._database.read(read)

    async def user(self, user: UserId) -> User:
        return await self._database.read(lambda connection: find_user(connection, user))

    async def memberships(self, user: UserId) -> tuple[Membership, ...]:
        def read(connection: Connection) -> tuple[Membership, ...]:
            rows = connection.execute(_MEMBERSHIPS, {"user": user})
            return tuple(Membership(row.person, row.programme, row.role, row.ended_at) for row in rows)

        return await self._database.read(read)

    async def members(self, programme: ProgrammeId) -> tuple[tuple[User, Role], ...]:
        query = (
            select(person, membership.c.role)
            .join(membership, membership.c.person == person.c.id)
            .where(membership.c.programme == programme, membership.c.ended_at.is_(None))
            .order_by(person.c.name, person.c.id, membership.c.role)
        )

        def read(connection: Connection) -> tuple[tuple[User, Role], ...]:
            return tuple((user_of(row), row.role) for row in connection.execute(query))

        return await self._database.read(read)

    async def beginning(self, programmes: Collection[ProgrammeId], typed: str, most: int) -> tuple[User, ...]:
        def read(connection: Connection) -> tuple[User, ...]:
            ids = named(connection, programmes, typed, most)
            users = users_of(connection, ids)
            return tuple(users[each] for each in ids)

        return await self._database.read(read)

    async def with_address(self, email: str, programme: ProgrammeId) -> User | None:
        present = exists().where(
            membership.c.person == person.c.id,
            membership.c.programme == programme,
            membership.c.ended_at.is_(None),
        )
        found = await self._users(select(person).where(person.c.address == address_of(email), present))
        return found[0] if found else None

    async def at_address(self, email: str) -> tuple[User, ...]:
        return await self._users(select(person).where(person.c.address == address_of(email)).order_by(person.c.id))

    async def at_address_with(self, email: str, issuer: str) -> tuple[tuple[User, bool], ...]:
        asked = {"address": address_of(email), "issuer": issuer}

        def read(connection: Connection) -> tuple[tuple[User, bool], ...]:
            return tuple((user_of(row), row.linked) for row in connection.execute(_AT_ADDRESS_WITH, asked))

        return await self._database.read(read)

    async def organisation(self, number: OrganisationId) -> Organisation:
        def read(connection: Connection) -> Organisation:
            return organisation_in(connection, number)

        return await self._database.read(read)

    async def organisations(self) -> tuple[Organisation, ...]:
        query = select(organisation).order_by(organisation.c.name)
        return await self._database.read(lambda connection: tuple(map(_organisation_of, connection.execute(query))))

    async def link(self, account: Identity, user: UserId) -> None:
        def write(connection: Connection) -> None:
            row = {"person": user, "suspended_at": None, "suspended_because": None}
            connection.execute(
                insert(connection, identity)
                .values(issuer=account.issuer, subject=account.subject, **row)
                .on_conflict_do_update(index_elements=["issuer", "subject"], set_=row)
            )

        await self._database.write(write)

    async def update(self, user: User) -> None:
        def write(connection: Connection) -> None:
            changed = connection.execute(update(person).where(person.c.id == user.id).values(columns_of(user)))
            if not changed.rowcount:
                raise KeyError(user.id)

        await self._database.write(write)

    async def change(self, user: UserId, change: Callable[[User], User]) -> User:
        def write(connection: Connection) -> User:
            changed = change(find_user(connection, user, lock=True))
            connection.execute(update(person).where(person.c.id == user).values(columns_of(changed)))
            return changed

        return await self._database.write(write)

    async def update_organisation(self, changed: Organisation) -> None:
        def write(connection: Connection) -> None:
            done = connection.execute(
                update(organisation)
                .where(organisation.c.id == changed.id)
                .values(
                    name=changed.name,
                    google_domains=changed.google_domains,
                    entra_tenant=changed.entra_tenant,
                    contact=changed.contact,
                    account_domains=changed.account_domains,
                    groups_only=changed.groups_only,
                    free_busy_only=changed.free_busy_only,
                )
            )
            if not done.rowcount:
                raise KeyError(changed.id)

        await self._database.write(write)

    async def partners(self, number: OrganisationId) -> frozenset[OrganisationId]:
        query = select(partner.c.partner).where(partner.c.organisation == number)
        return await self._database.read(lambda connection: frozenset(connection.execute(query).scalars()))

    async def list_partner(self, number: OrganisationId, other: OrganisationId, *, listed: bool) -> None:
        row = {"organisation": number, "partner": other}

        def write(connection: Connection) -> None:
            if listed:
                connection.execute(insert(connection, partner).values(row).on_conflict_do_nothing())
            else:
                own = (partner.c.organisation == number, partner.c.partner == other)
                connection.execute(delete(partner).where(*own))

        await self._database.write(write)

    async def _users(self, query: Select[Any]) -> tuple[User, ...]:
        return await self._database.read(lambda connection: tuple(user_of(row) for row in connection.execute(query)))


def find_user(connection: Connection, user: UserId, *, lock: bool = False) -> User:
    """Raises KeyError for an id that was never given out. `lock`: nobody else changes it meanwhile."""
    query = select(person).where(person.c.id == user)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise KeyError(user)
    return user_of(row)


def users_of(connection: Connection, ids: Collection[UserId]) -> dict[UserId, User]:
    """Those of them that were ever given out."""
    rows = (row for some in portions(ids) for row in connection.execute(_USERS, {"some": some}))
    return {row.id: user_of(row) for row in rows}


def organisation_in(connection: Connection, number: OrganisationId) -> Organisation:
    """Raises KeyError for an id that was never given out."""
    row = connection.execute(_ORGANISATION, {"number": number}).first()
    if row is None:
        raise KeyError(number)
    return _organisation_of(row)


def _organisation_of(row: Row[Any]) -> Organisation:
    return Organisation(
        id=row.id,
        name=row.name,
        google_domains=row.google_domains,
        entra_tenant=row.entra_tenant,
        contact=row.contact,
        account_domains=row.account_domains or (),
        groups_only=row.groups_only,
        free_busy_only=row.free_busy_only,
    )


def user_of(row: Row[Any], its: Columns = person.c) -> User:
    """A row of `person`, whatever else is joined to it. `its`: the columns of an alias, if that was asked for."""
    of = row._mapping
    return User(
        id=of[its.id],
        organisation=of[its.organisation],
        email=of[its.email],
        name=of[its.name],
        time_zone=of[its.time_zone],
        language=of[its.language],
        region=of[its.region],
        hours=of[its.hours],
        paused_until=of[its.paused_until],
        own=of[its.own] or OwnSettings(),  # a row from before there were any has none
    )


def columns_of(user: User) -> dict[str, object]:
    """What `person` stores, but for the id."""
    return {
        "organisation": user.organisation,
        "email": user.email,
        "address": address_of(user.email),
        "name": user.name,
        "time_zone": user.time_zone,
        "language": user.language,
        "region": user.region,
        "hours": user.hours,
        "paused_until": user.paused_until,
        "own": user.own,
    }
