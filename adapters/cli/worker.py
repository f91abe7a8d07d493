"""`pairtime worker`: durable work in a process of its own."""

from __future__ import annotations

import asyncio

import click

from .installation import configured, stop_on_signals
from .loading import loading


@click.command()
def worker() -> None:
    """Do the durable work (bookings, notices, reminders) until stopped. Run as many as you like."""
    with loading():
        from adapters.log import write_log
        from adapters.worker import work_until

    settings = configured()
    write_log(settings.log_level)

    async def work() -> None:
        await work_until(stop_on_signals(), settings)

    asyncio.run(work())
