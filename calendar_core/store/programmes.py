"""Programmes and the matches in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)

from calendar_core.people import Identity, Match, MatchId, ProgrammeId, User, UserId
from calendar_core.ports import Matched
from calendar_core.programme import Programme

from .database import Database
from .domains import ANY_REFUSED
from .integrations import integration_of, standing_of
from .people import participant, user_of
from .schema import integration, match, membership, partner, person, programme

_PRESENT = (
    select(func.count(membership.c.person.distinct()))
    .where(
        membership.c.programme == match.c.programme,
        membership.c.person.in_([match.c.mentor, match.c.mentee]),
        membership.c.ended_at.is_(None),
    )
    .scalar_subquery()
)


def _may_meet(one: ScalarSelect[int], other: ScalarSelect[int]) -> ColumnElement[bool]:
    """People of these two organisations may be matched: they are one, or both list the other (decision 26)."""
    both = [
        exists().where(partner.c.organisation == first, partner.c.partner == second).correlate(match)
        for first, second in ((one, other), (other, one))
    ]
    return or_(one == other, and_(*both))


_MENTORS, _MENTEES, _PROGRAMMES = (
    select(table.c.organisation).where(table.c.id == column).correlate(match).scalar_subquery()
    for table, column in ((person, match.c.mentor), (person, match.c.mentee), (programme, match.c.programme))
)
_GOES_ON = and_(match.c.ended_at.is_(None), _PRESENT == 2)  # it has not ended, and both are still in its programme
_ALLOWED = and_(  # their organisations list each other
    _may_meet(_MENTORS, _MENTEES), _may_meet(_PROGRAMMES, _MENTORS), _may_meet(_PROGRAMMES, _MENTEES)
)
STANDING, APART = and_(_GOES_ON, _ALLOWED), and_(_GOES_ON, ~_ALLOWED)

# Every line that is typed asks this, so it is one question, and made once: making it takes longer than running it.
_OTHER, _OWN, _OTHERS = person.alias("other"), integration.alias("own"), integration.alias("others")
_IS_MENTOR = match.c.mentor == bindparam("user")
_MATCHED = (
    select(match, programme, _OTHER, _OWN, _OTHERS, ANY_REFUSED.label("any_refused"))
    .join(programme, programme.c.id == match.c.programme)
    .join(_OTHER, _OTHER.c.id == case((_IS_MENTOR, match.c.mentee), else_=match.c.mentor))
    .outerjoin(_OWN, _OWN.c.person == bindparam("user"))
    .outerjoin(_OTHERS, _OTHERS.c.person == _OTHER.c.id)
    .where(or_(_IS_MENTOR, match.c.mentee == bindparam("user")), STANDING)
    .order_by(match.c.id)
)


class SqlProgrammes:
    """The port `Programmes`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def programme(self, number: ProgrammeId) -> Programme:
        def read(connection: Connection) -> Programme:
            row = connection.execute(select(programme).where(programme.c.id == number)).first()
            if row is None:
                raise KeyError(number)
            return programme_of(row)

        return await self._database.read(read)

    async def all(self) -> tuple[Programme, ...]:
        query = select(programme).order_by(programme.c.name, programme.c.id)
        return await self._database.read(lambda connection: tuple(map(programme_of, connection.execute(query))))

    async def match(self, number: MatchId) -> Match | None:
        found = await self._database.read(lambda connection: _matches(connection, match.c.id == number))
        return found[0] if found else None

    async def taking_part(self, account: Identity) -> tuple[User, tuple[Matched, ...]] | None:
        def read(connection: Connection) -> tuple[User, tuple[Matched, ...]] | None:
            user = participant(connection, account)
            return None if user is None else (user, _matched(connection, user.id))

        return await self._database.read(read)

    async def matched(self, user: UserId) -> tuple[Matched, ...]:
        return await self._database.read(lambda connection: _matched(connection, user))

    async def matches_in(self, number: ProgrammeId) -> tuple[Match, ...]:
        which = and_(match.c.programme == number, STANDING)
        return await self._database.read(lambda connection: _matches(connection, which))

    async def update(self, changed: Programme) -> None:
        def write(connection: Connection) -> None:
            done = connection.execute(update(programme).where(programme.c.id == changed.id).values(columns_of(changed)))
            if not done.rowcount:
                raise KeyError(changed.id)

        await self._database.write(write)

    async def opened(self, number: MatchId, at: datetime) -> None:
        def write(connection: Connection) -> None:
            still_closed = (match.c.id == number, match.c.opens_at > at)
            connection.execute(update(match).where(*still_closed).values(opens_at=at))

        await self._database.write(write)


def stands(connection: Connection, number: MatchId) -> bool:
    """It has not ended, and does not end before this transaction does: whoever ends it asks for its row as well."""
    connection.execute(select(match.c.id).where(match.c.id == number).with_for_update(read=True))
    return connection.execute(select(match.c.id).where(match.c.id == number, STANDING)).first() is not None


def _matches(connection: Connection, which: ColumnElement[bool]) -> tuple[Match, ...]:
    return tuple(match_of(row) for row in connection.execute(select(match).where(which).order_by(match.c.id)))


def _matched(connection: Connection, user: UserId) -> tuple[Matched, ...]:
    rows = connection.execute(_MATCHED, {"user": user}).all()
    found = [_matched_in(row, user) for row in rows]
    if not any(row.any_refused for row in rows):
        return tuple(found)
    connected = standing_of(connection, {user, *(each.partner.id for each in found)})
    return tuple(
        replace(each, integration=connected[user], partner_integration=connected[each.partner.id]) for each in found
    )


def _matched_in(row: Row[Any], user: UserId) -> Matched:
    partner = user_of(row, _OTHER.c)
    own, others = integration_of(row, user, _OWN.c), integration_of(row, partner.id, _OTHERS.c)
    return Matched(match_of(row), programme_of(row), partner, own, others)


def match_of(row: Row[Any]) -> Match:
    """A row of `match`, whatever else is joined to it."""
    of, its = row._mapping, match.c
    return Match(of[its.id], of[its.programme], of[its.mentor], of[its.mentee], of[its.opens_at], of[its.ended_at])


def programme_of(row: Row[Any]) -> Programme:
    """A row of `programme`, whatever else is joined to it."""
    of, its = row._mapping, programme.c
    return Programme(
        id=of[its.id],
        organisation=of[its.organisation],
        name=of[its.name],
        time_zone=of[its.time_zone],
        starts=of[its.starts],
        ends=of[its.ends],
        contact=of[its.contact],
        hours=of[its.hours],
        rules=of[its.rules],
    )


def columns_of(each: Programme) -> dict[str, object]:
    """What `programme` stores, but for the id."""
    return {
        "organisation": each.organisation,
        "name": each.name,
        "time_zone": each.time_zone,
        "starts": each.starts,
        "ends": each.ends,
        "contact": each.contact,
        "hours": each.hours,
        "rules": each.rules,
    }
