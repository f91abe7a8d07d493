"""`pairtime worker`: durable work in a process of its own."""

from __future__ import annotations

import asyncio

import click

from .installation import configured, opened, stop_on_signals


@click.command()
def worker() -> None:
    """Do the durable work (bookings, notices, reminders) until stopped. Run as many as you like."""
    from adapters.log import write_log
    from adapters.worker import work_until

    settings = configured()
    write_log(settings.log_level)

    async def work() -> None:
        stop = stop_on_signals()
        async with opened(settings) as application:
            await work_until(stop, application)

    asyncio.run(work())
