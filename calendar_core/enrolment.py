"""What is enrolled: people in their programmes, and who is matched with whom. Names and addresses, no ids yet."""

from __future__ import annotations

from dataclasses import dataclass

from .people import MatchId, Role, WeeklyHours


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnrolled:
    """One person in one role. None leaves what is stored; for somebody new it means the programme's time zone and
    what a User has by itself."""

    organisation: str
    programme: str
    role: Role
    email: str
    name: str
    time_zone: str | None = None
    language: str | None = None
    region: str | None = None
    hours: WeeklyHours | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchEnrolled:
    """One mentor-mentee pair, by their addresses in the organisation."""

    organisation: str
    programme: str
    mentor: str
    mentee: str


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
