"""The Microsoft provider keeps what every provider promises."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest
from typing_extensions import override

from calendar_core.ports import Calendar
from calendar_core.providers.patience import Patience
from calendar_core.store import Store
from sandbox import world as outside
from sandbox.app import Sandbox
from sandbox.world import Mailbox
from tests.calendar_core.providers.keeping import kept
from tests.contracts.calendar_provider import CalendarProviderContract, FreeBusyContract, Operations

from .opened import domain_for, open_for, open_own, settings_for

OPERATIONS = Operations(
    free_busy="getSchedule",
    create="events.create",
    read="events.get",
    move="events.update",
    cancel="events.cancel",
)


class TestOutlookDomain(CalendarProviderContract):
    suite: ClassVar[outside.Suite] = "microsoft"
    vendor = "graph"
    operations = OPERATIONS

    @override
    async def open(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, address: str, patience: Patience, seconds: float
    ) -> Calendar:
        settings = settings_for(sandbox, patience, seconds)
        return await open_for(domain_for(sandbox, settings, connections), address)


class TestOutlookIndividual(CalendarProviderContract):
    """By each person's own consent."""

    suite: ClassVar[outside.Suite] = "microsoft"
    vendor = "graph"
    operations = OPERATIONS
    store: Store

    @pytest.fixture(autouse=True)
    async def _kept(self, tmp_path: Path) -> AsyncIterator[None]:
        async with kept(tmp_path) as self.store:
            yield

    @override
    async def open(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, address: str, patience: Patience, seconds: float
    ) -> Calendar:
        return await open_own(sandbox, settings_for(sandbox, patience, seconds), connections, self.store, address)

    @override
    async def withdraw(self, sandbox: Sandbox) -> None:
        sandbox.world.revoke(self.ana.address)

    @override
    async def give_again(self, sandbox: Sandbox, connections: aiohttp.ClientSession) -> None:
        """In a sign-in of its own: the calendar that was opened before goes on with what it leaves."""
        sandbox.world.restore(self.ana.address)
        await open_own(sandbox, settings_for(sandbox), connections, self.store, self.ana.address)


class TestPersonalOutlook(FreeBusyContract):
    """By the person's own consent, of an account of no organisation: there is no getSchedule."""

    suite: ClassVar[outside.Suite] = "microsoft"
    vendor = "graph"
    operations = replace(OPERATIONS, free_busy="calendarView")
    most_calls = 8  # aiohttp sends a GET once more itself where a connection was dropped
    store: Store

    @pytest.fixture(autouse=True)
    async def _kept(self, tmp_path: Path) -> AsyncIterator[None]:
        async with kept(tmp_path) as self.store:
            yield

    @property
    @override
    def ana(self) -> Mailbox:
        return replace(super().ana, address="ana@outlook.com")

    @override
    async def open(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, address: str, patience: Patience, seconds: float
    ) -> Calendar:
        settings = replace(settings_for(sandbox, patience, seconds), personal_accounts=True)
        return await open_own(sandbox, settings, connections, self.store, address)
