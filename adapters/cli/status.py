"""`pairtime status`: what the configured installation is set up for, and whether anything was given up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from .installation import configured, opened

if TYPE_CHECKING:
    from adapters.main import Application
    from calendar_core.operator_wish import OperatorWish
    from calendar_core.people import Organisation


@click.command()
def status() -> None:
    """Say what is set up and whether it works. Asks the database, and no calendar."""
    asyncio.run(_status())


async def _status() -> None:
    settings = configured()
    google = settings.google_service_account or settings.google_keyless or settings.google_client
    click.echo(f"Google: {'set up' if google else 'not set up'}")
    click.echo(f"Microsoft: {'set up' if settings.microsoft else 'not set up'}")
    click.echo(f"Mail: {'set up' if settings.mail else 'not set up'}")
    async with opened(settings) as application:
        dead = await application.store.jobs.dead()
        limited = [each for each in await application.store.people.organisations() if each.free_busy_only]
        modes = [await _mode(application, each) for each in limited]
        wishes = [await _wish(application, each) for each in await application.store.operator_wishes.all()]
    click.echo("Database: answers, at the present schema")
    click.echo(f"Durable work given up: {dead}" + (" (the log says which and why)" if dead else ""))
    for line in (*modes, *wishes):
        click.echo(line)


async def _mode(application: Application, organisation: Organisation) -> str:
    change = await application.store.modes.latest(organisation.id)
    left = await application.store.modes.unfinished(organisation.id)
    since = f" since {change.at:%Y-%m-%d}, switched by {change.by}" if change else ""
    return f"{organisation.name}: Free/Busy Only{since}" + (f"; {left} things still to be done" if left else "")


async def _wish(application: Application, wish: OperatorWish) -> str:
    people = application.store.people
    organisation, admin = await people.organisation(wish.organisation), await people.user(wish.asked_by)
    return (
        f"{organisation.name} asks for Free/Busy Only: {admin.name} ({admin.email}), {wish.asked_at:%Y-%m-%d}. "
        f'Once answered: pairtime organisation "{organisation.name}" --answered'
    )
