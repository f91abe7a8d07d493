"""The Microsoft provider keeps what every provider promises."""

from __future__ import annotations

from typing import ClassVar

import aiohttp
from typing_extensions import override

from calendar_core.ports import Calendar
from calendar_core.providers.patience import Patience
from sandbox import world as outside
from sandbox.app import Sandbox
from tests.contracts.calendar_provider import CalendarProviderContract, Operations

from .opened import domain_for, open_for, settings_for


class TestOutlookDomain(CalendarProviderContract):
    suite: ClassVar[outside.Suite] = "microsoft"
    vendor = "graph"
    operations = Operations(
        free_busy="getSchedule",
        create="events.create",
        read="events.get",
        move="events.update",
        cancel="events.cancel",
    )

    @override
    async def open(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, address: str, patience: Patience, seconds: float
    ) -> Calendar:
        settings = settings_for(sandbox, patience, seconds)
        return await open_for(domain_for(sandbox, settings, connections), address)
