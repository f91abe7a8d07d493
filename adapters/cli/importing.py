"""`pairtime import`: people and matches from files, every line checked before the first is written."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .installation import configured, give_up
from .replacing import agree

if TYPE_CHECKING:
    from adapters.settings import Settings
    from calendar_core.enrolling import Imported, SourceFile
    from calendar_core.enrolment import Enrolled

LISTED = 50
LARGEST = 200 * 2**20  # bytes: two million lines
BAD_LINES = 1  # exit status; 2, as everywhere, says that it could not be run


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the operator wants of the lines."""

    skip_bad: bool
    list_all: bool
    replace: bool
    yes_end: int | None


@click.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--skip-bad", is_flag=True, help="Write the good lines although others are bad.")
@click.option("--all", "list_all", is_flag=True, help=f"List every bad line, not the first {LISTED} alone.")
@click.option("--replace", is_flag=True, help="What the files leave out of the programmes they name ends. Asks first.")
@click.option("--yes-end", type=int, metavar="N", help="With --replace: end those N without being asked.")
def import_files(
    *, files: tuple[Path, ...], skip_bad: bool, list_all: bool, replace: bool, yes_end: int | None
) -> None:
    """Enrol people and matches from CSV files, in any order; each header tells what the file holds.

    Importing a file twice is the same as once. Nothing is removed because it is missing from a file, unless the files
    are to --replace what is enrolled: files of people then say who is in the programmes they name, files of matches who
    is matched there.

    Ends with 0 if the lines were written, 1 if bad lines kept everything out, 2 if it could not be run.
    """
    from calendar_core.errors import StoreUnavailable

    if replace and skip_bad:
        raise click.UsageError("--replace and --skip-bad do not go together: a line left out would end somebody.")
    if yes_end is not None and not replace:
        raise click.UsageError("--yes-end says how many --replace may end; name that too.")
    sources = [_read(path) for path in dict.fromkeys(files)]
    asked = Asked(skip_bad=skip_bad, list_all=list_all, replace=replace, yes_end=yes_end)
    try:
        imported = asyncio.run(_import(configured(), sources, asked))
    except StoreUnavailable:
        give_up(
            "The database did not answer; what was written stays. Check PAIRTIME_DATABASE_URL and import again: "
            "twice is the same as once."
        )
    _list(imported, list_all)
    if imported.enrolled is None:
        _refuse(imported)
    else:
        click.echo(_summary(imported, imported.enrolled))


def _read(path: Path) -> SourceFile:
    from calendar_core.enrolling import SourceFile

    name = str(path) if str(path).isprintable() else ascii(str(path))
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as unread:
        give_up(f"{name} cannot be read: {unread.strerror}.")
    if len(content) > LARGEST:
        give_up(f"{name} is larger than {LARGEST // 2**20} MB. Split it into several files.")
    return SourceFile(name, content)


async def _import(settings: Settings, sources: list[SourceFile], asked: Asked) -> Imported:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from adapters.main import build, prepare
    from calendar_core.enrolling import Missing, Stage

    prepare(settings)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    async with build(settings) as application:
        missing = Missing()
        if asked.replace:
            missing = await application.enrolling.missing(sources)
            agree(missing, asked.yes_end, list_all=asked.list_all)
        with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
            tasks = {stage: bars.add_task(stage.value, total=None, visible=False) for stage in Stage}

            def progress(stage: Stage, done: int, about: int) -> None:
                bars.update(tasks[stage], completed=done, total=about, visible=True)

            return await application.enrolling.take_in(
                sources, skip_bad=asked.skip_bad, ending=missing, progress=progress
            )


def _list(imported: Imported, list_all: bool) -> None:
    shown = imported.bad if list_all else imported.bad[:LISTED]
    for line in shown:
        click.echo(line.sentence, err=True)
    if len(shown) < len(imported.bad):
        click.echo(f"... and {len(imported.bad) - len(shown):,} more; --all lists them.", err=True)


def _refuse(imported: Imported) -> None:
    unread = [line.file for line in imported.bad if line.whole_file]
    if unread:
        why = f"{', '.join(unread)} cannot be read. Correct it and import again."
    else:
        why = (
            f"{len(imported.bad):,} of {imported.lines:,} lines are bad. Correct them and import again, or import "
            "the others with --skip-bad."
        )
    click.echo(f"Nothing was written: {why}", err=True)
    sys.exit(BAD_LINES)


def _summary(imported: Imported, enrolled: Enrolled) -> str:
    counts = {
        "new organisations": enrolled.organisations,
        "new programmes": enrolled.programmes,
        "new people": enrolled.people,
        "people changed": enrolled.people_changed,
        "new places in programmes": enrolled.memberships,
        "new matches": len(enrolled.matches),
        "ended": imported.ended,
    }
    done = ", ".join(f"{what} {count:,}" for what, count in counts.items() if count)
    skipped = f", {len(imported.bad):,} skipped" if imported.bad else ""
    ended = _stay_ended(enrolled.matches_ended) if enrolled.matches_ended else ""
    told = " Both people of each new match are told in their next working hour." if enrolled.matches else ""
    return f"Lines {imported.lines:,}{skipped}: {done or 'everything was enrolled already'}.{told}{ended}"


def _stay_ended(count: int) -> str:
    have, stay = ("match has", "stays") if count == 1 else ("matches have", "stay")
    return f" {count:,} {have} ended before and {stay} ended."
