"""What is made of a calendar that does not answer, and of a database of ours that does not."""

from __future__ import annotations

import asyncio

import pytest
from typing_extensions import override

from calendar_core.availability.free_busy import Unanswered
from calendar_core.errors import StoreUnavailable
from calendar_core.integration import Integration, IntegrationKind
from calendar_core.people import User
from calendar_core.ports import Calendar, EventWriter
from calendar_core.scheduling.evidence import Evidence
from sandbox.faults import Fault

from .stage import Stage, at

WHEN = at("2026-11-24T09:00", "America/New_York")


class NeverAnswers:
    """Calendars that hang."""

    async def of(self, user: User) -> Calendar:
        await asyncio.Event().wait()
        raise AssertionError

    async def through(self, user: User, integration: Integration) -> Calendar:
        return await self.of(user)

    async def formerly(self, user: User, integration: Integration) -> Calendar:
        return await self.of(user)

    def by_mail(self, user: User) -> EventWriter:
        raise AssertionError


async def test_a_calendar_that_hangs_is_not_waited_for(stage: Stage) -> None:
    evidence = Evidence(stage.store.sessions, NeverAnswers(), stage.sandbox.clock, answer_within=0.01)
    looked = await evidence.look(await stage.scheduling.pairs.pair(stage.ana, stage.match.id), WHEN)
    assert [type(side.seen) for side in looked.question.sides] == [Unanswered, Unanswered]


class DatabaseAway(NeverAnswers):
    """What is known of a person's connection cannot be read."""

    @override
    async def of(self, user: User) -> Calendar:
        raise StoreUnavailable


async def test_a_database_that_is_away_is_not_blamed_on_a_calendar(stage: Stage) -> None:
    evidence = Evidence(stage.store.sessions, DatabaseAway(), stage.sandbox.clock)
    pair = await stage.scheduling.pairs.pair(stage.ana, stage.match.id)
    with pytest.raises(StoreUnavailable):
        await evidence.look(pair, WHEN)


async def test_a_silent_calendar_is_counted_and_logged_by_kind_alone(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    evidence = Evidence(stage.store.sessions, stage.calendars, stage.sandbox.clock)
    stage.sandbox.faults.add(Fault("status", mailbox="sam@example.com", status=400, times=0))
    await evidence.look(await stage.scheduling.pairs.pair(stage.ana, stage.match.id), WHEN)
    assert evidence.silences == {(IntegrationKind.GOOGLE_DOMAIN, "ProviderRejected"): 1}
    (line,) = [record for record in caplog.records if record.name == "calendar_core.scheduling.evidence"]
    assert (line.getMessage(), line.__dict__["kind"]) == ("a calendar did not answer", "ProviderRejected")
    assert "example.com" not in str(line.__dict__)
