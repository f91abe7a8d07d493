"""Where every calendar provider is tried: two people, their calendars, and trouble on demand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar

import aiohttp
import pytest

from calendar_core.errors import EventGone
from calendar_core.event import Event, EventDraft, Person
from calendar_core.interval import Interval
from calendar_core.ports import Calendar
from calendar_core.providers.connections import open_connections
from calendar_core.providers.patience import Patience
from sandbox import world as outside
from sandbox.app import Sandbox
from sandbox.calls import Call
from sandbox.faults import Fault
from sandbox.world import Attendee, Mailbox, Response, Shows, Timed

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(datetime(2026, 11, 24, tzinfo=UTC), 24 * 60)
WHEN = Interval.lasting(datetime(2026, 11, 24, 14, tzinfo=UTC), 45)
LATER = Interval.lasting(datetime(2026, 11, 25, 15, tzinfo=UTC), 45)
SECRET = "Dentist with Dr. Who"
ABROAD = Mailbox("lea@elsewhere.example.com", "Lea Brandt", "google", "Europe/Berlin")
NO_ANSWER: tuple[Fault, ...] = (
    Fault("status", status=500),
    Fault("status", status=503),
    Fault("status", status=429),
    Fault("html", status=200),
    Fault("html", status=502),
    Fault("empty", status=200),
    Fault("truncate"),
    Fault("drop"),
)


@dataclass(frozen=True, slots=True)
class Operations:
    """What the sandbox calls the provider's requests; `move` is the one that writes."""

    free_busy: str
    create: str
    read: str
    move: str
    cancel: str


def named(fault: Fault) -> str:
    """For test ids."""
    return f"{fault.kind}-{fault.status}"


class ProviderGround(ABC):
    """`ana` organizes, `gil` is invited; both are in the provider's suite. Times are the world's."""

    suite: ClassVar[outside.Suite]
    vendor: ClassVar[str]
    operations: ClassVar[Operations]

    @abstractmethod
    async def open(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, address: str, patience: Patience, seconds: float
    ) -> Calendar:
        """The person's calendar, to which this installation is let in; one request may take so many `seconds`."""

    # What a test finds

    @pytest.fixture
    async def sandbox(self) -> AsyncIterator[Sandbox]:
        async with Sandbox(now=NOW) as running:
            for mailbox in (self.ana, self.gil, ABROAD):
                running.world.add_mailbox(mailbox)
            yield running

    @pytest.fixture
    async def connections(self) -> AsyncIterator[aiohttp.ClientSession]:
        async with open_connections() as connections:
            yield connections

    @pytest.fixture
    def pauses(self) -> list[float]:
        """How long the provider was left alone before it was asked again: noted, not waited."""
        return []

    @pytest.fixture
    def patience(self, pauses: list[float]) -> Patience:
        async def pause(seconds: float) -> None:
            pauses.append(seconds)

        return Patience(pause=pause)

    @pytest.fixture
    async def calendar(self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience) -> Calendar:
        return await self.open(sandbox, connections, self.ana.address, patience, 10)

    @pytest.fixture
    async def invited(self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience) -> Calendar:
        return await self.open(sandbox, connections, self.gil.address, patience, 10)

    @property
    def ana(self) -> Mailbox:
        return Mailbox("ana@example.com", "Ana Ruiz", self.suite, "America/New_York")

    @property
    def gil(self) -> Mailbox:
        return Mailbox("gil@example.com", "Gil Mora", self.suite, "Europe/Madrid")

    # Who lets us in

    async def withdraw(self, sandbox: Sandbox) -> None:
        """Whoever gave consent takes it back."""
        sandbox.world.revoke("example.com")

    async def give_again(self, sandbox: Sandbox, connections: aiohttp.ClientSession) -> None:
        """And gives it once more."""
        sandbox.world.restore("example.com")

    # What a test does

    def draft(self, attempt: int = 1, *, attendee: str = "gil@example.com", conference: bool = True) -> EventDraft:
        return EventDraft(
            key=f"{attempt:032x}",
            uid="session-1",
            title="Mentoring session",
            when=WHEN,
            zone="America/New_York",
            organizer=Person("ana@example.com", "Ana Ruiz"),
            attendee=Person(attendee, "Gil Mora"),
            conference=conference,
        )

    def put(
        self,
        sandbox: Sandbox,
        start: datetime,
        end: datetime,
        shows: Shows = "busy",
        *,
        invited_by: str | None = None,
        response: Response = "needsAction",
    ) -> outside.Event:
        """Something private in Ana's calendar."""
        return self.put_when(sandbox, Timed(start, end), shows, invited_by=invited_by, response=response)

    def put_when(
        self,
        sandbox: Sandbox,
        when: outside.When,
        shows: Shows = "busy",
        *,
        invited_by: str | None = None,
        response: Response = "needsAction",
    ) -> outside.Event:
        mine = self.ana.address
        made = sandbox.world.create(
            outside.Event(
                mailbox=invited_by or mine,
                id="",
                uid="",
                title=SECRET,
                when=when,
                organizer=outside.Person(invited_by or mine),
                attendees=(Attendee(mine),) if invited_by else (),
                shows=shows,
            )
        )
        if invited_by is None:
            return made
        copy = sandbox.world.by_uid(mine, made.uid)
        assert copy is not None
        return sandbox.world.answer(copy, response)

    def copies(self, sandbox: Sandbox, address: str) -> list[outside.Event]:
        """What stands in a calendar."""
        return [event for event in sandbox.world.events(address) if not event.deleted and event.status != "cancelled"]

    def calls(self, sandbox: Sandbox, operation: str) -> list[Call]:
        return sandbox.log.of(vendor=self.vendor, operation=operation)

    def trouble(self, sandbox: Sandbox, fault: Fault, operation: str) -> None:
        sandbox.faults.add(replace(fault, vendor=self.vendor, operation=operation))

    async def is_gone(self, calendar: Calendar, event: Event) -> bool:
        """Either the calendar still shows it as cancelled, or it has none."""
        try:
            return (await calendar.events.read(event.id)).cancelled
        except EventGone:
            return True

    async def with_link(self, calendar: Calendar) -> Event:
        event = await calendar.events.create(self.draft())
        return event if event.conference else await calendar.events.read(event.id)
