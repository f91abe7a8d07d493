"""`pairtime approve-match` and `pairtime partner`: matches that need somebody's leave before they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .ending import of_organisation, of_programme, operate

if TYPE_CHECKING:
    from adapters.main import Application


@click.command("approve-match")
@of_programme
@of_organisation
@click.option("--mentor", required=True, metavar="ADDRESS")
@click.option("--mentee", required=True, metavar="ADDRESS")
@click.option("--by", required=True, metavar="ADDRESS", help="Another admin of the programme, who has agreed.")
def approve_match(*, programme: str, organisation: str | None, mentor: str, mentee: str, by: str) -> None:
    """Make a match of which an admin is one, because another admin has agreed to it.

    An admin could otherwise look up anybody's times by being matched with them.
    """

    async def approve(application: Application) -> str:
        found = await application.operating.programme(programme, organisation)
        await application.operating.approve(found, mentor, mentee, by)
        return f"Matched in {found.name}: {mentor} and {mentee}, approved by {by}. Both are told."

    operate(approve)


@click.command()
@click.argument("organisation")
@click.option("--with", "other", required=True, metavar="NAME", help="The other organisation.")
@click.option("--remove", is_flag=True, help="List it no longer: matches across the two stop at once.")
def partner(*, organisation: str, other: str, remove: bool) -> None:
    """Let people of ORGANISATION be matched with people of another one.

    It takes both: the other organisation's operator has to list this one as well.
    """

    async def listing(application: Application) -> str:
        both = await application.operating.list_partner(organisation, other, listed=not remove)
        if remove:
            over = "Matches across the two lead nowhere from now on; whoever has something planned is asked about that."
            return f"{organisation} lists {other} no longer. {over}"
        if both:
            return f"{organisation} and {other} list each other: their people can be matched."
        return f"{organisation} lists {other}. Nothing comes of it until {other} lists {organisation}."

    operate(listing)
