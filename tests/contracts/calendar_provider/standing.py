"""What every EventWriter promises by its own answers alone, wherever the event lies and however people hear of it."""

from __future__ import annotations

import asyncio

import pytest

from calendar_core.errors import EventGone, KeyTaken
from calendar_core.participation import Participation
from calendar_core.ports import Calendar

from .ground import LATER, WHEN, ProviderGround

LINK = "https://video.example.com/our-room?a=1;b,2"


class StandingContract(ProviderGround):
    """One event a key, as long as it stands; and what is gone stays gone."""

    async def test_what_was_made_is_found_and_read(self, calendar: Calendar) -> None:
        assert await calendar.events.find(self.draft().key) is None
        event = await calendar.events.create(self.draft())
        assert (event.when, event.cancelled, event.busy) == (WHEN, False, True)
        assert dict(event.answers)["gil@example.com"] == "NEEDS-ACTION"
        read, found = await calendar.events.read(event.id), await calendar.events.find(self.draft().key)
        assert found is not None
        assert {(each.id, each.uid, each.when) for each in (event, read, found)} == {(event.id, event.uid, WHEN)}

    async def test_one_key_makes_one_event(self, calendar: Calendar) -> None:
        made = await asyncio.gather(*(calendar.events.create(self.draft()) for _ in range(4)))
        made.append(await calendar.events.create(self.draft()))
        assert len({(event.id, event.uid) for event in made}) == 1
        other = await calendar.events.create(self.draft(attempt=2))
        assert (other.id, other.uid) != (made[0].id, made[0].uid)

    async def test_the_key_of_what_was_cancelled_is_taken_for_ever(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        await calendar.events.cancel(event.id)
        assert await self.is_gone(calendar, event)
        assert await calendar.events.find(self.draft().key) is None
        with pytest.raises(KeyTaken):
            await calendar.events.create(self.draft())
        assert (await calendar.events.create(self.draft(attempt=2))).when == WHEN

    async def test_a_moved_event_is_the_same_event(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        for _ in range(2):
            moved = await calendar.events.move(event.id, LATER, "America/New_York")
            assert (moved.id, moved.uid, moved.when) == (event.id, event.uid, LATER)
        assert (await calendar.events.create(self.draft())).when == LATER, "made once, and returned as it stands"

    async def test_what_is_gone_is_neither_moved_nor_linked_and_cancelled_all_the_same(
        self, calendar: Calendar
    ) -> None:
        event = await calendar.events.create(self.draft())
        for _ in range(2):
            await calendar.events.cancel(event.id)
        with pytest.raises(EventGone):
            await calendar.events.move(event.id, LATER, "America/New_York")
        with pytest.raises(EventGone):
            await calendar.events.give_link(event.id, LINK)
        with pytest.raises(EventGone):
            await calendar.events.read(event.id[:-4] + "0000")
        await calendar.events.cancel(event.id[:-4] + "0000")

    async def test_a_link_that_was_given_twice_is_given_once(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft(conference=False))
        for _ in range(2):
            linked = await calendar.events.give_link(event.id, LINK)
            assert (linked.id, linked.when) == (event.id, event.when)

    async def test_nobody_answers_what_was_never_sent_to_them(self, calendar: Calendar, invited: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        with pytest.raises(EventGone):
            await invited.events.answer(f"no-{event.uid}", WHEN, Participation.ACCEPTED)
