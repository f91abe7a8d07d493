"""Trying again after a provider gave no usable answer: how often, how long, never sooner than it asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from random import SystemRandom
from typing import TypeVar

from calendar_core.errors import ProviderUnavailable

Answer = TypeVar("Answer")
spread = SystemRandom().uniform
FORGIVEN = timedelta(minutes=4)  # vendors forgive five; an answer is on its way for some seconds


@dataclass(frozen=True, slots=True)
class Patience:
    """At most `tries`, begun within `budget` seconds; pauses grow from `first_pause` seconds, with full jitter.

    `pause` waits for so many seconds; tests hand in one that only takes note.
    """

    tries: int = 4
    budget: float = 8.0
    first_pause: float = 0.25
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def answer(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Asks until there is an answer; only for what may safely be done twice. Raises the last
        ProviderUnavailable (at once where waiting as long as the provider wants exceeds the budget)."""
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + self.budget
        tried = 0
        while True:
            try:
                return await ask()
            except ProviderUnavailable as silence:
                tried += 1
                wait = spread(0, self.first_pause * 2**tried)
                if silence.retry_after is not None:
                    wait = max(wait, silence.retry_after.total_seconds())
                if tried >= self.tries or loop.time() + wait > give_up_at:
                    raise
            await self.pause(wait)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Retry-After in either form (RFC 9110 10.2.3); None where there is none or it cannot be read."""
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return timedelta(seconds=min(int(value), 86_400))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(timedelta(0), moment.replace(tzinfo=moment.tzinfo or UTC) - now)


def clock_off(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How far our clock is ahead of the one who answered (RFC 9110 6.6.1); None where its answer does not say."""
    try:
        theirs = parsedate_to_datetime(headers.get("Date", "").strip())
    except ValueError:
        return None
    return now - theirs.replace(tzinfo=theirs.tzinfo or UTC)


def is_clock_off(headers: Mapping[str, str], now: datetime) -> bool:
    """Further than vendors forgive in what we sign."""
    off = clock_off(headers, now)
    return off is not None and abs(off) > FORGIVEN
