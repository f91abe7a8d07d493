"""`pairtime migrate`: the configured database, brought to the present schema."""

from __future__ import annotations

import click

from .installation import configured


@click.command()
def migrate() -> None:
    """Bring the configured database to the present schema. Running it twice does no harm."""
    from adapters.main import prepare

    prepare(configured())
    click.echo("The database is up to date.")
