"""People's calendars: read and written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from calendar_core.availability.free_busy import FreeBusy
from calendar_core.event import Event, EventDraft
from calendar_core.integration import Integration, Suite
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.people import Source, User, WeeklyHours
from calendar_core.wall_clock import same_clocks


class FreeBusySource(Protocol):
    """One person's calendar, asked when it is taken."""

    async def free_busy(self, window: Interval) -> FreeBusy:
        """Busy times inside the window, any length up to the horizon (chunking is the provider's affair).

        Returns only if the calendar answered for the whole window. Raises ProviderError otherwise. Reading
        twice is harmless.
        """


class EventWriter(Protocol):
    """Writes our own events into one person's calendar, that person being the organizer."""

    @property
    def suite(self) -> Suite | None:
        """Whose calendar, and so whose conference. None where the event is mailed: nobody makes a link there."""

    async def create(self, draft: EventDraft) -> Event:
        """Creates the event and invites the attendee. Twice with one key is once: the event that stands is
        returned, also when the answer to the first call was lost. Raises KeyTaken if that event was deleted
        since, ProviderUnavailable if it may or may not have been made, ProviderRejected if it was refused.
        """

    async def read(self, event_id: str) -> Event:
        """The event as it stands now, cancelled ones included while its calendar still shows them. Raises EventGone
        if there is none."""

    async def find(self, key: str) -> Event | None:
        """The event made under a key, or None if none stands there. The honest answer after a lost reply."""

    async def move(self, event_id: str, when: Interval, zone: str) -> Event:
        """Same event, other time; the attendee is told. Twice is once. Raises EventGone, also for a cancelled one."""

    async def cancel(self, event_id: str) -> None:
        """Removes it and tells the attendee. An event that is gone already is a success. Twice is once."""

    async def add_conference(self, event_id: str, key: str) -> Event:
        """Asks again for a link on an event that has none; a working link is left alone."""

    async def give_link(self, event_id: str, url: str) -> Event:
        """Writes a link that a person gave where the event's place is shown. Twice is once. Raises EventGone, also for
        a cancelled one."""

    async def answer(self, uid: str, when: Interval, answer: Participation) -> None:
        """Answers an invitation in this person's own copy, found by `Event.uid` of the organizer's copy; the
        organizer is told. Twice is once. Raises EventGone."""


@dataclass(frozen=True, slots=True)
class OwnHours:
    """When somebody works, as their own calendar has it: an IANA zone known to this machine, and the week by it."""

    time_zone: str
    hours: WeeklyHours

    def taken_over_by(self, user: User, now: datetime, *, asked: bool = False) -> User:
        """The person with these, but for what they said themselves (decision 16). `asked`: the hours even so, as it is
        these that they want. A zone whose clocks are the same all year keeps its name: Outlook knows Copenhagen and
        Madrid as Paris."""
        own = replace(user.own, hours_from=Source.CALENDAR) if asked else user.own
        if own.zone_from.yields_to(Source.CALENDAR):
            own = replace(own, zone_from=Source.CALENDAR)
            zone = user.time_zone if same_clocks(user.time_zone, self.time_zone, now) else self.time_zone
            user = replace(user, time_zone=zone)
        if own.hours_from.yields_to(Source.CALENDAR):
            own = replace(own, hours_from=Source.CALENDAR)
            user = replace(user, hours=self.hours)
        return replace(user, own=own)


class HoursSource(Protocol):
    """One person's own working hours, as their calendar has them."""

    async def working_hours(self) -> OwnHours | None:
        """None where the calendar has none, or none that we could understand. Raises ProviderError."""


class Owner(Protocol):
    """Whose a mailbox is."""

    async def insist_on_person(self) -> bool:
        """Raises ConsentRevoked(NOT_A_PERSON) for a mailbox that several people share, and for a room's or a machine's.
        False where it cannot be told: it is then taken for a person's. Asking twice is harmless."""


class Excess(Protocol):
    """What must not be allowed to us, and may be all the same."""

    async def allowed(self) -> bool:
        """Whether we could do more in this mailbox than we ask for. Nothing is done with it. Raises
        ProviderUnavailable, ProviderRejected."""


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """A calendar that a person owns beside the main one: the provider's id, and what the person calls it (for that
    person's eyes alone)."""

    id: str
    name: str


class CalendarList(Protocol):
    """The calendars of one person."""

    async def own_calendars(self) -> tuple[OwnCalendar, ...]:
        """Those the person owns, without the main one, by name. Raises ProviderError: ConsentRevoked or
        ProviderRejected where seeing them was not allowed, which says nothing about free/busy."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What one integration allows. `events` mails invitations where nothing can be written; `hours` is None where
    working hours cannot be read, `others` where only the main calendar can count, `owner` where nobody says whose it
    is, `excess` where it cannot be told."""

    free_busy: FreeBusySource
    events: EventWriter
    hours: HoursSource | None = None
    owner: Owner | None = None
    others: CalendarList | None = None
    excess: Excess | None = None


class Calendars(Protocol):
    """Opens people's calendars. Whether by domain or by the person's own consent stays behind it."""

    async def of(self, user: User) -> Calendar:
        """Raises NotIntegrated. Asks no provider by itself beyond the token it may need later."""

    async def through(self, user: User, integration: Integration) -> Calendar:
        """Opened by that integration, whatever is stored and however ill it is. Every look-up opens calendars so: it
        has read the connections already, and one that broke heals as soon as its calendar lets us in. Raises
        NotIntegrated for a kind that this installation is not set up for."""

    async def formerly(self, user: User, integration: Integration) -> Calendar:
        """The same, by a connection that was replaced: how it goes says nothing about the present one."""

    def by_mail(self, user: User) -> EventWriter:
        """Writes events that no calendar holds, for one of their two people: however that person is connected by now.
        Raises NotIntegrated where this installation mails nothing."""
