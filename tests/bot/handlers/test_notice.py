"""The first time that a programme's notice allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.handlers.notice import first_by_notice
from calendar_core.programme import Rules


@pytest.mark.parametrize(
    ("zone", "now", "first"),
    [
        ("Asia/Kathmandu", "2026-11-22T10:01:30+05:45", "2026-11-23T10:30:00+05:45"),
        ("Asia/Kathmandu", "2026-11-22T10:30:00+05:45", "2026-11-23T10:30:00+05:45"),
        ("Europe/Berlin", "2026-11-22T23:45:01+01:00", "2026-11-24T00:00:00+01:00"),
    ],
)
def test_steps_count_by_the_readers_clock(zone: str, now: str, first: str) -> None:
    rules = replace(Rules(), notice=24 * 60, step=30)
    assert first_by_notice(rules, zone, datetime.fromisoformat(now)) == datetime.fromisoformat(first)
