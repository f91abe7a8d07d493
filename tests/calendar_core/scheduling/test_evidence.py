"""What is made of a calendar that does not answer, and of a database of ours that does not."""

from __future__ import annotations

import asyncio

from calendar_core.availability.free_busy import Unanswered
from calendar_core.integration import Integration
from calendar_core.people import User
from calendar_core.ports import Calendar
from calendar_core.scheduling.evidence import Evidence

from .stage import Stage, at

WHEN = at("2026-11-24T09:00", "America/New_York")


class NeverAnswers:
    """Calendars that hang."""

    async def of(self, user: User) -> Calendar:
        await asyncio.Event().wait()
        raise AssertionError

    async def through(self, user: User, integration: Integration) -> Calendar:
        return await self.of(user)


async def test_a_calendar_that_hangs_is_not_waited_for(stage: Stage) -> None:
    evidence = Evidence(stage.store.sessions, NeverAnswers(), stage.sandbox.clock, answer_within=0.01)
    looked = await evidence.look(await stage.scheduling.pairs.pair(stage.ana, stage.match.id), WHEN)
    assert [type(side.seen) for side in looked.question.sides] == [Unanswered, Unanswered]
