"""`pairtime programme`: shows a programme's rules, dates, hours and contact, and sets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from .ending import of_organisation, operate

if TYPE_CHECKING:
    from adapters.main import Application

OPTIONS = (  # as in calendar_core.enrolling.programme_settings, which is read when the command runs; a test compares
    ("length", "Lengths to choose from: 30,45,60."),
    ("default", "The usual length: 45."),
    ("step", "Starts are this far apart: 15m."),
    ("notice", "How long before its start a session can be booked: 24h."),
    ("look-ahead", "How far the first look reaches: 14d."),
    ("horizon", "How far ahead sessions can be booked: 60d."),
    ("buffer", "Kept free around sessions: 10m."),
    ("approval", "Whether mentors approve sessions first: on, off."),
    ("tentative", "What tentative and unanswered entries are: busy, free."),
    ("described", "Whether calendar entries tell its name and what a session is to be about: on, off."),
    ("starts", "Its first day: 2026-01-31, or none."),
    ("ends", "Its last day: 2026-12-31, or none."),
    ("zone", "Whose days those are: Europe/Berlin."),
    ("contact", "Whom its people can ask; or none."),
    ("hours", "Mentoring hours, which plain times are made from: Mon-Fri 9-17."),
)


def settable(command: Callable[..., Any]) -> Callable[..., Any]:
    """With an option for each setting."""
    for option, about in reversed(OPTIONS):
        command = click.option(f"--{option}", metavar="TEXT", help=about)(command)
    return command


@click.command()
@click.argument("name")
@of_organisation
@settable
def programme(*, name: str, organisation: str | None, **options: str | None) -> None:
    """Show what is set for the programme NAME, or set it. A mistake changes nothing, and every one is said.

    Sessions that are planned stay as they are. If its last day is over, those who have planned something beyond it are
    asked what becomes of it.
    """
    said = {option.replace("_", "-"): text for option, text in options.items() if text is not None}

    async def change(application: Application) -> str:
        from calendar_core.enrolling.programme_settings import SETTINGS, changed

        found = await application.operating.programme(name, organisation)
        if said:
            wanted = changed(found, said)
            if isinstance(wanted, tuple):
                raise ValueError("\n".join((*wanted, "Nothing was changed.")))
            await application.operating.change_programme(wanted)
            found = wanted
        owner = await application.store.people.organisation(found.organisation)
        lines = [f"{found.name} ({owner.name})", *(f"  {each.option} {each.show(found)}" for each in SETTINGS)]
        return "\n".join(lines)

    operate(change)
