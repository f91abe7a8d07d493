"""What a FreeBusySource promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, ProviderUnavailable
from calendar_core.interval import Interval
from calendar_core.ports import Calendar
from calendar_core.providers.patience import Patience
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.world import AllDay, Response, Shows

from .ground import DAY, NO_ANSWER, NOW, WHEN, ProviderGround, named


class FreeBusyContract(ProviderGround):
    """Busy, free, or unknown; never a guess."""

    most_calls: ClassVar[int] = 4
    """To a calendar that does not answer."""

    @pytest.mark.parametrize("shows", ["busy", "tentative", "oof"])
    async def test_what_is_in_the_calendar_is_not_free(
        self, sandbox: Sandbox, calendar: Calendar, shows: Shows
    ) -> None:
        self.put(sandbox, WHEN.start, WHEN.end, shows)
        seen = await calendar.free_busy.free_busy(DAY)
        assert (seen.window, seen.blocked(tentative_is_busy=True)) == (DAY, (WHEN,))

    @pytest.mark.parametrize("shows", ["free", "elsewhere"])
    async def test_what_is_shown_as_free_is_free(self, sandbox: Sandbox, calendar: Calendar, shows: Shows) -> None:
        self.put(sandbox, WHEN.start, WHEN.end, shows)
        assert (await calendar.free_busy.free_busy(DAY)).blocked(tentative_is_busy=True) == ()

    @pytest.mark.parametrize(
        ("response", "blocked"),
        [("accepted", (WHEN,)), ("tentative", (WHEN,)), ("needsAction", (WHEN,)), ("declined", ())],
    )
    async def test_an_invitation_blocks_unless_it_was_declined(
        self, sandbox: Sandbox, calendar: Calendar, response: Response, blocked: tuple[Interval, ...]
    ) -> None:
        self.put(sandbox, WHEN.start, WHEN.end, invited_by="gil@example.com", response=response)
        assert (await calendar.free_busy.free_busy(DAY)).blocked(tentative_is_busy=True) == blocked

    async def test_an_empty_calendar_is_free_for_the_whole_window(self, calendar: Calendar) -> None:
        seen = await calendar.free_busy.free_busy(DAY)
        assert (seen.window, seen.busy, seen.tentative) == (DAY, (), ())

    async def test_an_all_day_event_covers_the_owners_day(self, sandbox: Sandbox, calendar: Calendar) -> None:
        self.put_when(sandbox, AllDay(date(2026, 11, 1), date(2026, 11, 2)))
        around = Interval.lasting(datetime(2026, 10, 31, tzinfo=UTC), 4 * 24 * 60)
        day = Interval.between(datetime(2026, 11, 1, 4, tzinfo=UTC), datetime(2026, 11, 2, 5, tzinfo=UTC))
        assert (await calendar.free_busy.free_busy(around)).busy == (day,), "New York's day of 25 hours"

    async def test_busy_times_are_cut_to_the_window_and_joined(self, sandbox: Sandbox, calendar: Calendar) -> None:
        hour = timedelta(hours=1)
        self.put(sandbox, DAY.start - hour, DAY.start + hour)
        self.put(sandbox, DAY.start + hour, DAY.start + 2 * hour)
        self.put(sandbox, DAY.start + hour / 2, DAY.start + hour)
        self.put(sandbox, DAY.end - hour, DAY.end + 48 * hour)
        self.put(sandbox, DAY.start - 3 * hour, DAY.start)
        self.put(sandbox, DAY.end, DAY.end + hour)
        assert (await calendar.free_busy.free_busy(DAY)).busy == (
            Interval.between(DAY.start, DAY.start + 2 * hour),
            Interval.between(DAY.end - hour, DAY.end),
        )

    async def test_sixty_days_are_seen_without_a_gap(self, sandbox: Sandbox, calendar: Calendar) -> None:
        window = Interval.lasting(NOW, 60 * 24 * 60)
        busy = [
            Interval.lasting(NOW + timedelta(days=day, minutes=minute), 60 * 24 * 2)
            for day, minute in ((0, 5), (29, 0), (33, 11), (57, 3))
        ]
        for each in busy:
            self.put(sandbox, each.start, each.end)
        seen = await calendar.free_busy.free_busy(window)
        assert (seen.window, seen.busy) == (window, tuple(busy))
        assert len(self.calls(sandbox, self.operations.free_busy)) == 2

    async def test_a_look_of_a_month_is_one_call(self, sandbox: Sandbox, calendar: Calendar) -> None:
        await calendar.free_busy.free_busy(Interval.lasting(NOW, 31 * 24 * 60))
        assert len(self.calls(sandbox, self.operations.free_busy)) == 1

    @pytest.mark.parametrize("fault", NO_ANSWER, ids=named)
    async def test_a_calendar_that_does_not_answer_is_never_free(
        self, sandbox: Sandbox, calendar: Calendar, fault: Fault
    ) -> None:
        self.trouble(sandbox, replace(fault, times=None), self.operations.free_busy)
        with pytest.raises(ProviderUnavailable):
            await calendar.free_busy.free_busy(DAY)
        assert 1 < len(self.calls(sandbox, self.operations.free_busy)) <= self.most_calls

    async def test_one_part_that_does_not_answer_leaves_the_whole_unknown(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience
    ) -> None:
        calendar = await self.open(sandbox, connections, self.ana.address, replace(patience, tries=1), 10)
        self.trouble(sandbox, Fault("status"), self.operations.free_busy)
        with pytest.raises(ProviderUnavailable):
            await calendar.free_busy.free_busy(Interval.lasting(NOW, 60 * 24 * 60))

    @pytest.mark.parametrize("fault", NO_ANSWER, ids=named)
    async def test_one_failure_in_passing_goes_unnoticed(
        self, sandbox: Sandbox, calendar: Calendar, fault: Fault
    ) -> None:
        self.put(sandbox, WHEN.start, WHEN.end)
        self.trouble(sandbox, fault, self.operations.free_busy)
        assert (await calendar.free_busy.free_busy(DAY)).busy == (WHEN,)

    async def test_a_calendar_that_takes_too_long_is_not_waited_for(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience
    ) -> None:
        self.trouble(sandbox, Fault("delay", delay_ms=1500, times=None), self.operations.free_busy)
        calendar = await self.open(sandbox, connections, self.ana.address, replace(patience, tries=1), 0.4)
        with pytest.raises(ProviderUnavailable):
            await calendar.free_busy.free_busy(DAY)

    async def test_a_person_without_a_calendar_is_said_to_have_none(self, sandbox: Sandbox, calendar: Calendar) -> None:
        sandbox.world.add_mailbox(replace(self.ana, has_calendar=False))
        with pytest.raises(ConsentRevoked):
            await calendar.free_busy.free_busy(DAY)
