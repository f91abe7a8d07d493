"""The clock that jumps."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from sandbox.clock import WorldClock

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_it_runs_on_in_real_time_from_where_it_was_set() -> None:
    real = datetime(2030, 1, 1, tzinfo=UTC)
    clock = WorldClock(START, real=lambda: real)
    real += timedelta(seconds=5)
    assert clock.now() == START + timedelta(seconds=5)
    clock.set(START.astimezone(timezone(timedelta(hours=5))))
    assert clock.now() == START


async def test_a_sleeper_wakes_on_the_jump_that_brings_its_time_and_not_before() -> None:
    clock = WorldClock(START)
    sleeper = asyncio.create_task(clock.sleep_until(START + timedelta(days=2)))
    await asyncio.sleep(0)
    clock.jump(timedelta(days=1))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not sleeper.done()
    clock.jump(timedelta(days=1))
    await asyncio.wait_for(sleeper, timeout=60)


def test_a_time_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        WorldClock(START).set(START.replace(tzinfo=None))
