"""`pairtime organisation`: shows what is set for an organisation as a whole, and sets it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from .ending import operate

if TYPE_CHECKING:
    from adapters.main import Application
    from calendar_core.people import Organisation


@click.command()
@click.argument("name")
@click.option("--contact", metavar="TEXT", help="Whom its people can ask where their programme names nobody; or none.")
@click.option("--answered", is_flag=True, help="The wish for Free/Busy Only that its admins have sent is answered.")
def organisation(*, name: str, contact: str | None, answered: bool) -> None:
    """Show what is set for the organisation NAME, or set it."""

    async def change(application: Application) -> str:
        from calendar_core.enrolling.programme_settings import contact_in

        found = await application.operating.organisation(name)
        if contact is not None:
            found = replace(found, contact=contact_in(contact.strip()))
            await application.store.people.update_organisation(found)
        if answered and not await application.store.operator_wishes.answered(found.id):
            raise ValueError(f"Nobody in {found.name} waits for an answer.")
        return await _shown(application, found)

    operate(change)


async def _shown(application: Application, found: Organisation) -> str:
    listed = [
        await application.store.people.organisation(each) for each in await application.store.people.partners(found.id)
    ]
    wish = next((each for each in await application.store.operator_wishes.all() if each.organisation == found.id), None)
    lines = {
        "contact": found.contact or "none",
        "google-domains": ", ".join(found.google_domains) or "none",
        "entra-tenant": found.entra_tenant or "none",
        "partners": ", ".join(sorted(each.name for each in listed)) or "none",
        "asked for": f"Free/Busy Only, since {wish.asked_at:%Y-%m-%d}" if wish else "nothing",
    }
    return "\n".join((found.name, *(f"  {what} {value}" for what, value in lines.items())))
