"""`pairtime export statuses`: everybody's calendar status as CSV, with the words administrators know."""

from __future__ import annotations

import asyncio
import csv
import sys

import click

from .installation import configured, give_up, opened

PORTION = 1_000


@click.group()
def export() -> None:
    """Write what is known as CSV, to standard output."""


@export.command()
@click.option("--organisation", required=True, metavar="NAME", help="As in the people file.")
def statuses(*, organisation: str) -> None:
    """Each person's calendar integration: the exact word, or an empty field where there is none."""
    asyncio.run(_write(organisation))


async def _write(name: str) -> None:
    from bot.statuses_file import COLUMNS, status_row
    from calendar_core.people import UserId

    lines = csv.writer(sys.stdout, lineterminator="\n")
    async with opened(configured()) as application:
        try:
            organisation = await application.connecting.probing.named(name)
        except ValueError as unknown:
            give_up(str(unknown))
        lines.writerow(COLUMNS)
        after = UserId(0)
        while some := await application.store.verifications.statuses(organisation.id, after, PORTION):
            lines.writerows(status_row(user, integration) for user, integration in some)
            after = some[-1][0].id
