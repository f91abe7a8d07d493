"""`pairtime organisation`: what an operator sets for one organisation as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from .connect_domain import domain_in
from .ending import operate

if TYPE_CHECKING:
    from adapters.main import Application
    from calendar_core.people import Organisation


@click.command()
@click.argument("name")
@click.option("--contact", metavar="TEXT", help="Whom its people can ask where their programme names nobody; or none.")
@click.option("--groups-only", type=click.Choice(["on", "off"]), help="Tell its admins figures of five or more alone.")
@click.option("--accept-domain", "accepted", multiple=True, metavar="DOMAIN", help="Accounts there may be connected.")
@click.option("--refuse-domain", "refused", multiple=True, metavar="DOMAIN", help="Accounts there may not, any more.")
@click.option("--answered", is_flag=True, help="The wish for Free/Busy Only that its admins have sent is answered.")
def organisation(
    *,
    name: str,
    contact: str | None,
    groups_only: str | None,
    accepted: tuple[str, ...],
    refused: tuple[str, ...],
    answered: bool,
) -> None:
    """Set what is asked for, and say what is set. Without options nothing changes.

    An accepted domain lets people connect an account there although their programme knows them by another address.
    """
    more, fewer = [domain_in(each) for each in accepted], {domain_in(each) for each in refused}

    async def change(application: Application) -> str:
        from calendar_core.enrolling.programme_settings import contact_in

        was = await application.operating.organisation(name)
        now = replace(
            was,
            contact=was.contact if contact is None else contact_in(contact.strip()),
            account_domains=tuple(each for each in dict.fromkeys((*was.account_domains, *more)) if each not in fewer),
            groups_only=was.groups_only if groups_only is None else groups_only == "on",
        )
        if now != was:
            await application.store.people.update_organisation(now)
        if answered and not await application.store.operator_wishes.answered(now.id):
            raise ValueError(f"Nobody in {now.name} waits for an answer.")
        return await _shown(application, now)

    operate(change)


async def _shown(application: Application, found: Organisation) -> str:
    store = application.store
    listed = [await store.people.organisation(each) for each in await store.people.partners(found.id)]
    wish = next((each for each in await store.operator_wishes.all() if each.organisation == found.id), None)
    lines = {
        "reports": "groups only" if found.groups_only else "by name",
        "accounts accepted from": ", ".join(found.account_domains) or "nowhere else",
        "contact": found.contact or "none",
        "partners": ", ".join(sorted(each.name for each in listed)) or "none",
        "asked for": f"Free/Busy Only, since {wish.asked_at:%Y-%m-%d}" if wish else "nothing",
    }
    return "\n".join((f"{found.name}:", *(f"  {what}: {value}" for what, value in lines.items())))
