"""Who takes part: organisations, users, their chat accounts, their hours, their roles and matches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

OrganisationId = NewType("OrganisationId", int)
ProgrammeId = NewType("ProgrammeId", int)
UserId = NewType("UserId", int)
MatchId = NewType("MatchId", int)

DAY_MINUTES = 24 * 60
OPENS_BY_ITSELF = timedelta(hours=24)


def address_of(email: str) -> str:
    """An e-mail address as it is compared: case ignored."""
    return email.strip().casefold()


class Role(StrEnum):
    """What a person is in one programme."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Identity:
    """A chat account in OpenID's words: who vouches for it, and under which name."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Working hours by local wall clock: for Monday (0) to Sunday (6), stretches in minutes from midnight.

    A stretch is (first, end) with 0 <= first < end <= 1440; stretches of a day are sorted and apart.
    """

    days: tuple[tuple[tuple[int, int], ...], ...]

    def __post_init__(self) -> None:
        if len(self.days) != 7:
            raise ValueError("a week has seven days")
        for day in self.days:
            end_before = -1
            for first, end in day:
                if not end_before < first < end <= DAY_MINUTES:
                    raise ValueError("hours of a day must be in order, apart, and within the day")
                end_before = end


OFFICE_HOURS = WeeklyHours(days=(((9 * 60, 17 * 60),),) * 5 + ((), ()))


@dataclass(frozen=True, slots=True)
class Organisation:
    """A tenant: owns its people's data, its Workspace domains and its Entra tenant.

    `free_busy_only` replaces every connection that could read or write more (decision 8); its operator alone sets it.
    """

    id: OrganisationId
    name: str
    google_domains: tuple[str, ...] = ()
    entra_tenant: str | None = None
    contact: str | None = None
    free_busy_only: bool = False


@dataclass(frozen=True, slots=True)
class User:
    """A person. `time_zone` is an IANA key known to this machine; `language` a BCP 47 tag;
    `region` an ISO 3166 code (optionally with a subdivision, "DE-BE") or empty when nobody said."""

    id: UserId
    organisation: OrganisationId
    email: str
    name: str
    time_zone: str
    language: str = "en-GB"
    region: str = ""
    hours: WeeklyHours = OFFICE_HOURS
    paused_until: date | None = None

    @property
    def first_name(self) -> str:
        """What the bot calls a person once the full name was said."""
        return self.name.split()[0] if self.name.strip() else self.email


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a programme."""

    user: UserId
    programme: ProgrammeId
    role: Role
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A mentor and a mentee of one programme.

    `opens_at`: from then on each may look up the other's free times (decision 13): a day after it was made, or as
    soon as both were told.
    """

    id: MatchId
    programme: ProgrammeId
    mentor: UserId
    mentee: UserId
    opens_at: datetime
    ended_at: datetime | None = None

    def partner_of(self, user: UserId) -> UserId:
        """The other one. Raises ValueError if the user is not in this match."""
        if user == self.mentor:
            return self.mentee
        if user == self.mentee:
            return self.mentor
        raise ValueError("not one of this match")
