"""Who takes part: organisations, users, their chat accounts, their hours, their roles and matches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from .itinerary import Trip, itinerary_of
from .wall_clock import zone_at

OrganisationId = NewType("OrganisationId", int)
ProgrammeId = NewType("ProgrammeId", int)
UserId = NewType("UserId", int)
MatchId = NewType("MatchId", int)

DAY_MINUTES = 24 * 60
OPENS_BY_ITSELF = timedelta(hours=24)
NOBODY = "(deleted)"  # stands for the name of whoever had their data deleted


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

    @property
    def chat(self) -> str:
        """Which one: the issuer's first word, "slack" of "slack:T0123"."""
        return self.issuer.partition(":")[0]


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

    `account_domains`: accounts there may be connected although the programme knows the person by another address.
    `groups_only`: its admins are told of groups of five or more, and of nobody by name (decision 22).
    `free_busy_only` replaces every connection that could read or write more (decision 8); its operator alone sets it.
    """

    id: OrganisationId
    name: str
    google_domains: tuple[str, ...] = ()
    entra_tenant: str | None = None
    contact: str | None = None
    account_domains: tuple[str, ...] = ()
    groups_only: bool = False
    free_busy_only: bool = False


class Source(StrEnum):
    """Who said so. What stands further down is not replaced by what stands further up (decision 16)."""

    IMPORT = "import"
    CHAT = "chat"
    CALENDAR = "calendar"
    PERSON = "person"

    def yields_to(self, other: Source) -> bool:
        """What came from here may be replaced by what the other says."""
        order = tuple(Source)
        return order.index(self) <= order.index(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """What a person has set for themselves.

    `zone_from` and `hours_from`: who said the User's zone and hours. `trips`: days in other zones, in order and apart.
    `room`: the https address of a standing room, or empty. `private_events`: the sessions' events are marked private.
    `calendars`: the provider's ids of further calendars of their own that count, beside the main one. `asked_zone`: a
    zone their chat had said when they were last asked which one is right. `group_confirmations`: new sessions are
    confirmed in a group message of the two, too, if both want it. `asked_after`: asked about sessions that are over.
    """

    zone_from: Source = Source.IMPORT
    hours_from: Source = Source.IMPORT
    trips: tuple[Trip, ...] = ()
    room: str = ""
    private_events: bool = False
    calendars: tuple[str, ...] = ()
    asked_zone: str = ""
    group_confirmations: bool = False
    asked_after: bool = True


@dataclass(frozen=True, slots=True)
class User:
    """A person. `time_zone` is the IANA key of the zone they live in, known to this machine; `language` a BCP 47 tag;
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
    own: OwnSettings = OwnSettings()

    @property
    def itinerary(self) -> str:
        """Their zone with their trips: the clocks they live by, for whatever shows or counts their time."""
        return itinerary_of(self.time_zone, self.own.trips)

    def zone_at(self, instant: datetime) -> str:
        """The IANA key of the zone they are in then."""
        return zone_at(self.itinerary, instant)

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
