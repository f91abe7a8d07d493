"""`pairtime end-match` and `pairtime leave`: ends one match, or one person's place in a programme."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import click

from .installation import configured, give_up, opened

if TYPE_CHECKING:
    from adapters.main import Application

of_programme = click.option("--programme", required=True, metavar="NAME", help="As in the people file.")
of_organisation = click.option(
    "--organisation", metavar="NAME", help="Whose programme, where several have one of that name."
)


@click.command("end-match")
@of_programme
@of_organisation
@click.option("--mentor", required=True, metavar="ADDRESS")
@click.option("--mentee", required=True, metavar="ADDRESS")
def end_match(*, programme: str, organisation: str | None, mentor: str, mentee: str) -> None:
    """End a match: neither of the two can look up the other's times any more.

    Both are told, and asked whether to keep or to cancel the sessions they have planned; the first answer decides, and
    without one they are kept.
    """

    async def end(application: Application) -> str:
        found = await application.operating.programme(programme, organisation)
        await application.operating.end_match(found, mentor, mentee)
        return f"Ended. Both are told, and asked what becomes of their planned sessions in {found.name}."

    operate(end)


@click.command()
@click.argument("address")
@of_programme
@of_organisation
@click.option("--role", type=click.Choice(["mentee", "mentor", "admin"]), help="Give up this role alone.")
def leave(*, address: str, programme: str, organisation: str | None, role: str | None) -> None:
    """End a person's place in a programme, in all roles unless one is named.

    Their planned sessions there are cancelled. Their partners are told that they are no longer in the programme.
    """
    from calendar_core.people import Role

    async def end(application: Application) -> str:
        found = await application.operating.programme(programme, organisation)
        await application.operating.leave(found, address, Role(role) if role else None)
        return f"{address} is {f'no {role} of' if role else 'no longer in'} {found.name}. Whoever it concerns is told."

    operate(end)


def operate(work: Callable[[Application], Awaitable[str]]) -> None:
    """Does it on the configured installation and says how it ended. What was named wrongly ends the command."""
    click.echo(asyncio.run(_operated(work)))


async def _operated(work: Callable[[Application], Awaitable[str]]) -> str:
    async with opened(configured()) as application:
        try:
            return await work(application)
        except ValueError as impossible:
            give_up(str(impossible))
