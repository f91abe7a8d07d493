"""The world's clock and the cast, for whichever database the test is about."""

from __future__ import annotations

import pytest

from calendar_core.store import Store
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NOW, Cast, enrol


@pytest.fixture
def clock() -> WorldClock:
    return WorldClock(NOW)


@pytest.fixture
async def cast(store: Store) -> Cast:
    return await enrol(store)
