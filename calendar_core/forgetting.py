"""What is kept for a time only, and then forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from calendar_core.job import Job
from calendar_core.ports import Clock, Happenings, MailedAnswers, Receipts

RECEIPTS_LAST = timedelta(days=90)  # decision 9
LETTERS_LAST = timedelta(days=90)  # which were read: none comes again after so long
HAPPENINGS_LAST = timedelta(days=90)  # after they were told


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Removes what has outlasted its time."""

    receipts: Receipts
    happenings: Happenings
    answers: MailedAnswers
    clock: Clock

    async def forget(self, _job: Job) -> None:
        """Once a day is enough; twice is once."""
        now = self.clock.now()
        await self.receipts.forget(now.date() - RECEIPTS_LAST)
        await self.happenings.forget(now - HAPPENINGS_LAST)
        await self.answers.forget(now - LETTERS_LAST)
