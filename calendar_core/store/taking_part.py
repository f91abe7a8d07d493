"""Who somebody is and with whom they are matched, in one question: every line that is typed asks it first.

With SQLite each row that is fetched hands Python's lock over between two threads, which costs more than the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, FromClause, Row, Select, and_, bindparam, case, or_, select

from calendar_core.people import Identity, User, UserId
from calendar_core.ports import Matched

from .domains import ANY_REFUSED
from .integrations import integration_of, standing_of
from .matches import MATCH_STANDS, match_of
from .people import ACCOUNT_COUNTS, TAKES_PART, user_of
from .programme_rows import programme_of
from .schema import identity, integration, match, person, programme

_OTHER, _OWN, _OTHERS = person.alias("other"), integration.alias("own"), integration.alias("others")
_IS_MENTOR = match.c.mentor == person.c.id


def _with_matches(people: FromClause) -> Select[Any]:
    """A row for each match; one without where there is none."""
    return (
        select(person, match, programme, _OTHER, _OWN, _OTHERS, ANY_REFUSED.label("any_refused"))
        .select_from(people)
        .outerjoin(match, and_(or_(_IS_MENTOR, match.c.mentee == person.c.id), MATCH_STANDS))
        .outerjoin(programme, programme.c.id == match.c.programme)
        .outerjoin(_OTHER, _OTHER.c.id == case((_IS_MENTOR, match.c.mentee), else_=match.c.mentor))
        .outerjoin(_OWN, _OWN.c.person == person.c.id)
        .outerjoin(_OTHERS, _OTHERS.c.person == _OTHER.c.id)
        .order_by(match.c.id)
    )


# Made once: making them takes longer than running them.
_OF_USER = _with_matches(person).where(person.c.id == bindparam("user"))
_OF_ACCOUNT = _with_matches(identity.join(person)).where(ACCOUNT_COUNTS, TAKES_PART)


def taking_part(connection: Connection, account: Identity) -> tuple[User, tuple[Matched, ...]] | None:
    """Whose account that is, if that person is in any programme now, and their matches that stand."""
    rows = connection.execute(_OF_ACCOUNT, {"issuer": account.issuer, "subject": account.subject}).all()
    return (user_of(rows[0]), _matches(connection, rows)) if rows else None


def matches_of(connection: Connection, user: UserId) -> tuple[Matched, ...]:
    """Those that stand, the oldest first."""
    return _matches(connection, connection.execute(_OF_USER, {"user": user}).all())


def _matches(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Matched, ...]:
    found = {row._mapping[person.c.id]: row for row in rows}
    user = next(iter(found), None)
    if user is None:
        return ()
    matches = tuple(_matched(row, user) for row in rows if row._mapping[match.c.id] is not None)
    if not rows[0].any_refused:
        return matches
    connected = standing_of(connection, {user, *(each.partner.id for each in matches)})
    return tuple(
        replace(each, integration=connected[user], partner_integration=connected[each.partner.id]) for each in matches
    )


def _matched(row: Row[Any], user: UserId) -> Matched:
    partner = user_of(row, _OTHER.c)
    own, others = integration_of(row, user, _OWN.c), integration_of(row, partner.id, _OTHERS.c)
    return Matched(match_of(row), programme_of(row), partner, own, others)
