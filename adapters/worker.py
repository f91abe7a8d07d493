"""Durable work alone, in a process of its own: as many of them as the load asks for."""

from __future__ import annotations

import asyncio

from adapters.main import Application


async def work_until(stop: asyncio.Event, application: Application) -> None:
    """Works until told to stop; what is being done then is finished, or given back."""
    async with application.working():
        await stop.wait()
