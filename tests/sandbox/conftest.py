"""A sandbox with a small cast, over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.world import Mailbox

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
CAST = (
    Mailbox("ana@example.com", "Ana Ruiz", "google", "America/New_York"),
    Mailbox("gil@example.com", "Gil Mora", "google", "Europe/Madrid"),
    Mailbox("sam@example.com", "Sam Okoye", "microsoft", "Europe/Berlin"),
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        for mailbox in CAST:
            running.world.add_mailbox(mailbox)
        yield running


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    """A client whose paths begin at the sandbox."""
    async with aiohttp.ClientSession(sandbox.url) as session:
        yield session
