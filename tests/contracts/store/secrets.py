"""What Secrets promises: keys are changed while everybody works, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_core.enrolment import Batch
from calendar_core.people import Role, UserId
from calendar_core.ports import Access, Resealed
from calendar_core.store import Store, open_store, resealing
from calendar_core.store.vault import SealBroken, Vault
from sandbox.clock import WorldClock

from .cast import NOW, Cast, enrolled
from .credentials import ACCESS, GOOGLE, NEW, OLD, leased, renewed, set_to, stored, until

MANY = 30


@asynccontextmanager
async def opened(url: str, clock: WorldClock, *keys: tuple[str, bytes]) -> AsyncIterator[Store]:
    """As another process would, with these keys."""
    store = open_store(url, clock, vault=Vault(keys))
    try:
        yield store
    finally:
        await store.close()


def unheard(done: int, about: int) -> None:
    """Whoever does not watch."""
    assert 0 <= done <= about


class SecretsContract:
    @pytest.fixture
    async def people(self, store: Store) -> list[UserId]:
        """Each with a consent that was renewed once: two sealed texts."""
        lines = tuple(enrolled(f"p{n}", f"Person {n}", Role.MENTEE, "Europe/Oslo") for n in range(MANY))
        await store.enrolments.apply(Batch(lines), NOW)
        users = [(await store.people.at_address(each.email))[0].id for each in lines]
        for user in users:
            await store.credentials.put(user, replace(GOOGLE, subject=str(user)))
            assert await renewed(store, user, secret=f"refresh of {user}")
        return users

    async def test_what_is_sealed_is_counted_by_its_key(self, store: Store, cast: Cast) -> None:
        assert await store.secrets.sealed_by() == {}
        await store.credentials.put(cast.ana.id, GOOGLE)
        assert await store.secrets.sealed_by() == {"old": 1}
        assert store.secrets.newest_key == "old"

    async def test_everything_comes_to_need_the_newest_key_alone(
        self, url: str, clock: WorldClock, people: list[UserId], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(resealing, "AT_ONCE", 7)
        heard: list[tuple[int, int]] = []
        async with opened(url, clock, NEW, OLD) as rotating:
            assert await rotating.secrets.reseal(lambda done, about: heard.append((done, about))) == Resealed(
                2 * MANY, 0
            )
            assert await rotating.secrets.sealed_by() == {"new": 2 * MANY}
            assert await rotating.secrets.reseal(unheard) == Resealed(0, 0)
        assert heard[-1] == (2 * MANY, 2 * MANY)
        assert len(heard) > 5
        async with opened(url, clock, NEW) as after:
            for user in people:
                found = await after.credentials.of(user)
                assert found is not None
                assert (found.secret, found.access) == (f"refresh of {user}", ACCESS)

    async def test_so_does_what_is_to_be_withdrawn(
        self, store: Store, url: str, clock: WorldClock, people: list[UserId], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(resealing, "AT_ONCE", 7)
        for user in people:
            await store.credentials.let_go(user, NOW)
        async with opened(url, clock, NEW, OLD) as rotating:
            assert await rotating.secrets.reseal(unheard) == Resealed(MANY, 0)
        async with opened(url, clock, NEW) as after:
            for user in people:
                (only,) = await after.credentials.withdrawals(user)
                assert only.credential.secret == f"refresh of {user}"

    async def test_while_others_renew_nothing_is_lost(
        self, url: str, clock: WorldClock, people: list[UserId], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(resealing, "AT_ONCE", 3)
        rounds = 4
        async with opened(url, clock, NEW, OLD) as rotating, opened(url, clock, NEW, OLD) as serving:

            async def renew(user: UserId) -> None:
                for number in range(rounds):
                    access = Access(f"access {number}", NOW + timedelta(hours=number))
                    spent = await leased(serving, user, "server")
                    assert await serving.credentials.renewed(spent, "server", f"refresh {number} of {user}", access)

            await asyncio.gather(rotating.secrets.reseal(unheard), *map(renew, people))
            await rotating.secrets.reseal(unheard)
        async with opened(url, clock, NEW) as after:
            assert await after.secrets.sealed_by() == {"new": 2 * MANY}
            for user in people:
                found = await after.credentials.of(user)
                assert found is not None
                assert found.secret == f"refresh {rounds - 1} of {user}"
                assert found.revision == 1 + rounds  # a change of keys is no change

    async def test_a_lease_outlives_it(self, url: str, clock: WorldClock, store: Store, people: list[UserId]) -> None:
        spent = await leased(store, people[0], "one")
        async with opened(url, clock, NEW, OLD) as rotating:
            await rotating.secrets.reseal(unheard)
            assert await rotating.credentials.lease(people[0], "two", NOW, until()) is None
            assert await rotating.credentials.renewed(spent, "one", "refresh", ACCESS)

    async def test_broken_off_it_goes_on_where_it_was(
        self, url: str, clock: WorldClock, people: list[UserId], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(resealing, "AT_ONCE", 10)

        def break_off(done: int, about: int) -> None:
            raise KeyboardInterrupt

        async with opened(url, clock, NEW, OLD) as rotating:
            with pytest.raises(KeyboardInterrupt):
                await rotating.secrets.reseal(break_off)
            assert await rotating.secrets.sealed_by() == {"new": 10, "old": 2 * MANY - 10}
            assert await rotating.secrets.reseal(unheard) == Resealed(2 * MANY - 10, 0)

    async def test_what_does_not_open_stays_and_is_told(
        self, url: str, clock: WorldClock, store: Store, people: list[UserId]
    ) -> None:
        await set_to(store, people[0], secret=str((await stored(store, people[1]))["secret"]))
        async with opened(url, clock, NEW, OLD) as rotating:
            assert await rotating.secrets.reseal(unheard) == Resealed(2 * MANY - 1, 1)
            assert await rotating.secrets.sealed_by() == {"new": 2 * MANY - 1, "old": 1}
        async with opened(url, clock, ("newer", b"N" * 32)) as keyless:
            assert await keyless.secrets.reseal(unheard) == Resealed(0, 2 * MANY)

    async def test_without_a_key_it_cannot_begin(self, url: str, clock: WorldClock, people: list[UserId]) -> None:
        async with opened(url, clock) as keyless:
            assert keyless.secrets.newest_key is None
            with pytest.raises(SealBroken):
                await keyless.secrets.reseal(unheard)
