"""Enrols people and matches from files: all lines are checked before the first is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from calendar_core.enrolment import Enrolled
from calendar_core.job import PROBE, Job
from calendar_core.ports import Clock, Enrolments, Jobs

from .checking import Files
from .delimited_file import SourceFile
from .mistakes import BadLine

__all__ = ["BadLine", "Enrolling", "Imported", "Progress", "SourceFile", "Stage"]

BATCH = 2_000  # lines a transaction: long enough to be quick, short enough to let others write in between


class Stage(StrEnum):
    """What is being done with the lines."""

    CHECKING = "Checking"
    WRITING = "Writing"


Progress = Callable[[Stage, int, int], None]  # lines done, of about so many


@dataclass(frozen=True, slots=True)
class Imported:
    """`enrolled` is None where nothing was written, because of `bad` lines."""

    lines: int
    bad: tuple[BadLine, ...]
    enrolled: Enrolled | None


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Makes what is missing, changes what differs, removes nothing. Twice is once, also after a kill in between."""

    enrolments: Enrolments
    jobs: Jobs
    clock: Clock

    async def take_in(
        self, sources: Sequence[SourceFile], *, skip_bad: bool = False, progress: Progress = lambda *_: None
    ) -> Imported:
        """A single bad line keeps everything out, unless `skip_bad`; a file that cannot be read at all always does.

        Both people of a new match are told of it, and whoever has no calendar yet is tried by the domain's consent.
        """
        files = Files(sources, await self.enrolments.roster())
        about = sum(source.lines for source in sources)
        for _ in files.check():
            if files.lines % BATCH == 0:
                progress(Stage.CHECKING, files.lines, about)
                await asyncio.sleep(0)  # whoever else lives in this loop gets a turn
        progress(Stage.CHECKING, files.lines, files.lines)
        bad = files.bad
        if any(line.whole_file for line in bad) or (bad and not skip_bad):
            return Imported(files.lines, bad, None)
        return Imported(files.lines, bad, await self._write(files, files.lines - len(bad), progress))

    async def _write(self, files: Files, lines: int, progress: Progress) -> Enrolled:
        enrolled, done, at = Enrolled(), 0, self.clock.now()
        for batch in files.batches(BATCH):
            enrolled += await self.enrolments.apply(batch, at)
            done += len(batch.people) + len(batch.matches)
            progress(Stage.WRITING, done, lines)
        await self.jobs.defer(Job(PROBE))
        return enrolled
