"""`pairtime token`: by which other programs read over HTTP; made, listed, revoked."""

from __future__ import annotations

import asyncio

import click

from .installation import configured, give_up, opened


@click.group()
def token() -> None:
    """Make and revoke the tokens with which other programs read /api/v1."""


@token.command()
@click.option("--organisation", required=True, metavar="NAME", help="As in the people file.")
@click.option("--programme", metavar="NAME", help="Of its people, those in this programme alone.")
def new(*, organisation: str, programme: str | None) -> None:
    """Print a new token. Only its hash is stored, so it is never shown again."""
    asyncio.run(_new(organisation, programme))


@token.command("list")
def list_tokens() -> None:
    """Each token's number, the day it was made, and what it reads."""
    asyncio.run(_list())


@token.command()
@click.argument("number", type=click.IntRange(min=1))
def revoke(*, number: int) -> None:
    """The token of that number counts no more, at once."""
    asyncio.run(_revoke(number))


async def _new(organisation: str, programme: str | None) -> None:
    async with opened(configured()) as application:
        try:
            own = await application.operating.organisation(organisation)
            found = await application.operating.programme(programme, own.name) if programme is not None else None
        except ValueError as unknown:
            give_up(str(unknown))
        made, text = await application.publishing.make(own.id, found.id if found else None)
        click.echo(text)
        click.echo(
            f"Token {made.number}, for {await application.publishing.named(made)}. The program that reads sends it as"
            " `Authorization: Bearer TOKEN`; here only its hash is kept. It counts until"
            f" `pairtime token revoke {made.number}`.",
            err=True,
        )


async def _list() -> None:
    async with opened(configured()) as application:
        known = await application.publishing.tokens.all()
        for each in known:
            click.echo(f"{each.number}  {each.made_at:%Y-%m-%d}  {await application.publishing.named(each)}")
        if not known:
            click.echo("There is no token. `pairtime token new --organisation NAME` makes one.", err=True)


async def _revoke(number: int) -> None:
    async with opened(configured()) as application:
        if not await application.publishing.tokens.revoke(number):
            give_up(f"There is no token {number}. `pairtime token list` shows them.")
        click.echo(f"Token {number} is revoked.")
