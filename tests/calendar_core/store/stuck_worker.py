"""A worker that says when it has begun, and never ends: `python -m tests.calendar_core.store.stuck_worker URL`."""

from __future__ import annotations

import asyncio
import sys

from calendar_core.job import Job
from calendar_core.store import open_store
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NOW
from tests.contracts.store.jobs import QUICK


async def begin_and_stay(_job: Job) -> None:
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    store = open_store(sys.argv[1], WorldClock(NOW), QUICK)
    asyncio.run(store.jobs.run({"stuck": begin_and_stay}))
