"""What EventWriter.create promises, and of the conference."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import aiohttp
import pytest

from calendar_core.errors import KeyTaken, ProviderUnavailable
from calendar_core.participation import Participation
from calendar_core.ports import Calendar
from calendar_core.providers.patience import Patience
from sandbox.app import Sandbox
from sandbox.faults import Fault, Kind
from sandbox.world import Minting, Timed

from .ground import ABROAD, LATER, WHEN, ProviderGround


class CreatingContract(ProviderGround):
    """Twice with one key is once."""

    async def test_an_event_is_made_in_both_calendars(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        assert (event.when, event.cancelled, event.busy) == (WHEN, False, True)
        assert event.organizer_email == "ana@example.com"
        assert event.answers == (("gil@example.com", Participation.NEEDS_ACTION),)
        [hers] = self.copies(sandbox, "ana@example.com")
        [his] = self.copies(sandbox, "gil@example.com")
        assert hers.uid == his.uid == event.uid
        assert hers.id == event.id
        assert (hers.title, hers.availability) == ("Mentoring session", "busy")
        assert isinstance(hers.when, Timed)
        assert (hers.when.start, hers.when.end) == (WHEN.start, WHEN.end)
        assert his.response == "needsAction"

    async def test_another_suites_attendee_is_invited_too(self, sandbox: Sandbox, calendar: Calendar) -> None:
        sandbox.world.add_mailbox(replace(ABROAD, suite="microsoft" if self.suite == "google" else "google"))
        event = await calendar.events.create(self.draft(attendee=ABROAD.address))
        [theirs] = self.copies(sandbox, ABROAD.address)
        assert theirs.uid == event.uid

    async def test_twice_with_one_key_is_once(self, sandbox: Sandbox, calendar: Calendar) -> None:
        first = await calendar.events.create(self.draft())
        second = await calendar.events.create(self.draft())
        assert (second.id, second.uid, second.when) == (first.id, first.uid, first.when)
        assert len(self.copies(sandbox, "ana@example.com")) == len(self.copies(sandbox, "gil@example.com")) == 1

    async def test_many_at_once_with_one_key_are_once(self, sandbox: Sandbox, calendar: Calendar) -> None:
        made = await asyncio.gather(*(calendar.events.create(self.draft()) for _ in range(8)))
        assert len({event.id for event in made}) == 1
        assert len(self.copies(sandbox, "ana@example.com")) == len(self.copies(sandbox, "gil@example.com")) == 1

    @pytest.mark.parametrize("kind", ["drop", "truncate", "html", "status"])
    async def test_a_lost_answer_makes_no_second_event(self, sandbox: Sandbox, calendar: Calendar, kind: Kind) -> None:
        self.trouble(sandbox, Fault(kind, status=503, after_commit=True), self.operations.create)
        event = await calendar.events.create(self.draft())
        assert [copy.id for copy in self.copies(sandbox, "ana@example.com")] == [event.id]
        assert len(self.copies(sandbox, "gil@example.com")) == 1

    async def test_what_became_of_a_silent_creation_can_be_found_out(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience
    ) -> None:
        once = replace(patience, tries=1)
        calendar = await self.open(sandbox, connections, self.ana.address, once, 10)
        assert await calendar.events.find(self.draft().key) is None
        self.trouble(sandbox, Fault("drop", after_commit=True), self.operations.create)
        with pytest.raises(ProviderUnavailable):
            await calendar.events.create(self.draft())
        found = await calendar.events.find(self.draft().key)
        assert found is not None
        assert (await calendar.events.create(self.draft())).id == found.id
        assert len(self.copies(sandbox, "ana@example.com")) == 1

    async def test_an_event_that_was_moved_meanwhile_is_returned_as_it_stands(
        self, sandbox: Sandbox, calendar: Calendar
    ) -> None:
        await calendar.events.create(self.draft())
        [hers] = self.copies(sandbox, "ana@example.com")
        sandbox.world.update(replace(hers, when=Timed(LATER.start, LATER.end)))
        assert (await calendar.events.create(self.draft())).when == LATER

    async def test_the_key_of_a_deleted_event_is_taken(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        await calendar.events.cancel(event.id)
        with pytest.raises(KeyTaken):
            await calendar.events.create(self.draft())
        again = await calendar.events.create(self.draft(attempt=2))
        assert [copy.id for copy in self.copies(sandbox, "ana@example.com")] == [again.id]


class ConferenceContract(ProviderGround):
    """A link comes, comes late, or does not come; the event stands."""

    async def test_a_link_that_is_late_comes_with_a_later_look(self, sandbox: Sandbox, calendar: Calendar) -> None:
        sandbox.world.minting[self.suite] = Minting(pending_answers=2)
        event = await calendar.events.create(self.draft())
        looks = 0
        while event.conference is None:
            assert event.conference_pending
            looks += 1
            assert looks < 5
            event = await calendar.events.read(event.id)
        assert event.conference.url.startswith("https://")
        assert not event.conference_pending
        assert event.conference.suite is calendar.events.suite

    async def test_a_link_that_failed_can_be_asked_for_again(self, sandbox: Sandbox, calendar: Calendar) -> None:
        sandbox.world.minting[self.suite] = Minting(outcome="failure")
        event = await calendar.events.create(self.draft())
        event = await calendar.events.read(event.id)
        assert event.conference is None
        sandbox.world.minting[self.suite] = Minting()
        await calendar.events.add_conference(event.id, f"{7:032x}")
        with_link = await calendar.events.read(event.id)
        assert with_link.conference is not None
        again = await calendar.events.add_conference(event.id, f"{8:032x}")
        assert again.conference == with_link.conference, "a working link is left alone"

    async def test_a_mailbox_that_makes_no_links_is_booked_without_one(
        self, sandbox: Sandbox, calendar: Calendar
    ) -> None:
        sandbox.world.add_mailbox(replace(self.ana, conference=False))
        event = await calendar.events.create(self.draft())
        assert (event.conference, event.conference_pending) == (None, False)
        assert len(self.copies(sandbox, "gil@example.com")) == 1

    async def test_a_link_that_a_person_gave_is_shown_as_the_place(self, sandbox: Sandbox, calendar: Calendar) -> None:
        sandbox.world.add_mailbox(replace(self.ana, conference=False))
        event = await calendar.events.create(self.draft())
        await calendar.events.give_link(event.id, "https://video.example.com/our-room")
        for address in ("ana@example.com", "gil@example.com"):
            [copy] = self.copies(sandbox, address)
            assert copy.location == "https://video.example.com/our-room"

    async def test_no_link_is_made_where_none_is_wanted(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft(conference=False))
        [hers] = self.copies(sandbox, "ana@example.com")
        assert (event.conference, event.conference_pending, hers.conference) == (None, False, None)
