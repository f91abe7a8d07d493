"""How long Slack waits for us: from a signed command to our acknowledgement, beside a bare aiohttp handler that only
verifies the signature, in processes of their own, asked alternately."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode

from tests.adapters.slack.signed import command, signature

from .measure import Figures, Measure
from .slack_servers import NOW

ROUNDS, AT_ONCE = 12, 16
SINGLE, MANY = 300, 1_600  # requests a round
PEER = "aiohttp + SignatureVerifier"


def measures() -> Iterator[Measure]:
    """Median, the slowest hundredth, and how many a second."""
    with _server("ours") as ours, _server("bare") as bare:
        taken = {port: asyncio.run(_one_by_one(port, 100)) for port in (ours, bare)}
        taken = {ours: [], bare: []}
        rates: dict[int, list[float]] = {ours: [], bare: []}
        medians: dict[int, list[float]] = {ours: [], bare: []}
        for _ in range(ROUNDS):
            for port in (ours, bare):
                times = asyncio.run(_one_by_one(port, SINGLE))
                cut = quantiles(times, n=100)
                medians[port].append(cut[49])
                taken[port].append(cut[98])
                rates[port].append(asyncio.run(_many(port)))
    yield Measure(
        "acknowledging a command: median",
        Figures.of(medians[ours]),
        peer=PEER,
        theirs=Figures.of(medians[bare]),
        times_as_fast=1 / 2.5,
    )
    yield Measure(
        "acknowledging a command: slowest of a hundred",
        Figures.of(taken[ours]),
        peer=PEER,
        theirs=Figures.of(taken[bare]),
        times_as_fast=1 / 4,
    )
    yield Measure(
        f"a command of many, {AT_ONCE} at once",
        Figures.of(rates[ours]),
        peer=PEER,
        theirs=Figures.of(rates[bare]),
        times_as_fast=0.4,
    )


@contextmanager
def _server(which: str) -> Iterator[int]:
    """Its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.slack_servers", which], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def _request() -> bytes:
    """Signed, and another one each time: what is the same is known again."""
    body = urlencode(
        command("with my mentor", name="/book", response_url="https://hooks.slack.com/commands/x")
    ).encode()
    lines = (
        "POST /slack/events HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/x-www-form-urlencoded",
        f"X-Slack-Request-Timestamp: {NOW}",
        f"X-Slack-Signature: {signature(body, str(NOW))}",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*lines, "", "")).encode() + body


async def _one_by_one(port: int, count: int) -> list[float]:
    """Milliseconds of each."""
    requests = [_request() for _ in range(count)]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = []
    for request in requests:
        began = perf_counter()
        writer.write(request)
        await _answered(reader)
        taken.append((perf_counter() - began) * 1000)
    writer.close()
    await writer.wait_closed()
    return taken


async def _many(port: int) -> float:
    """Milliseconds for each of many, of which so many are under way at once."""
    requests = [_request() for _ in range(MANY)]

    async def some(mine: list[bytes]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in mine:
            writer.write(request)
            await _answered(reader)
        writer.close()
        await writer.wait_closed()

    began = perf_counter()
    await asyncio.gather(*(some(requests[number::AT_ONCE]) for number in range(AT_ONCE)))
    return (perf_counter() - began) * 1000 / MANY


async def _answered(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    assert b"Content-Length: 0" in head, head
