"""Microsoft's key server on this machine, and our side of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from adapters.teams.auth import Authentication
from adapters.teams.signing_keys import SigningKeys

from .microsoft import APP_ID, Microsoft


@pytest.fixture
async def microsoft() -> AsyncIterator[Microsoft]:
    made = Microsoft()
    async with made.serving():
        yield made


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def authentication(microsoft: Microsoft, connections: aiohttp.ClientSession) -> Authentication:
    keys = SigningKeys(connections, microsoft.authority.metadata, lambda: microsoft.now)
    return Authentication(APP_ID, microsoft.authority, keys, lambda: microsoft.now)
