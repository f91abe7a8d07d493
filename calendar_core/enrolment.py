"""What is enrolled: people in their programmes, and who is matched with whom. Names and addresses, no ids yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .ended import Leaver
from .people import MatchId, Role, UserId, WeeklyHours

Home = tuple[str, str]  # an organisation and one of its programmes, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnrolled:
    """One person in one role. None leaves what is stored; for somebody new it means the programme's time zone and
    what a User has by itself.

    `programme_organisation` is whose programme it is, where that is not the person's own organisation (decision 26).
    """

    organisation: str
    programme: str
    role: Role
    email: str
    name: str
    time_zone: str | None = None
    language: str | None = None
    region: str | None = None
    hours: WeeklyHours | None = None
    programme_organisation: str | None = None

    @property
    def home(self) -> Home:
        """Whose programme, and which."""
        return self.programme_organisation or self.organisation, self.programme


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchEnrolled:
    """One mentor-mentee pair, by their addresses in the organisation, or in their own where that is another.

    `approved_by`: the admin who agreed to a match of another one (decision 13).
    """

    organisation: str
    programme: str
    mentor: str
    mentee: str
    mentor_organisation: str | None = None
    mentee_organisation: str | None = None
    approved_by: UserId | None = None

    @property
    def home(self) -> Home:
        """Whose programme, and which."""
        return self.organisation, self.programme


@dataclass(frozen=True, slots=True)
class Batch:
    """What is stored together. Matches may name people of the same batch."""

    people: tuple[PersonEnrolled, ...] = ()
    matches: tuple[MatchEnrolled, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a batch has changed: how many were made, how many people differed, and the new matches; and how many of its
    matches had ended before, which stay ended."""

    organisations: int = 0
    programmes: int = 0
    people: int = 0
    people_changed: int = 0
    memberships: int = 0
    matches: tuple[MatchId, ...] = ()
    matches_ended: int = 0

    def __add__(self, other: Enrolled) -> Enrolled:
        """Both batches together."""
        return Enrolled(
            self.organisations + other.organisations,
            self.programmes + other.programmes,
            self.people + other.people,
            self.people_changed + other.people_changed,
            self.memberships + other.memberships,
            self.matches + other.matches,
            self.matches_ended + other.matches_ended,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What an import has to know of what is enrolled, beside the roster.

    `guests`: people in a programme of another organisation than theirs, and which theirs is. `partners`: pairs of
    organisations that list each other. `approved`: matches of which an admin is one that were made before, by the
    addresses of mentor and mentee.
    """

    guests: Mapping[Home, Mapping[str, str]] = field(default_factory=dict)
    partners: frozenset[frozenset[str]] = frozenset()
    approved: frozenset[tuple[Home, str, str]] = frozenset()

    def may_meet(self, one: str, other: str) -> bool:
        """People of these two organisations may be matched (decision 26)."""
        return one == other or frozenset((one, other)) in self.partners


@dataclass(frozen=True, slots=True)
class EnrolledNow:
    """What stands now, by the names an import uses: who is in which programme as what, and who is matched."""

    places: tuple[tuple[Home, str, Role, Leaver], ...]
    matches: tuple[tuple[Home, str, str, MatchId], ...]
