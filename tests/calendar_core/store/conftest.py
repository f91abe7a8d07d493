"""The world's clock and the cast, for whichever database the test is about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from calendar_core.store import Store, migrate
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NOW, Cast, enrol
from tests.postgres import PostgresServer


@pytest.fixture
def clock() -> WorldClock:
    return WorldClock(NOW)


@pytest.fixture
async def cast(store: Store) -> Cast:
    return await enrol(store)


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer) -> Iterator[str]:
    """The name of a database to copy: migrating one for each test would take longer than the tests."""
    with postgres.fresh() as database:
        migrate(postgres.url(database))
        yield database
