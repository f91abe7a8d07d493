"""One batch of enrolment against what is stored: the steps, in the order in which they must come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, or_, select, update

from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.people import Match, OrganisationId, ProgrammeId, Role, Source, User, UserId, address_of
from calendar_core.programme import Programme

from . import people
from .database import insert, portions
from .matches import MATCH_STANDS, match_of
from .programme_rows import columns_of, programme_of
from .schema import ending, match, membership, organisation, person, programme

NEW = UserId(0)  # a person who has no id yet


class Enrolling:
    """Knows what the batch speaks of as far as it is stored, and stores the rest."""

    def __init__(self, connection: Connection, batch: Batch) -> None:
        self._connection = connection
        self._batch = batch
        self._organisations: dict[str, OrganisationId] = {}
        self._programmes: dict[tuple[OrganisationId, str], Programme] = {}
        self._people: dict[tuple[OrganisationId, str], User] = {}
        self._back: set[tuple[UserId, ProgrammeId]] = set()

    def make_organisations(self) -> int:
        """How many were made."""
        named = {line.organisation for line in self._batch.people}
        self._read_organisations()
        missing = [name for name in sorted(named) if name not in self._organisations]
        self._add(organisation, [{"name": name, "google_domains": ()} for name in missing])
        self._read_organisations()
        return len(missing)

    def make_programmes(self) -> int:
        """How many were made; their rules are set elsewhere."""
        named = {
            (self._organisations[line.organisation], line.programme)
            for line in self._batch.people
            if line.programme_organisation is None
        }
        self._read_programmes()
        missing = [Programme(ProgrammeId(0), *each) for each in sorted(named) if each not in self._programmes]
        self._add(programme, [columns_of(each) for each in missing])
        self._read_programmes()
        return len(missing)

    def put_people(self) -> tuple[int, int]:
        """How many were made, and how many of the others differed."""
        self._read_people()
        before = dict(self._people)
        for line in self._batch.people:
            key = self._organisations[line.organisation], address_of(line.email)
            self._people[key] = self._enrolled(self._people.get(key), line)
        new = [user for user in self._people.values() if user.id == NEW]
        changed = [user for key, user in self._people.items() if user.id != NEW and user != before[key]]
        self._add(person, [people.columns_of(user) for user in new])
        self._change(changed)
        if new:
            self._read_people()
        return len(new), len(changed)

    def put_memberships(self) -> int:
        """How many were made, or begun again by somebody who had left."""
        wanted = {
            (
                self._person(line.organisation, line.email),
                self._programme(*line.home),
                line.role,
            )
            for line in self._batch.people
        }
        known = self._places({user for user, _, _ in wanted})
        present = {place for place, ended in known.items() if not ended}
        in_it = {(user, number) for user, number, _ in present}
        self._back = {(user, number) for user, number, _ in known.keys() & wanted} - in_it
        rows = [
            {"person": user, "programme": number, "role": role, "ended_at": None}
            for user, number, role in sorted(wanted - present)
        ]
        if rows:
            statement = insert(self._connection, membership)
            again = statement.on_conflict_do_update(
                index_elements=["person", "programme", "role"], set_={"ended_at": None}
            )
            self._connection.execute(again, rows)
        return len(rows)

    def begin_again(self, opens_at: datetime) -> list[Match]:
        """Matches that stand again because somebody who had left is back: to both they are as new."""
        people = {user for user, _ in self._back}
        again = []
        for some in portions(people):
            rows = self._connection.execute(
                select(match).where(or_(match.c.mentor.in_(some), match.c.mentee.in_(some)), MATCH_STANDS)
            )
            again += [match_of(row) for row in rows]
        again = [each for each in again if {(each.mentor, each.programme), (each.mentee, each.programme)} & self._back]
        for numbers in portions({each.id for each in again}):
            self._connection.execute(update(match).where(match.c.id.in_(numbers)).values(opens_at=opens_at))
            self._connection.execute(delete(ending).where(ending.c.match.in_(numbers)))
        return list({each.id: each for each in again}.values())

    def make_matches(self, opens_at: datetime) -> tuple[list[Match], int]:
        """The new ones, and how many have ended before: those stay ended, whoever ended them had a reason.

        Raises KeyError for an organisation, programme or address that is not there.
        """
        wanted = {
            (
                self._programme(*line.home),
                self._person(line.mentor_organisation or line.organisation, line.mentor),
                self._person(line.mentee_organisation or line.organisation, line.mentee),
            ): line.approved_by
            for line in self._batch.matches
        }
        known = self._known(wanted)
        missing = wanted.keys() - {_parts(each) for each in known}
        standing = {_parts(each) for each in known if each.ended_at is None}
        rows = [
            {
                "programme": each[0],
                "mentor": each[1],
                "mentee": each[2],
                "opens_at": opens_at,
                "approved_by": wanted[each],
            }
            for each in sorted(missing)
        ]
        self._add(match, rows)
        new = [each for each in self._known(missing) if _parts(each) in missing]
        return new, len(wanted.keys() - missing - standing)

    def _enrolled(self, known: User | None, line: PersonEnrolled) -> User:
        """What the person, their calendar or their chat has said since stays (decision 16)."""
        home = self._organisations[line.organisation]
        zone = self._programmes[self._organisations[line.home[0]], line.programme].time_zone
        user = known or User(NEW, home, line.email, line.name, zone)
        return replace(
            user,
            email=line.email,
            name=line.name,
            time_zone=(line.time_zone if user.own.zone_from is Source.IMPORT else None) or user.time_zone,
            language=line.language or user.language,
            region=user.region if line.region is None else line.region,
            hours=(line.hours if user.own.hours_from is Source.IMPORT else None) or user.hours,
        )

    def _change(self, users: Sequence[User]) -> None:
        rows = [
            {f"new_{name}": value for name, value in people.columns_of(user).items()} | {"which": user.id}
            for user in users
        ]
        if rows:
            new = {name: bindparam(f"new_{name}", type_=person.c[name].type) for name in people.columns_of(users[0])}
            self._connection.execute(update(person).where(person.c.id == bindparam("which")).values(new), rows)

    def _person(self, organisation_name: str, email: str) -> UserId:
        return self._people[self._organisations[organisation_name], address_of(email)].id

    def _programme(self, organisation_name: str, name: str) -> ProgrammeId:
        return self._programmes[self._organisations[organisation_name], name].id

    def _read_organisations(self) -> None:
        rows = self._connection.execute(select(organisation.c.name, organisation.c.id))
        self._organisations = {row.name: row.id for row in rows}

    def _read_programmes(self) -> None:
        found = (programme_of(row) for row in self._connection.execute(select(programme)))
        self._programmes = {(each.organisation, each.name): each for each in found}

    def _read_people(self) -> None:
        addresses = {address_of(line.email) for line in self._batch.people}
        addresses |= {address_of(email) for line in self._batch.matches for email in (line.mentor, line.mentee)}
        for some in portions(addresses):
            for row in self._connection.execute(select(person).where(person.c.address.in_(some))):
                user = people.user_of(row)
                self._people[user.organisation, address_of(user.email)] = user

    def _places(self, users: Collection[UserId]) -> dict[tuple[UserId, ProgrammeId, Role], bool]:
        """Their places in programmes, and whether they have given them up."""
        return {
            (row.person, row.programme, row.role): row.ended_at is not None
            for some in portions(users)
            for row in self._connection.execute(select(membership).where(membership.c.person.in_(some)))
        }

    def _known(self, wanted: Collection[tuple[ProgrammeId, UserId, UserId]]) -> list[Match]:
        """All matches of the mentors in question, also those that have ended."""
        query = select(match).order_by(match.c.id)
        return [
            match_of(row)
            for some in portions({mentor for _, mentor, _ in wanted})
            for row in self._connection.execute(query.where(match.c.mentor.in_(some)))
        ]

    def _add(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Somebody else may be making the same: then theirs stays."""
        if rows:
            self._connection.execute(insert(self._connection, table).on_conflict_do_nothing(), rows)


def _parts(each: Match) -> tuple[ProgrammeId, UserId, UserId]:
    return each.programme, each.mentor, each.mentee
