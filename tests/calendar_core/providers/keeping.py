"""Where people's consents are kept while providers are tried: a store as on a real installation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.people import Role, User
from calendar_core.store import Store, migrate, open_store
from calendar_core.store.vault import Vault
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NOW

KEY = ("test", b"t" * 32)
ZONES = {"ana": "America/New_York", "gil": "Europe/Madrid", "ines": "Europe/Berlin", "sam": "Europe/Berlin"}


@asynccontextmanager
async def keeping(url: str) -> AsyncIterator[Store]:
    """Another process's view of a store that is there already."""
    store = open_store(url, WorldClock(NOW), vault=Vault([KEY]))
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def kept(place: str | Path) -> AsyncIterator[Store]:
    """A new one, with everybody of ZONES in it. `place`: an empty folder, or the URL of an empty database."""
    url = place if isinstance(place, str) else f"sqlite:///{place / 'consents.sqlite3'}"
    migrate(url)
    async with keeping(url) as store:
        lines = tuple(
            PersonEnrolled(
                organisation="Example",
                programme="Leaders 2026",
                role=Role.MENTEE,
                email=f"{who}@example.com",
                name=who.title(),
                time_zone=zone,
            )
            for who, zone in ZONES.items()
        )
        await store.enrolments.apply(Batch(lines), NOW)
        yield store


async def person(store: Store, address: str) -> User:
    """Somebody of ZONES."""
    (found,) = await store.people.at_address(address)
    return found
