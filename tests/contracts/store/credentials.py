"""What Credentials promises, and that what it keeps opens nowhere else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select, update

from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import UserId
from calendar_core.ports import Access, Credential, Granted
from calendar_core.store import Store, open_store
from calendar_core.store.schema import credential
from calendar_core.store.vault import SealBroken, Vault
from sandbox.clock import WorldClock

from .cast import NOW, Cast

GOOGLE = Granted(IntegrationKind.GOOGLE_INDIVIDUAL, "ana@example.com", "1077", ("events", "freebusy"), "refresh-1")
ACCESS = Access("access-1", NOW + timedelta(hours=1))
LEASE = timedelta(seconds=30)
OLD, NEW = ("old", b"o" * 32), ("new", b"n" * 32)


def until(now: datetime = NOW) -> datetime:
    return now + LEASE


async def renewed(store: Store, user: UserId, holder: str = "one", secret: str = "refresh-2") -> bool:
    return await store.credentials.renewed(await leased(store, user, holder), holder, secret, ACCESS)


async def leased(store: Store, user: UserId, holder: str, now: datetime = NOW) -> Credential:
    taken = await store.credentials.lease(user, holder, now, until(now))
    assert taken is not None
    return taken


async def stored(store: Store, user: UserId) -> dict[str, Any]:
    """The row as it lies in the database."""
    wanted = select(credential).where(credential.c.person == user)
    return await store.database.read(lambda connection: dict(connection.execute(wanted).mappings().one()))


class CredentialsContract:
    async def test_nobody_has_one_at_first(self, store: Store, cast: Cast) -> None:
        assert await store.credentials.of(cast.ana.id) is None
        assert await store.credentials.lease(cast.ana.id, "one", NOW, until()) is None
        await store.credentials.remove(cast.ana.id)

    async def test_what_was_granted_is_kept_whole(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        assert await store.credentials.of(cast.ana.id) == Credential(
            cast.ana.id, GOOGLE.kind, GOOGLE.account, GOOGLE.subject, GOOGLE.scopes, GOOGLE.secret
        )

    async def test_a_new_consent_replaces_the_old_one_whole(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        assert await renewed(store, cast.ana.id)
        outlook = replace(GOOGLE, kind=IntegrationKind.OUTLOOK_INDIVIDUAL, subject="2088", secret="cache")
        await store.credentials.put(cast.ana.id, outlook)
        found = await store.credentials.of(cast.ana.id)
        assert found is not None
        assert (found.kind, found.subject, found.secret, found.access) == (outlook.kind, "2088", "cache", None)
        assert found.revision > 0

    async def test_it_is_known_by_the_vendors_own_id(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        await store.credentials.put(cast.kai.id, GOOGLE)
        await store.credentials.put(cast.sam.id, replace(GOOGLE, subject="another"))
        assert await store.credentials.held(GOOGLE.kind, GOOGLE.subject) == (cast.ana.id, cast.kai.id)
        assert await store.credentials.held(IntegrationKind.OUTLOOK_INDIVIDUAL, GOOGLE.subject) == ()

    async def test_removing_it_twice_is_once(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        for _ in range(2):
            await store.credentials.remove(cast.ana.id)
        assert await store.credentials.of(cast.ana.id) is None

    async def test_of_many_at_once_one_may_renew(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        leases = [store.credentials.lease(cast.ana.id, f"holder {n}", NOW, until()) for n in range(20)]
        won = [each for each in await asyncio.gather(*leases) if each is not None]
        assert [each.secret for each in won] == [GOOGLE.secret]

    async def test_who_renews_stores_both_at_once_and_lets_the_next_one_try(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        assert await renewed(store, cast.ana.id)
        found = await store.credentials.lease(cast.ana.id, "two", NOW, until())
        assert found is not None
        assert (found.secret, found.access, found.revision) == ("refresh-2", ACCESS, 1)

    async def test_a_lease_ends_by_itself_and_whoever_had_it_ends_nobody_elses(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        await leased(store, cast.ana.id, "slow")
        assert await store.credentials.lease(cast.ana.id, "two", until() - timedelta(seconds=1), until()) is None
        second = await leased(store, cast.ana.id, "two", until())
        assert not await store.credentials.refused(cast.ana.id, "slow", Trouble.ACCESS_WITHDRAWN, NOW)
        await store.credentials.release(cast.ana.id, "slow")
        assert await store.credentials.renewed(second, "two", "fresh", ACCESS)
        found = await store.credentials.of(cast.ana.id)
        assert found is not None
        assert (found.secret, found.refused) == ("fresh", None)

    async def test_what_was_renewed_too_slowly_is_stored_unless_another_was(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        slow = await leased(store, cast.ana.id, "slow")
        second = await leased(store, cast.ana.id, "two", until())
        assert await store.credentials.renewed(slow, "slow", "fresh", ACCESS)
        assert not await store.credentials.refused(cast.ana.id, "two", Trouble.ACCESS_WITHDRAWN, NOW)
        assert not await store.credentials.renewed(second, "two", "of what was spent", ACCESS)
        found = await store.credentials.lease(cast.ana.id, "three", NOW, until())
        assert found is not None
        assert (found.secret, found.access, found.refused, found.revision) == ("fresh", ACCESS, None, 1)

    async def test_nor_does_a_change_of_keys_lose_what_was_renewed_too_slowly(
        self, url: str, clock: WorldClock, store: Store, cast: Cast
    ) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        slow = await leased(store, cast.ana.id, "slow")
        await leased(store, cast.ana.id, "two", until())
        rotating = open_store(url, clock, vault=Vault((NEW, OLD)))
        await rotating.secrets.reseal(lambda _done, _about: None)
        assert not await store.credentials.renewed(slow, "slow", "fresh", ACCESS)  # it cannot see what lies there
        assert await rotating.credentials.renewed(slow, "slow", "fresh", ACCESS)
        found = await rotating.credentials.of(cast.ana.id)
        assert found is not None
        assert found.secret == "fresh"
        await rotating.close()

    async def test_a_new_consent_ends_the_lease(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        stale = await leased(store, cast.ana.id, "one")
        await store.credentials.put(cast.ana.id, replace(GOOGLE, secret="refresh-9"))
        assert not await store.credentials.renewed(stale, "one", "stale", ACCESS)
        found = await store.credentials.lease(cast.ana.id, "two", NOW, until())
        assert found is not None
        assert found.secret == "refresh-9"
        await store.credentials.remove(cast.ana.id)
        assert not await store.credentials.renewed(found, "two", "stale", ACCESS)
        assert await store.credentials.of(cast.ana.id) is None

    async def test_a_refusal_is_known_to_all_until_it_is_renewed_again(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        assert await store.credentials.lease(cast.ana.id, "one", NOW, until())
        await store.credentials.refused(cast.ana.id, "one", Trouble.ACCESS_WITHDRAWN, NOW)
        found = await store.credentials.of(cast.ana.id)
        assert found is not None
        assert (found.refused, found.refused_at) == (Trouble.ACCESS_WITHDRAWN, NOW)
        assert await renewed(store, cast.ana.id)
        found = await store.credentials.of(cast.ana.id)
        assert found is not None
        assert (found.refused, found.refused_at) == (None, None)

    async def test_a_lease_given_back_changes_nothing(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        before = await store.credentials.of(cast.ana.id)
        assert await store.credentials.lease(cast.ana.id, "one", NOW, until())
        for _ in range(2):
            await store.credentials.release(cast.ana.id, "one")
        assert await store.credentials.lease(cast.ana.id, "two", NOW, until()) == before

    async def test_no_secret_lies_open_in_the_database(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        assert await renewed(store, cast.ana.id)
        row = str(await stored(store, cast.ana.id))
        assert "refresh-2" not in row
        assert ACCESS.token not in row
        assert "refresh" not in repr(await store.credentials.of(cast.ana.id))

    async def test_what_was_never_sealed_cannot_be_stored(self, store: Store, cast: Cast) -> None:
        await store.credentials.put(cast.ana.id, GOOGLE)
        with pytest.raises(Exception, match="not sealed") as refused:
            await set_to(store, cast.ana.id, secret="refresh-1")
        assert "refresh-1" not in str(refused.value)

    async def test_what_is_moved_to_another_row_or_column_does_not_open(self, store: Store, cast: Cast) -> None:
        for user in (cast.ana.id, cast.sam.id):
            await store.credentials.put(user, GOOGLE)
            assert await renewed(store, user)
        ana, sam = await stored(store, cast.ana.id), await stored(store, cast.sam.id)
        for moved in (
            {"secret": sam["secret"]},  # from another row
            {"access": sam["access"]},
            {"secret": ana["access"], "access": ana["secret"]},  # between columns
        ):
            await set_to(store, cast.ana.id, **moved)
            with pytest.raises(SealBroken):
                await store.credentials.of(cast.ana.id)
            with pytest.raises(SealBroken):
                await store.credentials.lease(cast.ana.id, "one", NOW, until())
            await set_to(store, cast.ana.id, secret=ana["secret"], access=ana["access"])
        assert await store.credentials.lease(cast.ana.id, "two", NOW, until())  # nobody is left holding it

    async def test_it_opens_with_any_key_and_is_sealed_with_the_first(
        self, url: str, clock: WorldClock, store: Store, cast: Cast
    ) -> None:
        before, between, after = (open_store(url, clock, vault=Vault(keys)) for keys in ((OLD,), (NEW, OLD), (NEW,)))
        await before.credentials.put(cast.ana.id, GOOGLE)
        with pytest.raises(SealBroken):
            await after.credentials.of(cast.ana.id)
        assert await renewed(between, cast.ana.id)
        found = await after.credentials.of(cast.ana.id)
        assert found is not None
        assert found.secret == "refresh-2"
        with pytest.raises(SealBroken):
            await before.credentials.of(cast.ana.id)
        for each in (before, between, after):
            await each.close()

    async def test_without_a_key_nothing_is_kept(self, url: str, clock: WorldClock, cast: Cast) -> None:
        keyless = open_store(url, clock)
        with pytest.raises(SealBroken):
            await keyless.credentials.put(cast.ana.id, GOOGLE)
        assert await keyless.credentials.of(cast.ana.id) is None
        await keyless.close()


async def set_to(store: Store, user: UserId, **values: str) -> None:
    """As somebody would who can write to the database."""

    def work(connection: Connection) -> None:
        table: Table = credential
        connection.execute(update(table).where(table.c.person == user).values(**values))

    await store.database.write(work)
