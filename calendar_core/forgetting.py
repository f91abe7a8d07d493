"""What is kept for a time only, and then forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from calendar_core.job import Job
from calendar_core.ports import Clock, Receipts

RECEIPTS_LAST = timedelta(days=90)  # decision 9


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Removes what has outlasted its time."""

    receipts: Receipts
    clock: Clock

    async def forget(self, _job: Job) -> None:
        """Once a day is enough; twice is once."""
        await self.receipts.forget(self.clock.now().date() - RECEIPTS_LAST)
