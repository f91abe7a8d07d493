"""`pairtime verify`: whether every person's calendar answers, tried now, with a bar, as fast as the vendors let us."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import click

from .installation import configured, give_up, opened

if TYPE_CHECKING:
    from calendar_core.connecting import Verified

NOT_ALL_WORK = 1


@click.command()
@click.option("--organisation", required=True, metavar="NAME", help="As in the people file.")
@click.option("--again", is_flag=True, help="Also those who were tried in the last six hours.")
def verify(*, organisation: str, again: bool) -> None:
    """Try everybody of an organisation: those connected, and those whom its domain's consent may reach.

    Can be stopped and run again: whoever was tried in the last six hours is left out. Ends with 0 if everybody's
    calendar works, 1 if not, 2 if it could not be run.
    """
    verified, seconds = asyncio.run(_verify(organisation, again=again))
    click.echo(f"Tried {verified.tried:,} people of {organisation} in {seconds:,.0f} s.")
    broken = _tell(verified)
    if verified.hopeless is not None:
        give_up(f"Given up early: {verified.hopeless.value}, for everybody. Repair that and run it again.")
    if broken:
        click.echo(f"`pairtime export statuses --organisation '{organisation}'` names them.")
        sys.exit(NOT_ALL_WORK)


async def _verify(organisation: str, *, again: bool) -> tuple[Verified, float]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("People"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    loop = asyncio.get_running_loop()
    async with opened(configured()) as application:
        began = loop.time()
        with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
            task = bars.add_task("", total=None)

            def progress(done: int, total: int) -> None:
                bars.update(task, completed=done, total=total)

            try:
                verified = await application.connecting.verifying.verify(organisation, progress, again=again)
            except ValueError as unknown:
                give_up(str(unknown))
        return verified, loop.time() - began


def _tell(verified: Verified) -> int:
    """Prints how everybody stands; how many do not work."""
    from calendar_core.health import repairer
    from calendar_core.integration import Trouble

    working = {kind.value: count for (kind, trouble), count in verified.tally.items() if kind and trouble is None}
    for word in sorted(working):
        click.echo(f"{word}: {working[word]:,} working")
    broken = {key: count for key, count in verified.tally.items() if key[1] is not None}
    if broken:
        click.echo(f"Not working: {sum(broken.values()):,}")
    for (kind, trouble), count in sorted(broken.items(), key=lambda each: -each[1]):
        why = trouble or Trouble.NEVER_CONNECTED
        what = f"{kind.value}, " if kind else ""
        click.echo(f"  {count:,}: {what}{why.value} ({repairer(kind, why).value} can repair it)")
    if verified.silent:
        click.echo(f"{verified.silent:,} did not answer; run it again later.")
    return sum(broken.values()) + verified.silent
