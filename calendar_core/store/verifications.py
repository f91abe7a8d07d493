"""Everybody of an organisation with their connection, a portion at a time, so that ten thousand need no memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from calendar_core.integration import Integration, IntegrationKind, Trouble
from calendar_core.people import OrganisationId, ProgrammeId, User, UserId

from .database import Database
from .integrations import standing_of
from .people import TAKES_PART, user_of
from .schema import integration, membership, person
from .schema import organisation as organisation_table


class SqlVerifications:
    """The port `Verifications`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unverified(
        self, organisation: OrganisationId, before: datetime, after: UserId, limit: int
    ) -> tuple[User, ...]:
        query = (
            select(person)
            .outerjoin(integration, integration.c.person == person.c.id)
            .where(_is_unverified(organisation, before), person.c.id > after)
            .order_by(person.c.id)
            .limit(limit)
        )
        return await self._database.read(lambda connection: tuple(map(user_of, connection.execute(query))))

    async def count(self, organisation: OrganisationId, before: datetime) -> int:
        query = (
            select(func.count())
            .select_from(person)
            .outerjoin(integration, integration.c.person == person.c.id)
            .where(_is_unverified(organisation, before))
        )
        return await self._database.read(lambda connection: connection.execute(query).scalar_one())

    async def tally(self, organisation: OrganisationId) -> Mapping[tuple[IntegrationKind | None, Trouble | None], int]:
        query = (
            select(integration.c.kind, integration.c.trouble, func.count().label("people"))
            .select_from(person)
            .outerjoin(integration, integration.c.person == person.c.id)
            .where(_are_of(organisation))
            .group_by(integration.c.kind, integration.c.trouble)
        )

        def read(connection: Connection) -> Mapping[tuple[IntegrationKind | None, Trouble | None], int]:
            found: dict[tuple[IntegrationKind | None, Trouble | None], int] = {}
            for row in connection.execute(query):
                never = row.kind is None and row.trouble is None
                key = (row.kind, Trouble.NEVER_CONNECTED if never else row.trouble)
                found[key] = found.get(key, 0) + row.people
            return found

        return await self._database.read(read)

    async def statuses(
        self, organisation: OrganisationId, after: UserId, limit: int, programme: ProgrammeId | None = None
    ) -> tuple[tuple[User, Integration], ...]:
        whom = _are_of(organisation) if programme is None else _are_in(programme)
        query = select(person).where(whom, person.c.id > after).order_by(person.c.id).limit(limit)

        def read(connection: Connection) -> tuple[tuple[User, Integration], ...]:
            users = tuple(map(user_of, connection.execute(query)))
            known = standing_of(connection, [each.id for each in users])
            return tuple((each, known[each.id]) for each in users)

        return await self._database.read(read)


def _are_of(organisation: OrganisationId) -> ColumnElement[bool]:
    """In any programme now: nobody else's calendar is looked at."""
    return and_(person.c.organisation == organisation, TAKES_PART)


def _are_in(programme: ProgrammeId) -> ColumnElement[bool]:
    """Without guests of an organisation that tells of groups alone (decision 22)."""
    present = (membership.c.programme == programme, membership.c.ended_at.is_(None))
    closed = select(organisation_table.c.id).where(organisation_table.c.groups_only.is_(True))
    return and_(person.c.id.in_(select(membership.c.person).where(*present)), person.c.organisation.not_in(closed))


def _is_unverified(organisation: OrganisationId, before: datetime) -> ColumnElement[bool]:
    opted_out = integration.c.trouble == Trouble.OPTED_OUT
    fresh = integration.c.checked_at >= before
    return and_(
        _are_of(organisation),
        func.coalesce(or_(opted_out, fresh), false()).is_(false()),
    )
