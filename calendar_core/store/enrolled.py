"""What is enrolled, by the names that files use."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, exists, select

from calendar_core.ended import Leaver
from calendar_core.enrolment import EnrolledNow, Home, Known
from calendar_core.people import Role

from .schema import match, membership, organisation, partner, person, programme

mentor, mentee = person.alias("mentor"), person.alias("mentee")
own, other = organisation.alias("own"), organisation.alias("other")


def known(connection: Connection) -> Known:
    """See Enrolments."""
    guests: dict[Home, dict[str, str]] = {}
    for row in connection.execute(_guests()):
        guests.setdefault((row.home, row.programme), {})[row.address] = row.organisation
    back = partner.alias()
    listed = (
        select(own.c.name.label("own"), other.c.name.label("other"))
        .select_from(partner)
        .join(back, and_(back.c.organisation == partner.c.partner, back.c.partner == partner.c.organisation))
        .join(own, own.c.id == partner.c.organisation)
        .join(other, other.c.id == partner.c.partner)
    )
    is_admin = exists().where(
        membership.c.person.in_([match.c.mentor, match.c.mentee]),
        membership.c.programme == match.c.programme,
        membership.c.role == Role.ADMIN,
        membership.c.ended_at.is_(None),
    )
    approved = connection.execute(_matches().where(is_admin))
    return Known(
        guests=guests,
        partners=frozenset(frozenset((row.own, row.other)) for row in connection.execute(listed)),
        approved=frozenset(((row.organisation, row.programme), row.mentor, row.mentee) for row in approved),
    )


def standing(connection: Connection) -> EnrolledNow:
    """See Enrolments."""
    places = (
        select(
            organisation.c.name.label("organisation"),
            programme.c.name.label("programme"),
            programme.c.id.label("number"),
            person.c.address,
            person.c.id.label("person"),
            membership.c.role,
        )
        .select_from(membership)
        .join(person, person.c.id == membership.c.person)
        .join(programme, programme.c.id == membership.c.programme)
        .join(organisation, organisation.c.id == programme.c.organisation)
        .where(membership.c.ended_at.is_(None))
        .order_by(organisation.c.name, programme.c.name, person.c.address, membership.c.role)
    )
    matches = _matches().where(match.c.ended_at.is_(None)).order_by(match.c.id)
    return EnrolledNow(
        places=tuple(
            ((row.organisation, row.programme), row.address, row.role, Leaver(row.person, row.number, row.role))
            for row in connection.execute(places)
        ),
        matches=tuple(
            ((row.organisation, row.programme), row.mentor, row.mentee, row.id) for row in connection.execute(matches)
        ),
    )


def _guests() -> Select[Any]:
    return (
        select(
            own.c.name.label("home"),
            programme.c.name.label("programme"),
            person.c.address,
            other.c.name.label("organisation"),
        )
        .select_from(membership)
        .join(person, person.c.id == membership.c.person)
        .join(programme, programme.c.id == membership.c.programme)
        .join(own, own.c.id == programme.c.organisation)
        .join(other, other.c.id == person.c.organisation)
        .where(membership.c.ended_at.is_(None), programme.c.organisation != person.c.organisation)
    )


def _matches() -> Select[Any]:
    return (
        select(
            match.c.id,
            organisation.c.name.label("organisation"),
            programme.c.name.label("programme"),
            mentor.c.address.label("mentor"),
            mentee.c.address.label("mentee"),
        )
        .select_from(match)
        .join(programme, programme.c.id == match.c.programme)
        .join(organisation, organisation.c.id == programme.c.organisation)
        .join(mentor, mentor.c.id == match.c.mentor)
        .join(mentee, mentee.c.id == match.c.mentee)
    )
