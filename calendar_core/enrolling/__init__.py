"""Enrols people and matches from files: all lines are checked before the first is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from calendar_core.enrolment import Enrolled
from calendar_core.job import PROBE, Job
from calendar_core.ports import Clock, Endings, Enrolments, Jobs

from .checking import Files
from .delimited_file import SourceFile
from .mistakes import BadLine
from .replacing import NOTHING_MISSING, Missing, left_out

__all__ = ["BadLine", "Enrolling", "Imported", "Missing", "Progress", "SourceFile", "Stage"]

BATCH = 2_000  # lines a transaction: long enough to be quick, short enough to let others write in between


class Stage(StrEnum):
    """What is being done with the lines."""

    CHECKING = "Checking"
    WRITING = "Writing"
    ENDING = "Ending"


Progress = Callable[[Stage, int, int], None]  # lines done, of about so many


@dataclass(frozen=True, slots=True)
class Imported:
    """`enrolled` is None where nothing was written, because of `bad` lines. `ended`: so many that files which were to
    replace what was there left out."""

    lines: int
    bad: tuple[BadLine, ...]
    enrolled: Enrolled | None
    ended: int = 0


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Makes what is missing, changes what differs, removes nothing unless told so. Twice is once, also after a kill in
    between."""

    enrolments: Enrolments
    endings: Endings
    jobs: Jobs
    clock: Clock

    async def take_in(
        self,
        sources: Sequence[SourceFile],
        *,
        skip_bad: bool = False,
        ending: Missing = NOTHING_MISSING,
        progress: Progress = lambda *_: None,
    ) -> Imported:
        """A single bad line keeps everything out, unless `skip_bad`; a file that cannot be read at all always does.

        Both people of a new match are told of it, and whoever has no calendar yet is tried by the domain's consent.
        Afterwards what is `ending` ends.
        """
        files = await self._checked(sources, progress)
        bad = files.bad
        if any(line.whole_file for line in bad) or (bad and not skip_bad):
            return Imported(files.lines, bad, None)
        enrolled = await self._write(files, files.lines - len(bad), progress)
        await self._end(ending, progress)
        return Imported(files.lines, bad, enrolled, ending.total)

    async def missing(self, sources: Sequence[SourceFile]) -> Missing:
        """What the files leave out of the programmes that they name. Nothing is missing from files with bad lines:
        what those would have named is not known."""
        files = await self._checked(sources, lambda *_: None)
        return NOTHING_MISSING if files.bad else left_out(await self.enrolments.standing(), files)

    async def _checked(self, sources: Sequence[SourceFile], progress: Progress) -> Files:
        files = Files(sources, await self.enrolments.roster(), await self.enrolments.known())
        about = sum(source.lines for source in sources)
        for _ in files.check():
            if files.lines % BATCH == 0:
                progress(Stage.CHECKING, files.lines, about)
                await asyncio.sleep(0)  # whoever else lives in this loop gets a turn
        progress(Stage.CHECKING, files.lines, files.lines)
        return files

    async def _end(self, missing: Missing, progress: Progress) -> None:
        """Who leaves comes first: that cancels what would otherwise be asked about."""
        done, at = 0, self.clock.now()
        for place in missing.places:
            await self.endings.leave(place.leaver, at)
            progress(Stage.ENDING, done := done + 1, missing.total)
        for match in missing.matches:
            await self.endings.end(match.id, at)
            progress(Stage.ENDING, done := done + 1, missing.total)

    async def _write(self, files: Files, lines: int, progress: Progress) -> Enrolled:
        enrolled, done, at = Enrolled(), 0, self.clock.now()
        for batch in files.batches(BATCH):
            enrolled += await self.enrolments.apply(batch, at)
            done += len(batch.people) + len(batch.matches)
            progress(Stage.WRITING, done, lines)
        await self.jobs.defer(Job(PROBE))
        return enrolled
