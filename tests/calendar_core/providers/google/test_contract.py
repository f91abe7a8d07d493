"""The Google provider keeps what every provider promises."""

from __future__ import annotations

from collections.abc import AsyncIterator
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
from tests.calendar_core.providers.keeping import kept
from tests.contracts.calendar_provider import CalendarProviderContract, Operations

from .opened import account_of, domain_for, open_for, open_own, settings_for

OPERATIONS = Operations(
    free_busy="freebusy.query",
    create="events.insert",
    read="events.get",
    move="events.patch",
    cancel="events.delete",
)


class TestGoogleDomain(CalendarProviderContract):
    suite: ClassVar[outside.Suite] = "google"
    vendor = "google"
    operations = OPERATIONS

    @override
    async def open(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, address: str, patience: Patience, seconds: float
    ) -> Calendar:
        settings = settings_for(sandbox, account_of(sandbox), patience, seconds)
        return await open_for(domain_for(sandbox, settings, connections), address)


class TestGoogleIndividual(CalendarProviderContract):
    """By each person's own consent."""

    suite: ClassVar[outside.Suite] = "google"
    vendor = "google"
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
        return await open_own(sandbox, settings_for(sandbox, None, patience, seconds), connections, self.store, address)

    @override
    async def withdraw(self, sandbox: Sandbox) -> None:
        sandbox.world.revoke(self.ana.address)

    @override
    async def give_again(self, sandbox: Sandbox, connections: aiohttp.ClientSession) -> None:
        """In a sign-in of its own: the calendar that was opened before goes on with what it leaves."""
        sandbox.world.restore(self.ana.address)
        await open_own(sandbox, settings_for(sandbox, None), connections, self.store, self.ana.address)
