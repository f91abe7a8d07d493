"""`pairtime mode free-busy-only on|off`: decided here, by the operator, and by nobody else (decision 8)."""

from __future__ import annotations

import asyncio
import os
import pwd
from typing import TYPE_CHECKING

import click

from .installation import configured, give_up, opened

if TYPE_CHECKING:
    from adapters.main import Application
    from calendar_core.switching import Plan

ON, OFF = "on", "off"
GLANCE = 0.2  # seconds
PATIENCE = 120.0  # seconds without any progress: then what is left is left to `serve` and `worker`

WHAT_IT_MEANS = """\
Free/Busy Only for {name}: its people are connected by free/busy from Microsoft 365, and by nothing else. It should be
used only when full access cannot be granted. What is lost:
  1. No meeting link is made.
  2. Invitations go by mail, and each of the two has to accept theirs.
  3. A session cannot be moved or cancelled in Outlook, only here.
  4. Changes made in a calendar are not noticed.
Every connection that reads or writes more is replaced, Google's too; whoever has no mailbox in the Entra tenant is not
connected any more. What people's own consents left here is withdrawn and deleted."""
BACK = """\
Free/Busy Only ends for {name}: its people are connected as their domains allow, and by their own consent if they give
it again."""


@click.group("mode")
def mode() -> None:
    """Change how a whole organisation is connected."""


@mode.command("free-busy-only")
@click.argument("to", type=click.Choice([ON, OFF]))
@click.option("--organisation", required=True, metavar="NAME", help="As in the people file.")
@click.option("--convert", is_flag=True, help="Carry its future sessions over at once.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def free_busy_only(*, to: str, organisation: str, convert: bool, yes: bool) -> None:
    """Let an organisation show free/busy from Microsoft 365 and nothing else, or end that.

    Twice is once. What is not finished when this command ends is finished by `serve` or `worker`.
    """
    asyncio.run(_switch(organisation, on=to == ON, convert=convert, yes=yes))


async def _switch(organisation: str, *, on: bool, convert: bool, yes: bool) -> None:
    async with opened(configured()) as application:
        try:
            plan = await application.switching.plan(organisation, on=on)
        except ValueError as impossible:
            give_up(str(impossible))
        name = plan.organisation.name
        if plan.nothing_to_do:
            click.echo(f"{name}: Free/Busy Only is {ON if on else OFF} already{_since(plan)}. Nothing was changed.")
        else:
            await _explain(application, plan, convert=convert)
            if not yes and not await asyncio.to_thread(click.confirm, f"Switch it {ON if on else OFF}?"):
                give_up("Nothing was changed.")
            await application.switching.switch(plan, by=_operator(), convert=convert)
            click.echo(f"{name}: Free/Busy Only is {ON if on else OFF}. Its people are told about their sessions.")
        left = await _carry_out(application, plan)
        click.echo(await _connected(application, plan))
    if left:
        click.echo(f"{left} things are not finished yet. `pairtime serve` or `pairtime worker` goes on with them.")


async def _explain(application: Application, plan: Plan, *, convert: bool) -> None:
    name = plan.organisation.name
    click.echo((WHAT_IT_MEANS if plan.free_busy_only else BACK).format(name=name))
    if not plan.sessions:
        click.echo("No session of theirs is ahead.")
        return
    click.echo(f"Sessions ahead: {len(plan.sessions)}. {_what_becomes(plan, convert=convert)}")
    for session in plan.sessions:
        people = [(await application.store.people.user(user)).name for user in session.people]
        how = "by mail" if session.mailed else "in a calendar"
        click.echo(f"  {session.wall_start:%a %d %b %Y, %H:%M} {session.zone}: {', '.join(people)} ({how})")


def _what_becomes(plan: Plan, *, convert: bool) -> str:
    match plan.free_busy_only, convert:
        case True, True:
            return "Those in calendars are taken out of them and sent by mail; their meeting links go."
        case True, False:
            return (
                "Those in calendars stay there, with their links, and can be changed there alone. With --convert they "
                "are sent by mail instead."
            )
        case False, True:
            return "Those sent by mail are cancelled there and written into calendars again."
        case _:
            return "Those sent by mail stay so. With --convert they are written into calendars again."


async def _carry_out(application: Application, plan: Plan) -> int:
    """Works as `worker` does until everything is done, or nothing moves any more. How much is left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    number, loop = plan.organisation.id, asyncio.get_running_loop()
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    most = left = await application.store.modes.unfinished(number)
    async with application.working():
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("connections, consents, sessions", total=most)
            moved_at = loop.time()
            while left and loop.time() - moved_at < PATIENCE:
                await asyncio.sleep(GLANCE)
                before, left = left, await application.store.modes.unfinished(number)
                most = max(most, left)
                bar.update(task, completed=most - left, total=most)
                if left != before:
                    moved_at = loop.time()
    return left


async def _connected(application: Application, plan: Plan) -> str:
    counts = await application.store.modes.connected(plan.organisation.id)
    said = [f"{kind or 'not connected'} {count}" for kind, count in counts.items()]
    return f"{plan.organisation.name}: {', '.join(said) or 'nobody is enrolled'}."


def _since(plan: Plan) -> str:
    if plan.latest is None:
        return ""
    return f", switched by {plan.latest.by} on {plan.latest.at:%d %b %Y, %H:%M} UTC"


def _operator() -> str:
    """As the system calls whoever runs this."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
