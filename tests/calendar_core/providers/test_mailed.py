"""Outlook - Domain Free/Busy Only: seen through getSchedule alone, written by mail; and what only such events do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest
from typing_extensions import override

from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.errors import ProviderRejected
from calendar_core.event import EventDraft, Person
from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.participation import Participation
from calendar_core.people import Role, User
from calendar_core.ports import Calendar
from calendar_core.providers import OPENERS, ProviderSettings, Surroundings
from calendar_core.providers.mailed import MailedEvents, MailedFrom
from calendar_core.providers.patience import Patience
from calendar_core.store import Store, migrate, open_store
from sandbox import world as outside
from sandbox.app import Sandbox
from sandbox.login.directory import FREE_BUSY_ROLES, TENANT
from tests.contracts.calendar_provider import FreeBusyContract, Operations, StandingContract
from tests.contracts.calendar_provider.ground import LATER, NOW, WHEN

from .microsoft.opened import organisation, settings_for

MAILBOX = Person("sessions@pairtime.example", "Pairtime")


class TestFreeBusyOnly(FreeBusyContract, StandingContract):
    suite: ClassVar[outside.Suite] = "microsoft"
    vendor = "graph"
    operations = Operations(free_busy="getSchedule", create="", read="", move="", cancel="")

    @pytest.fixture(autouse=True)
    async def store(self, tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[Store]:
        url = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"
        migrate(url)
        self.opened = open_store(url, sandbox.clock)
        self.users = {each.email: each for each in [await self.enrolled(name) for name in ("ana", "gil")]}
        yield self.opened
        await self.opened.close()

    async def enrolled(self, name: str) -> User:
        person = PersonEnrolled(
            organisation="Example",
            programme="Leaders 2026",
            role=Role.MENTEE,
            email=f"{name}@example.com",
            name=name.title(),
            time_zone="America/New_York",
        )
        await self.opened.enrolments.apply(Batch((person,), ()), NOW, tell=False)
        return (await self.opened.people.at_address(person.email))[0]

    @override
    async def open(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, address: str, patience: Patience, seconds: float
    ) -> Calendar:
        settings = settings_for(sandbox, patience, seconds)
        sandbox.entra.directory.consent(TENANT, settings.application.client_id, FREE_BUSY_ROLES)
        around = Surroundings(
            settings=ProviderSettings(microsoft=settings),
            organisation=organisation,
            connections=connections,
            real_now=sandbox.clock.real_now,
            mailed_from=self.mailed_from(sandbox),
        )
        opener = OPENERS[IntegrationKind.OUTLOOK_FREE_BUSY_ONLY](around)
        assert opener is not None
        user = self.users[address]
        how = Integration(user.id, IntegrationKind.OUTLOOK_FREE_BUSY_ONLY, Health.OK, address)
        return await opener.open(user, how)

    def mailed_from(self, sandbox: Sandbox) -> MailedFrom:
        people = self.opened.people
        return MailedFrom(invitations=self.opened.invitations, user=people.user, mailbox=MAILBOX, clock=sandbox.clock)

    @override
    def draft(self, attempt: int = 1, *, attendee: str = "gil@example.com", conference: bool = True) -> EventDraft:
        drafted = super().draft(attempt, attendee=attendee, conference=conference)
        return replace(
            drafted,
            organizer=replace(drafted.organizer, user=self.users["ana@example.com"].id),
            attendee=replace(drafted.attendee, user=self.users[attendee].id),
        )

    async def test_nothing_but_get_schedule_is_ever_asked(
        self, sandbox: Sandbox, calendar: Calendar, invited: Calendar
    ) -> None:
        await calendar.free_busy.free_busy(WHEN)
        event = await calendar.events.create(self.draft())
        await calendar.events.move(event.id, LATER, "America/New_York")
        await calendar.events.add_conference(event.id, f"{7:032x}")
        await calendar.events.give_link(event.id, "https://video.example.com/1")
        await calendar.events.read(event.id)
        await calendar.events.find(self.draft().key)
        await invited.events.answer(event.uid, LATER, Participation.ACCEPTED)
        await calendar.events.cancel(event.id)
        assert {call.operation for call in sandbox.log.of(vendor="graph")} == {"getSchedule"}

    async def test_the_permission_it_has_lets_nothing_be_written(self, sandbox: Sandbox, calendar: Calendar) -> None:
        await calendar.free_busy.free_busy(WHEN)
        assert calendar.events.suite is None

    async def test_the_mailbox_organizes_and_both_are_asked(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        assert event.organizer_email == MAILBOX.email
        assert event.answers == (
            ("ana@example.com", Participation.NEEDS_ACTION),
            ("gil@example.com", Participation.NEEDS_ACTION),
        )
        assert (event.conference, event.conference_pending) == (None, False)
        assert event.uid == f"{self.draft().key}@pairtime.example"

    async def test_no_link_is_made_up(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        assert (await calendar.events.add_conference(event.id, f"{7:032x}")).conference is None
        linked = await calendar.events.give_link(event.id, "https://video.example.com/1")
        assert linked.conference is not None
        assert (linked.conference.url, linked.conference.suite) == ("https://video.example.com/1", None)

    async def test_a_standing_room_is_used(self, calendar: Calendar) -> None:
        event = await calendar.events.create(replace(self.draft(), room="https://video.example.com/anas-room"))
        assert event.conference is not None
        assert (event.conference.url, event.conference.suite) == ("https://video.example.com/anas-room", None)

    async def test_answers_are_kept_until_a_new_time_asks_again(self, calendar: Calendar, invited: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        await invited.events.answer(event.uid, WHEN, Participation.ACCEPTED)
        await calendar.events.answer(event.uid, WHEN, Participation.DECLINED)
        assert (await calendar.events.read(event.id)).answers == (
            ("ana@example.com", Participation.DECLINED),
            ("gil@example.com", Participation.ACCEPTED),
        )
        moved = await calendar.events.move(event.id, LATER, "America/New_York")
        assert {answer for _, answer in moved.answers} == {Participation.NEEDS_ACTION}

    async def test_the_sequence_rises_with_each_new_time_and_with_the_end(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        await calendar.events.move(event.id, LATER, "America/New_York")
        await calendar.events.give_link(event.id, "https://video.example.com/1")
        await calendar.events.move(event.id, WHEN, "America/New_York")
        await calendar.events.cancel(event.id)
        stored = await self.opened.invitations.of(event.id)
        assert stored is not None
        assert (stored.sequence, stored.edition, stored.cancelled) == (3, 4, True)

    async def test_without_mail_nobody_is_invited(self, sandbox: Sandbox) -> None:
        events = MailedEvents(replace(self.mailed_from(sandbox), mailbox=None), self.users["ana@example.com"].id)
        with pytest.raises(ProviderRejected):
            await events.create(self.draft())
        assert await events.find(self.draft().key) is None
