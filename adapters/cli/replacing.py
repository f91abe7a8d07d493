"""`pairtime import --replace`: shows what the files leave out, and asks before any of it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from calendar_core.enrolling import Missing

LISTED = 50
REFUSED = 1  # exit status, as for bad lines


def agree(missing: Missing, yes_end: int | None, *, list_all: bool) -> None:
    """Ends the command unless what is missing is to end: agreed on the spot, or by its number beforehand."""
    if not missing.total:
        return
    _show((*(each.words for each in missing.places), *(each.words for each in missing.matches)), list_all)
    people = len({(each.home, each.address) for each in missing.places})
    click.echo(
        f"Not in the files: {people:,} of {missing.people_of:,} people and {len(missing.matches):,} of "
        f"{missing.matches_of:,} matches of the programmes they name. Planned sessions of people who leave are "
        "cancelled; both of a match that ends are asked about theirs.",
        err=True,
    )
    if yes_end == missing.total:
        return
    if yes_end is not None:
        _refuse(f"--yes-end says {yes_end:,}, and {missing.total:,} would end.")
    if missing.is_much:
        _refuse(
            f"that is more than a tenth. If it is meant, import again with --replace --yes-end {missing.total}; "
            "otherwise the files lack something."
        )
    if not _asked(f"End {missing.total:,}?"):
        _refuse("you did not agree. Without --replace the files are imported and nothing ends.")


def _asked(question: str) -> bool:
    try:
        return click.confirm(question, default=False, err=True)
    except click.Abort:  # nobody there to answer
        click.echo("", err=True)
        return False


def _show(lines: Iterable[str], list_all: bool) -> None:
    every = list(lines)
    for line in every if list_all else every[:LISTED]:
        click.echo(line, err=True)
    if not list_all and len(every) > LISTED:
        click.echo(f"... and {len(every) - LISTED:,} more; --all lists them.", err=True)


def _refuse(why: str) -> None:
    click.echo(f"Nothing was written: {why}", err=True)
    sys.exit(REFUSED)
