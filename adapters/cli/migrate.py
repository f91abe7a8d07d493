"""`pairtime migrate`: the configured database, brought to the present schema."""

from __future__ import annotations

import click

from .installation import NO_DATABASE, configured, give_up


@click.command()
def migrate() -> None:
    """Bring the configured database to the present schema. Running it twice does no harm."""
    from adapters.main import prepare
    from calendar_core.errors import StoreUnavailable

    try:
        prepare(configured())
    except StoreUnavailable:
        give_up(NO_DATABASE)
    click.echo("The database is up to date.")
