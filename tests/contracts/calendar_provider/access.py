"""What every provider promises about being let in, and about being asked to wait."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, ProviderUnavailable
from calendar_core.ports import Calendar
from sandbox.app import Sandbox
from sandbox.faults import Fault

from .ground import DAY, ProviderGround


class AccessContract(ProviderGround):
    """Refused is not silent, and silent is not refused."""

    async def test_a_token_refused_once_is_renewed_unnoticed(self, sandbox: Sandbox, calendar: Calendar) -> None:
        await calendar.free_busy.free_busy(DAY)
        self.trouble(sandbox, Fault("status", status=401), self.operations.free_busy)
        await calendar.free_busy.free_busy(DAY)
        assert [call.status for call in self.calls(sandbox, self.operations.free_busy)] == [200, 401, 200]

    async def test_tokens_that_are_always_refused_mean_withdrawn_access(
        self, sandbox: Sandbox, calendar: Calendar
    ) -> None:
        self.trouble(sandbox, Fault("status", status=401, times=None), self.operations.free_busy)
        with pytest.raises(ConsentRevoked):
            await calendar.free_busy.free_busy(DAY)
        assert len(self.calls(sandbox, self.operations.free_busy)) == 2

    async def test_withdrawn_access_is_noticed_at_the_next_call_and_so_is_its_return(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, calendar: Calendar
    ) -> None:
        await calendar.free_busy.free_busy(DAY)
        await self.withdraw(sandbox)
        for _ in range(2):
            with pytest.raises(ConsentRevoked):
                await calendar.free_busy.free_busy(DAY)
        with pytest.raises(ConsentRevoked):
            await calendar.events.create(self.draft())
        await self.give_again(sandbox, connections)
        await calendar.free_busy.free_busy(DAY)

    async def test_a_provider_that_says_when_is_not_asked_sooner(
        self, sandbox: Sandbox, calendar: Calendar, pauses: list[float]
    ) -> None:
        self.trouble(sandbox, Fault("status", status=429, retry_after=3), self.operations.free_busy)
        await calendar.free_busy.free_busy(DAY)
        assert len(pauses) == 1
        assert 3 <= pauses[0] < 4

    async def test_a_long_wait_is_left_to_the_caller(self, sandbox: Sandbox, calendar: Calendar) -> None:
        self.trouble(sandbox, Fault("status", status=429, retry_after=120, times=None), self.operations.create)
        with pytest.raises(ProviderUnavailable) as silence:
            await calendar.events.create(self.draft())
        assert silence.value.retry_after == timedelta(seconds=120)
        assert len(self.calls(sandbox, self.operations.create)) == 1
