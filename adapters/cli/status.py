"""`pairtime status`: what the configured installation is set up for, and whether anything was given up."""

from __future__ import annotations

import asyncio

import click

from .installation import configured, opened


@click.command()
def status() -> None:
    """Say what is set up and whether it works. Asks the database, and no calendar."""
    asyncio.run(_status())


async def _status() -> None:
    settings = configured()
    google = settings.google_service_account or settings.google_keyless or settings.google_client
    click.echo(f"Google: {'set up' if google else 'not set up'}")
    click.echo(f"Microsoft: {'set up' if settings.microsoft else 'not set up'}")
    async with opened(settings) as application:
        dead = await application.store.jobs.dead()
    click.echo("Database: answers, at the present schema")
    click.echo(f"Durable work given up: {dead}" + (" (the log says which and why)" if dead else ""))
