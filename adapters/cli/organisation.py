"""`pairtime organisation`: what an operator sets for one organisation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import click

from calendar_core.people import Organisation

from .connect_domain import domain_in
from .installation import configured, give_up, opened


@click.command()
@click.argument("name")
@click.option("--groups-only", type=click.Choice(["on", "off"]), help="Tell its admins figures of five or more alone.")
@click.option("--accept-domain", "accepted", multiple=True, metavar="DOMAIN", help="Accounts there may be connected.")
@click.option("--refuse-domain", "refused", multiple=True, metavar="DOMAIN", help="Accounts there may not, any more.")
def organisation(*, name: str, groups_only: str | None, accepted: tuple[str, ...], refused: tuple[str, ...]) -> None:
    """Set what is asked for, and say what is set. Without options nothing changes.

    An accepted domain lets people connect an account there although their programme knows them by another address.
    """
    more, fewer = [domain_in(each) for each in accepted], {domain_in(each) for each in refused}

    def changed(was: Organisation) -> Organisation:
        domains = tuple(each for each in dict.fromkeys((*was.account_domains, *more)) if each not in fewer)
        groups = was.groups_only if groups_only is None else groups_only == "on"
        return replace(was, account_domains=domains, groups_only=groups)

    asyncio.run(_set(name, changed))


async def _set(name: str, changed: Callable[[Organisation], Organisation]) -> None:
    async with opened(configured()) as application:
        people = application.store.people
        known = await people.organisations()
        own = next((each for each in known if each.name.casefold() == name.casefold()), None)
        if own is None:
            give_up(f'No organisation is called "{name}". Enrolled are: {", ".join(e.name for e in known) or "none"}.')
        now = changed(own)
        if now != own:
            await people.update_organisation(now)
    click.echo(f"{now.name}:")
    click.echo(f"  reports: {'groups only' if now.groups_only else 'by name'}")
    click.echo(f"  accounts accepted from: {', '.join(now.account_domains) or 'nowhere else'}")
