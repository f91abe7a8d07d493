"""`pairtime connect-domain`: which Workspace domains, or which Entra tenant, an organisation's people are in."""

from __future__ import annotations

import asyncio
import re
from uuid import UUID

import click

from .installation import configured, give_up

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
GOOGLE, MICROSOFT = "google", "microsoft"


@click.command("connect-domain")
@click.argument("suite", type=click.Choice([GOOGLE, MICROSOFT]))
@click.option("--organisation", required=True, metavar="NAME", help="As in the people file.")
@click.option("--domain", "domains", multiple=True, metavar="DOMAIN", help="Google: a domain of its Workspace.")
@click.option("--tenant", type=click.UUID, metavar="ID", help="Microsoft: its Entra tenant.")
def connect_domain(*, suite: str, organisation: str, domains: tuple[str, ...], tenant: UUID | None) -> None:
    """Connect everybody of an organisation by the one consent of its administrator.

    The consent itself is given in Google's or Microsoft's own console. Everybody without a calendar is then tried;
    run it again to try those who were not reached.
    """
    from adapters.main import build, prepare
    from calendar_core.errors import StoreUnavailable

    wanted = tuple(domain_in(each) for each in domains)
    if (suite == GOOGLE and (not wanted or tenant)) or (suite == MICROSOFT and (wanted or not tenant)):
        raise click.UsageError("Name --domain for google (more than once for several), --tenant for microsoft.")
    settings = configured()
    if suite == GOOGLE and not (settings.google_service_account or settings.google_keyless):
        give_up("This installation has no Google service account. Set PAIRTIME_GOOGLE_SERVICE_ACCOUNT.")
    if suite == MICROSOFT and settings.microsoft is None:
        give_up(
            "This installation is not registered with Entra. Set PAIRTIME_MICROSOFT_CLIENT_ID and "
            "PAIRTIME_MICROSOFT_CLIENT_SECRET."
        )

    async def connect() -> str | None:
        prepare(settings)
        async with build(settings) as application:
            await application.connecting.probing.connect_domain(
                organisation, domains=wanted, tenant=str(tenant) if tenant else None
            )
            return await application.connecting.approving.link(organisation, str(tenant)) if tenant else None

    try:
        approval = asyncio.run(connect())
    except ValueError as impossible:
        give_up(str(impossible))
    except StoreUnavailable:
        give_up("The database did not answer. Check PAIRTIME_DATABASE_URL.")
    click.echo(
        f"{organisation}: connected to {', '.join(wanted) or tenant}. Its people are being tried. "
        f"`pairtime verify --organisation '{organisation}'` does it now, and shows how it goes."
    )
    if approval:
        click.echo(f"If an administrator of that tenant has not approved yet: within seven days, at\n{approval}")


def domain_in(text: str) -> str:
    """As it is compared. What is none ends the command."""
    domain = text.strip().removeprefix("@").casefold()
    if DOMAIN.fullmatch(domain) is None:
        give_up(f"{text!r} is not a domain. Write it as in an address, such as example.com.")
    return domain
