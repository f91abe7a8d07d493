"""The Google provider keeps what every provider promises."""

from __future__ import annotations

from typing import ClassVar

import aiohttp
from typing_extensions import override

from calendar_core.ports import Calendar
from calendar_core.providers.patience import Patience
from sandbox import world as outside
from sandbox.app import Sandbox
from tests.contracts.calendar_provider import CalendarProviderContract, Operations

from .opened import account_of, domain_for, open_for, settings_for


class TestGoogleDomain(CalendarProviderContract):
    suite: ClassVar[outside.Suite] = "google"
    vendor = "google"
    operations = Operations(
        free_busy="freebusy.query",
        create="events.insert",
        read="events.get",
        move="events.patch",
        cancel="events.delete",
    )

    @override
    async def open(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, address: str, patience: Patience, seconds: float
    ) -> Calendar:
        settings = settings_for(sandbox, account_of(sandbox), patience, seconds)
        return await open_for(domain_for(sandbox, settings, connections), address)
