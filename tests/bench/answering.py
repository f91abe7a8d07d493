"""What a whole `/book` costs: processor time of the server's process alone, in all its threads, from a signed command
to the answer at its response_url, with everything between: both calendars asked over HTTP, the store, the words, the
blocks. Google, Microsoft and Slack are a sandbox in another process, which answers without delay. Ten people ask at
once; the mean of the ten is one figure, with whatever else the process does meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from .measure import Figures, Measure
from .slack_town import slack_town

SAMPLES, TOGETHER = 40, 10
MOST_MS = 8.0


def measures() -> Iterator[Measure]:
    """One figure a sample."""
    yield Measure("a whole /book in Slack: processor", Figures.of(asyncio.run(_measured())), MOST_MS)


async def _measured() -> list[float]:
    async with slack_town() as town:
        taken = []
        for _ in range(SAMPLES):
            before = town.ours.cpu()
            await town.send(town.ours, TOGETHER, at_once=TOGETHER)
            await town.answered()
            taken.append((town.ours.cpu() - before) / TOGETHER)
        return taken
