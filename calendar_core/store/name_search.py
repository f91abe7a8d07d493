"""Names by their beginning: the database leaves out most, and of the others no more is read than is compared."""

from __future__ import annotations

from collections.abc import Collection
from heapq import nsmallest

from sqlalchemy import Connection, or_, select

from calendar_core.name_search import begins
from calendar_core.people import ProgrammeId, UserId

from .schema import membership, organisation, person

_ESCAPE = "!"


def named(connection: Connection, programmes: Collection[ProgrammeId], typed: str, most: int) -> list[UserId]:
    """Who they are, in the order of their names (the port's `beginning`)."""
    wanted = _pattern(" ".join(typed.split()))
    called = or_(*(person.c.name.ilike(f"{before}{wanted}%", escape=_ESCAPE) for before in ("", "% ")))
    query = (
        select(person.c.id, person.c.name, person.c.address)
        .join(membership, membership.c.person == person.c.id)
        .join(organisation, organisation.c.id == person.c.organisation)
        .where(
            membership.c.programme.in_(list(programmes)),
            membership.c.ended_at.is_(None),
            organisation.c.groups_only.is_(False),
            or_(called, person.c.address.ilike(f"{wanted}%", escape=_ESCAPE)),
        )
        .distinct()
    )
    found = [tuple(row) for row in connection.execute(query)]
    rows = [(name.casefold(), email, id) for id, name, email in found if begins(typed, name, email)]
    return [id for _, _, id in nsmallest(most, rows)]


def _pattern(typed: str) -> str:
    """For LIKE. SQLite knows no other alphabet's capitals: such a letter stands for any, and is compared afterwards."""
    return "".join(_letter(each) for each in typed)


def _letter(letter: str) -> str:
    if letter in "%_!":
        return f"{_ESCAPE}{letter}"
    return letter if letter.isascii() or letter.upper() == letter.lower() else "_"
