"""`pairtime keys`: the keys that secrets are sealed with, made and changed."""

from __future__ import annotations

import asyncio
import base64
import secrets
import sys
from typing import TYPE_CHECKING

import click

from .installation import configured, give_up, opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calendar_core.ports import Resealed

NO_KEYS = (
    "PAIRTIME_ENCRYPTION_KEYS is not set, so nothing is sealed. `pairtime keys new` prints a key to set it to, if"
    " people are to connect their own calendars."
)
NOT_ALL = 1  # exit status


@click.group()
def keys() -> None:
    """Make and change the keys that secrets are sealed with."""


@keys.command()
def new() -> None:
    """Print a new key, for PAIRTIME_ENCRYPTION_KEYS. Nothing is stored or changed."""
    click.echo(f"{_new_id()}:{base64.b64encode(secrets.token_bytes(32)).decode()}")
    click.echo(
        "The first key: set PAIRTIME_ENCRYPTION_KEYS to this line. A change of keys: put it, with a comma, before those"
        " that are set, restart every server and worker, then run `pairtime keys rotate`. Keep a copy apart from the"
        " database: without it everybody has to connect their calendar again.",
        err=True,
    )


@keys.command()
def rotate() -> None:
    """Seal everything with the first key of PAIRTIME_ENCRYPTION_KEYS, while the servers go on.

    Ends with 0 if no other key is needed any more, 1 if some still is, 2 if it could not be run.
    """
    settings = configured()
    if not settings.encryption_keys:
        give_up(NO_KEYS)
    newest = settings.encryption_keys[0].id
    done, needed = asyncio.run(_rotate())
    click.echo(f"Sealed anew with {newest}: {done.renewed:,}.")
    older = {key: number for key, number in needed.items() if key != newest}
    if not older:
        click.echo(f"Everything is sealed with {newest}. The other keys can be taken out of PAIRTIME_ENCRYPTION_KEYS.")
        return
    still = ", ".join(f"{number:,} with {key}" for key, number in older.items())
    click.echo(f"Still sealed otherwise: {still}.", err=True)
    click.echo(_what_to_do({each.id for each in settings.encryption_keys}, older, done), err=True)
    sys.exit(NOT_ALL)


async def _rotate() -> tuple[Resealed, Mapping[str, int]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    async with opened(configured()) as application:
        with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
            task = bars.add_task("Sealing", total=None)

            def progress(done: int, about: int) -> None:
                bars.update(task, completed=done, total=about)

            done = await application.store.secrets.reseal(progress)
        return done, await application.store.secrets.sealed_by()


def _what_to_do(known: set[str], older: Mapping[str, int], done: Resealed) -> str:
    if missing := sorted(set(older) - known):
        return (
            f"{', '.join(missing)} is not in PAIRTIME_ENCRYPTION_KEYS. Add the key again and run this again; if it is"
            " lost, those people have to connect their calendar again."
        )
    if done.unopened:
        return (
            "Some do not open although their key is there: they were changed or moved in the database, or the key under"
            " that id is another. Those people have to connect their calendar again."
        )
    return (
        "A server still seals with an older key. Restart every server and worker with these keys, and run this again."
    )


def _new_id() -> str:
    """Never one that was used before."""
    return f"k{secrets.token_hex(3)}"
