"""Whole programmes, a batch at a time: makes what is missing, changes what differs, removes nothing.

Each kind of row is read, compared and written in one go: a batch costs a dozen statements, however long it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from calendar_core.enrolment import Batch, Enrolled, EnrolledNow, Known
from calendar_core.happening import MatchMade
from calendar_core.people import OPENS_BY_ITSELF, Match, Role

from . import enrolled, happenings
from .database import Database
from .enrolling import Enrolling
from .jobs import Queue
from .schema import membership, organisation, person, programme


class SqlEnrolments:
    """The port `Enrolments`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def roster(self) -> Mapping[tuple[str, str], Mapping[str, frozenset[Role]]]:
        return await self._database.read(_roster)

    async def known(self) -> Known:
        return await self._database.read(enrolled.known)

    async def standing(self) -> EnrolledNow:
        return await self._database.read(enrolled.standing)

    async def apply(self, batch: Batch, at: datetime, *, tell: bool = True) -> Enrolled:
        def write(connection: Connection) -> Enrolled:
            enrolling = Enrolling(connection, batch)
            organisations = enrolling.make_organisations()
            programmes = enrolling.make_programmes()
            people, people_changed = enrolling.put_people()
            memberships = enrolling.put_memberships()
            opens_at = at + OPENS_BY_ITSELF
            again = enrolling.begin_again(opens_at)
            new, ended = enrolling.make_matches(opens_at)
            new += again
            if tell:
                self._tell(connection, new, at)
            matches = tuple(match.id for match in new)
            return Enrolled(organisations, programmes, people, people_changed, memberships, matches, ended)

        return await self._database.write(write)

    def _tell(self, connection: Connection, new: Sequence[Match], at: datetime) -> None:
        numbers = happenings.record(connection, [MatchMade(match.id) for match in new])
        self._queue.defer_in(
            connection,
            *(
                happenings.telling(number, user, at)
                for number, match in zip(numbers, new, strict=True)
                for user in (match.mentor, match.mentee)
            ),
        )


def _roster(connection: Connection) -> dict[tuple[str, str], dict[str, frozenset[Role]]]:
    query = (
        select(organisation.c.name, programme.c.name, person.c.address, membership.c.role)
        .select_from(membership)
        .join(person, person.c.id == membership.c.person)
        .join(programme, programme.c.id == membership.c.programme)
        .join(organisation, organisation.c.id == programme.c.organisation)
        .where(membership.c.ended_at.is_(None))
    )
    names = select(organisation.c.name, programme.c.name).join(programme, programme.c.organisation == organisation.c.id)
    roster: dict[tuple[str, str], dict[str, frozenset[Role]]] = {
        (organisation_name, name): {} for organisation_name, name in connection.execute(names)
    }
    for organisation_name, name, address, role in connection.execute(query):
        roles = roster[organisation_name, name]
        roles[address] = roles.get(address, frozenset()) | {role}
    return roster
