"""What this installation stands on, as far as an admin who asks in a chat is to know: that something is not well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime

import aiohttp

from adapters.doctor import surroundings
from adapters.settings import Settings
from calendar_core.examining import Finding, Verdict, mail_records
from calendar_core.health import Unwell
from calendar_core.ports import Secrets, TxtRecords

ANSWER_WITHIN = 4.0  # seconds


def unwell_of(
    settings: Settings,
    secrets: Secrets,
    connections: aiohttp.ClientSession,
    records: TxtRecords | None,
    real_now: Callable[[], datetime],
) -> Callable[[], Awaitable[frozenset[Unwell]]]:
    """What the doctor would call a problem, all looked at once. What is not answered in time is not held against
    anybody. `records` None: none are looked up."""

    def examined() -> Iterator[tuple[Unwell, Awaitable[list[Finding]]]]:
        yield Unwell.KEYS, _listed(surroundings.encryption(secrets))
        yield Unwell.ADDRESS, _listed(surroundings.public_address(settings.public_url, connections))
        for vendor, url in surroundings.vendors(settings):
            yield Unwell.CLOCK, _listed(surroundings.clock(vendor, url, connections, real_now))
        if settings.mail and records:
            yield Unwell.RECORDS, mail_records(settings.mail.address.rpartition("@")[2], None, records)

    async def unwell() -> frozenset[Unwell]:
        named = tuple(examined())
        found = await asyncio.gather(*(_in_time(findings) for _, findings in named))
        pairs = zip((what for what, _ in named), found, strict=True)
        return frozenset(what for what, some in pairs if any(each.verdict is Verdict.PROBLEM for each in some))

    return unwell


async def _listed(finding: Awaitable[Finding]) -> list[Finding]:
    return [await finding]


async def _in_time(findings: Awaitable[list[Finding]]) -> list[Finding]:
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return await findings
    except TimeoutError:
        return []
