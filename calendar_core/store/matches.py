"""Which matches stand, as the database finds it out, and what a row of one says."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, and_, exists, func, or_, select

from calendar_core.people import Match, MatchId

from .schema import match, membership, partner, person, programme

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
MATCH_STANDS, APART = and_(_GOES_ON, _ALLOWED), and_(_GOES_ON, ~_ALLOWED)


def stands(connection: Connection, number: MatchId) -> bool:
    """It has not ended, and does not end before this transaction does: whoever ends it asks for its row as well."""
    connection.execute(select(match.c.id).where(match.c.id == number).with_for_update(read=True))
    return connection.execute(select(match.c.id).where(match.c.id == number, MATCH_STANDS)).first() is not None


def match_of(row: Row[Any]) -> Match:
    """A row of `match`, whatever else is joined to it."""
    of, its = row._mapping, match.c
    return Match(of[its.id], of[its.programme], of[its.mentor], of[its.mentee], of[its.opens_at], of[its.ended_at])
