"""`pairtime bind`: whose people the accounts of a Slack workspace or organisation, or of an Entra tenant, may be."""

from __future__ import annotations

import asyncio
import re
from uuid import UUID

import click

from .installation import configured, give_up, opened

WORKSPACE = re.compile(r"[TE][A-Z0-9]{5,20}")
SLACK, TEAMS = "slack", "teams"


@click.command()
@click.argument("chat", type=click.Choice([SLACK, TEAMS]))
@click.argument("workspace", metavar="ID")
@click.option("--organisation", metavar="NAME", help="As in the people file.")
@click.option("--undo", is_flag=True, help="Bind it to nobody; whoever was linked there is not any more.")
def bind(*, chat: str, workspace: str, organisation: str | None, undo: bool) -> None:
    """Let people talk to Pairtime from a Slack workspace (its id, T...), from a whole Slack organisation (E..., where
    the app is installed in all of it), or from a Teams tenant.

    Their accounts are linked one by one: in Teams by the roster's address, in Slack by a code mailed to the address in
    the profile. Accounts of a workspace that is bound to nobody are told nothing.
    """
    if bool(organisation) is undo:
        raise click.UsageError("Name --organisation, or --undo.")
    asyncio.run(_bind(f"{chat}:{_id(chat, workspace)}", organisation))


async def _bind(issuer: str, organisation: str | None) -> None:
    async with opened(configured()) as application:
        try:
            if organisation is None:
                links = await application.linking.unbind(issuer)
                click.echo(f"{issuer}: bound to nobody. Accounts no longer linked: {links}.")
            else:
                await application.linking.bind(issuer, organisation)
                click.echo(f"{issuer}: its accounts may be people of {organisation}.")
        except ValueError as impossible:
            give_up(str(impossible))


def _id(chat: str, text: str) -> str:
    if chat == SLACK:
        if WORKSPACE.fullmatch(text) is None:
            give_up(
                f"{text!r} is not the id of a Slack workspace, which begins with T (T0123ABCD), nor of an organisation"
                " in all of which the app is installed, which begins with E."
            )
        return text
    try:
        return str(UUID(text))
    except ValueError:
        give_up(f"{text!r} is not the id of an Entra tenant, such as 11111111-2222-3333-4444-555555555555.")
