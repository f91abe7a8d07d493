"""`pairtime export statuses`: everybody's calendar status as CSV, with the words administrators know."""

from __future__ import annotations

import asyncio
import csv
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from .installation import configured, give_up, opened

if TYPE_CHECKING:
    from calendar_core.integration import Integration
    from calendar_core.people import User

PORTION = 1_000
COLUMNS = ("email", "name", "calendar integration", "health", "reason", "who can repair it", "since", "checked")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@click.group()
def export() -> None:
    """Write what is known as CSV, to standard output."""


@export.command()
@click.option("--organisation", required=True, metavar="NAME", help="As in the people file.")
def statuses(*, organisation: str) -> None:
    """Each person's calendar integration: the exact word, or an empty field where there is none."""
    asyncio.run(_write(organisation))


async def _write(name: str) -> None:
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


def status_row(user: User, integration: Integration) -> tuple[str, ...]:
    """One person's line. What a spreadsheet would take for a formula begins with an apostrophe."""
    from calendar_core.health import repairer

    trouble = None if integration.usable else integration.trouble
    cells = (
        user.email,
        user.name,
        integration.kind.value if integration.kind else "",
        integration.health.value if integration.kind else "",
        trouble.value if trouble else "",
        repairer(integration.kind, trouble).value if trouble else "",
        _instant(integration.since),
        _instant(integration.checked_at),
    )
    return tuple(f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in cells)


def _instant(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
