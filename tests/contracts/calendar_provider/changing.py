"""What an EventWriter promises of an event that stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calendar_core.errors import EventGone
from calendar_core.participation import Participation
from calendar_core.ports import Calendar
from sandbox.app import Sandbox
from sandbox.faults import Fault, Kind
from sandbox.world import Attendee, Timed

from .ground import DAY, LATER, SECRET, WHEN, ProviderGround


class ReadingContract(ProviderGround):
    """As it stands now, and nothing private."""

    async def test_what_the_owner_does_is_read(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        [hers] = self.copies(sandbox, "ana@example.com")
        moved = sandbox.world.update(replace(hers, when=Timed(LATER.start, LATER.end), shows="free"))
        seen = await calendar.events.read(event.id)
        assert (seen.when, seen.busy, seen.cancelled) == (LATER, False, False)
        assert seen.etag != event.etag
        sandbox.world.cancel(moved)
        assert await self.is_gone(calendar, event)
        assert await calendar.events.find(self.draft().key) is None

    async def test_what_never_was_is_gone(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        unknown = event.id[:-4] + "0000"
        with pytest.raises(EventGone):
            await calendar.events.read(unknown)
        assert await calendar.events.find(f"{99:032x}") is None

    async def test_the_attendees_answer_is_read(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        [his] = self.copies(sandbox, "gil@example.com")
        sandbox.world.answer(his, "declined")
        assert (await calendar.events.read(event.id)).answers == (("gil@example.com", Participation.DECLINED),)

    async def test_titles_and_other_people_are_never_returned(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        [hers] = self.copies(sandbox, "ana@example.com")
        attendees = (*hers.attendees, Attendee("a.friend@example.com", "A Friend", "accepted"))
        sandbox.world.update(replace(hers, title=SECRET, body=SECRET, location=SECRET, attendees=attendees))
        self.put(sandbox, WHEN.start, WHEN.end)
        seen = [
            await calendar.events.read(event.id),
            await calendar.events.find(self.draft().key),
            await calendar.events.create(self.draft()),
            await calendar.events.move(event.id, LATER, "America/New_York"),
            await calendar.free_busy.free_busy(DAY),
        ]
        assert SECRET not in repr(seen)
        assert "friend" not in repr(seen).lower()


class MovingContract(ProviderGround):
    """Same event, other time."""

    async def test_a_move_keeps_the_event_and_the_link_and_reaches_the_attendee(
        self, sandbox: Sandbox, calendar: Calendar
    ) -> None:
        event = await self.with_link(calendar)
        moved = await calendar.events.move(event.id, LATER, "America/New_York")
        assert (moved.id, moved.uid, moved.when, moved.conference) == (event.id, event.uid, LATER, event.conference)
        [his] = self.copies(sandbox, "gil@example.com")
        assert isinstance(his.when, Timed)
        assert (his.when.start, his.sequence) == (LATER.start, 1)
        assert [each.email for each in his.attendees] == ["gil@example.com"]

    async def test_moving_twice_is_once(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        for _ in range(2):
            await calendar.events.move(event.id, LATER, "America/New_York")
        [hers] = self.copies(sandbox, "ana@example.com")
        assert hers.sequence == 1

    @pytest.mark.parametrize("kind", ["drop", "truncate", "status"])
    async def test_a_move_whose_answer_is_lost_was_made_once(
        self, sandbox: Sandbox, calendar: Calendar, kind: Kind
    ) -> None:
        event = await calendar.events.create(self.draft())
        self.trouble(sandbox, Fault(kind, status=503, after_commit=True), self.operations.move)
        assert (await calendar.events.move(event.id, LATER, "America/New_York")).when == LATER
        [hers] = self.copies(sandbox, "ana@example.com")
        assert hers.sequence == 1

    async def test_what_is_gone_cannot_be_moved(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        await calendar.events.cancel(event.id)
        with pytest.raises(EventGone):
            await calendar.events.move(event.id, LATER, "America/New_York")


class CancellingContract(ProviderGround):
    """What is gone already is a success."""

    async def test_a_cancelled_event_goes_from_both_calendars(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        await calendar.events.cancel(event.id)
        assert self.copies(sandbox, "ana@example.com") == self.copies(sandbox, "gil@example.com") == []
        assert await self.is_gone(calendar, event)
        assert await calendar.events.find(self.draft().key) is None

    async def test_cancelling_twice_or_what_never_was_is_a_success(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        for _ in range(2):
            await calendar.events.cancel(event.id)
        await calendar.events.cancel(event.id[:-4] + "0000")

    @pytest.mark.parametrize("kind", ["drop", "status"])
    async def test_a_cancellation_whose_answer_is_lost_is_a_success(
        self, sandbox: Sandbox, calendar: Calendar, kind: Kind
    ) -> None:
        event = await calendar.events.create(self.draft())
        self.trouble(sandbox, Fault(kind, status=503, after_commit=True), self.operations.cancel)
        await calendar.events.cancel(event.id)
        assert self.copies(sandbox, "gil@example.com") == []


class AnsweringContract(ProviderGround):
    """An invitation is answered in one's own copy."""

    async def test_an_answer_travels_to_the_organizer(self, calendar: Calendar, invited: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        for answer in (Participation.ACCEPTED, Participation.ACCEPTED, Participation.DECLINED):
            await invited.events.answer(event.uid, WHEN, answer)
            assert (await calendar.events.read(event.id)).answers == (("gil@example.com", answer),)

    async def test_what_one_was_not_invited_to_cannot_be_answered(self, calendar: Calendar, invited: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        with pytest.raises(EventGone):
            await invited.events.answer(f"no-{event.uid}", WHEN, Participation.ACCEPTED)
        await calendar.events.cancel(event.id)
        with pytest.raises(EventGone):
            await invited.events.answer(event.uid, WHEN, Participation.ACCEPTED)
