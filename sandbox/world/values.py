"""What the world is made of, neutral between suites: mailboxes, and each mailbox's own copies of events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

Suite = Literal["google", "microsoft"]
Purpose = Literal["user", "shared", "room", "list"]
Response = Literal["needsAction", "accepted", "tentative", "declined"]
Shows = Literal["free", "tentative", "busy", "oof", "elsewhere"]
Status = Literal["confirmed", "tentative", "cancelled"]
Role = Literal["freeBusyReader", "reader", "writer", "owner"]
"""What somebody may do with a calendar."""
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Days (0 = Monday) and minutes from local midnight, the end excluded."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    start: int = 9 * 60
    end: int = 17 * 60


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One person's account and calendar in one suite. The address is lower case."""

    address: str
    name: str
    suite: Suite
    time_zone: str
    hours: WorkingHours = WorkingHours()
    conference: bool = True
    """Licensed to make conference links."""
    has_calendar: bool = True
    """False: the account exists, the suite's calendar is switched off or lives elsewhere."""
    suspended: bool = False
    purpose: Purpose = "user"
    """Whose it is, as its suite sees it. A list is no mailbox: mail to it goes on to others."""
    owner: str = ""
    """Of a secondary calendar (Google): the account it belongs to. Nobody signs in with such an address."""
    apart: bool = False
    """What an administrator consents to does not reach it: at Google an account that the domain does not manage, at
    Microsoft one outside the scope of the application's role. Its owner's own consent does."""

    @property
    def domain(self) -> str:
        return self.address.partition("@")[2]


@dataclass(frozen=True, slots=True)
class Timed:
    """From one moment (UTC) to another, with the zone names they were written with."""

    start: datetime
    end: datetime
    start_zone: str = "UTC"
    end_zone: str = "UTC"

    def bounds(self, _zone: str) -> tuple[datetime, datetime]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class AllDay:
    """Floating days, the last one excluded; which moments they cover depends on whose calendar it is."""

    start: date
    end: date

    def bounds(self, zone: str) -> tuple[datetime, datetime]:
        local = ZoneInfo(zone)
        return (
            datetime.combine(self.start, time.min, local).astimezone(UTC),
            datetime.combine(self.end, time.min, local).astimezone(UTC),
        )


When = Timed | AllDay


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attendee:
    email: str
    name: str = ""
    response: Response = "needsAction"
    optional: bool = False
    comment: str = ""
    answered: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conference:
    """A link minted by the organizer's suite, or on its way. `ready_at` is real time (epoch seconds)."""

    kind: Literal["Meet", "Teams"]
    state: Literal["pending", "success", "failure"]
    request_id: str
    url: str = ""
    pending_answers: int = 0
    ready_at: float = 0.0
    outcome: Literal["success", "failure"] = "success"


@dataclass(frozen=True, slots=True)
class Event:
    """One copy of an event, in one mailbox; copies of the same event share `uid`.

    `shows` is what the organizer (or the owner, later) chose; `availability` is what it comes to here.
    `revision` grows with every change in the world and is never reused: etags and sync tokens are made of it.
    `extra` is what only this copy's suite knows about it, in that suite's own words.
    """

    mailbox: str
    id: str
    uid: str
    title: str
    when: When
    organizer: Person
    attendees: tuple[Attendee, ...] = ()
    body: str = ""
    body_is_html: bool = False
    location: str = ""
    status: Status = "confirmed"
    shows: Shows = "busy"
    private: bool = False
    conference: Conference | None = None
    private_properties: Mapping[str, str] = field(default_factory=dict)
    """Of this copy alone (Google: private; Graph: single-value, keyed by its id)."""
    shared_properties: Mapping[str, str] = field(default_factory=dict)
    transaction_id: str = ""
    sequence: int = 0
    revision: int = 0
    created: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    updated: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    deleted: bool = False
    """No longer in the owner's calendar; the id stays taken."""
    extra: Mapping[str, Json] = field(default_factory=dict)

    @property
    def is_organizer_copy(self) -> bool:
        return self.organizer.email == self.mailbox

    @property
    def response(self) -> Response | None:
        """This mailbox's own answer; None on the organizer's copy and where it was not asked."""
        if self.is_organizer_copy:
            return None
        return next((a.response for a in self.attendees if a.email == self.mailbox), None)

    @property
    def availability(self) -> Shows:
        """What others see of this time: cancelled and declined are free, unanswered is tentative."""
        if self.deleted or self.status == "cancelled" or self.response == "declined":
            return "free"
        if self.shows == "busy" and (self.response in ("needsAction", "tentative") or self.status == "tentative"):
            return "tentative"
        return self.shows

    @property
    def is_busy(self) -> bool:
        return self.availability not in ("free", "elsewhere")
