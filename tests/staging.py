"""The demo as it runs, in this process, on the story's Sunday: fixtures for whoever imports them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from adapters.cli.playing import Stage, staged

from .visiting import Visitor

NOW = datetime.fromisoformat("2026-11-22T11:02:00-05:00")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Everybody at their calendars, on Sunday morning in New York."""
    async with staged(tmp_path, now=NOW, keep=False) as running:
        yield running


@pytest.fixture
async def visitor(stage: Stage) -> AsyncIterator[Visitor]:
    """Somebody at the console."""
    async with aiohttp.ClientSession(stage.url) as http:
        yield Visitor(http, stage)
