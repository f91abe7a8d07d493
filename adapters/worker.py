"""Durable work alone, in a process of its own: as many of them as the load asks for."""

from __future__ import annotations

import asyncio

from adapters.main import build
from adapters.settings import Settings


async def work_until(stop: asyncio.Event, settings: Settings) -> None:
    """Works until told to stop; what is being done then is finished, or given back."""
    async with build(settings) as application, application.working():
        await stop.wait()
