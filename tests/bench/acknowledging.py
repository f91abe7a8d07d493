"""How long Slack waits for us, beside a bare aiohttp handler that only verifies the signature.

Ours is `pairtime serve` as it is installed, with its store, its durable work and a sandbox that answers as Google,
Microsoft and Slack without delay. Every request is `/book with my mentor` by somebody who has a calendar, and each is
answered in Slack with times: a round counts only when all are. Both servers and the client have processes of their own;
rounds alternate, so that what else the machine does meets both.

Three loads. In a row: 200 commands, the next when the one before was acknowledged. Many: 480 commands by 60 people,
16 at once. While such a burst comes, acknowledgements go first (docs/decisions/0039) and the answers follow at its end.
At work: 12 commands a second for five seconds at a time, each answered meanwhile, so that an acknowledgement may meet
an answer that is being worked out; there the ratio is only told, and the bars are of milliseconds: Slack waits 3,000.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from statistics import quantiles

from .measure import Figures, Measure
from .slack_town import Process, SlackTown, slack_town

ROUNDS, AT_WORK_ROUNDS = 8, 3
IN_A_ROW, MANY, AT_ONCE = 200, 480, 16
AT_WORK, A_SECOND = 60, 12
PEER = "aiohttp + SignatureVerifier"
MEDIAN, SLOWEST, RATE, CPU = "median", "slowest", "rate", "cpu"
WORK_MEDIAN, WORK_SLOWEST = "median at work", "slowest at work"

Rounds = dict[str, list[float]]


def measures() -> Iterator[Measure]:
    """Of each load, ours and theirs."""
    ours, bare = asyncio.run(_measured())

    def beside(what: str, of: str, times_as_fast: float | None, most: float | None = None) -> Measure:
        return Measure(what, Figures.of(ours[of]), most, PEER, Figures.of(bare[of]), times_as_fast)

    yield beside("acknowledging, in a row: median", MEDIAN, 1 / 2.5)
    yield beside("acknowledging, in a row: slowest of a hundred", SLOWEST, 1 / 4)
    yield beside(f"acknowledging, {AT_ONCE} at once: a command of many", RATE, 0.4)
    yield beside(f"acknowledging, {AT_ONCE} at once: processor", CPU, None)
    yield beside("acknowledging, at work: median", WORK_MEDIAN, None, 25)
    yield beside("acknowledging, at work: slowest of a hundred", WORK_SLOWEST, None, 300)


async def _measured() -> tuple[Rounds, Rounds]:
    async with slack_town() as town:
        taken: dict[int, Rounds] = {town.ours.port: defaultdict(list), town.bare.port: defaultdict(list)}
        for number in range(ROUNDS):
            both = (town.ours, town.bare) if number % 2 else (town.bare, town.ours)
            for server in both:
                await _round(town, server, taken[server.port])
                if number < AT_WORK_ROUNDS:
                    await _at_work(town, server, taken[server.port])
        return taken[town.ours.port], taken[town.bare.port]


async def _round(town: SlackTown, server: Process, taken: Rounds) -> None:
    each = (await town.send(server, IN_A_ROW))["each"]
    cut = quantiles(each, n=100)
    taken[MEDIAN].append(cut[49])
    taken[SLOWEST].append(cut[98])
    await town.answered()
    before = server.cpu()
    many = await town.send(server, MANY, at_once=AT_ONCE)
    taken[CPU].append((server.cpu() - before) / MANY)
    taken[RATE].append(many["whole"] / MANY)
    await town.answered()


async def _at_work(town: SlackTown, server: Process, taken: Rounds) -> None:
    each = (await town.send(server, AT_WORK, every=1 / A_SECOND))["each"]
    cut = quantiles(each, n=100)
    taken[WORK_MEDIAN].append(cut[49])
    taken[WORK_SLOWEST].append(cut[98])
    await town.answered()
