"""One person's tokens: shared through the store, renewed in time, and never another consent's."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from calendar_core.errors import ConsentRevoked, ProviderRejected, ProviderUnavailable
from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import User
from calendar_core.ports import Access, Credential, Granted
from calendar_core.providers.renewal import Renewal, RenewedTokens, Turn
from calendar_core.store import Store
from tests.calendar_core.providers.keeping import kept, person

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANA = "ana@example.com"
GRANTED = Granted(IntegrationKind.GOOGLE_INDIVIDUAL, ANA, "1077", (), "secret")
QUICK = Turn(look=0.01)


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    async with kept(migrated_url) as store:
        yield store


@dataclass
class Vendor:
    """Stands for any vendor's token endpoint: what it is asked, and what it answers next."""

    answers: list[str | Exception] = field(default_factory=list)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def exchange(self, credential: Credential, claims: str | None) -> Renewal:
        self.asked.append((credential.secret, claims))
        self.begun.set()
        await self.go_on.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Renewal(f"secret of {answer}", Access(answer, NOW + HOUR))


@pytest.fixture
def vendor() -> Vendor:
    vendor = Vendor()
    vendor.go_on.set()
    return vendor


@pytest.fixture
async def ana(store: Store) -> User:
    ana = await person(store, ANA)
    await store.credentials.put(ana.id, GRANTED)
    return ana


def tokens_of(ana: User, store: Store, vendor: Vendor, turn: Turn = QUICK) -> RenewedTokens:
    return RenewedTokens((ana.id, GRANTED.subject), store.credentials, vendor.exchange, lambda: NOW, turn)


async def test_the_token_is_shared_by_whoever_reads_the_row(ana: User, store: Store, vendor: Vendor) -> None:
    vendor.answers = ["first"]
    one, other = (tokens_of(ana, store, vendor) for _ in range(2))
    assert await asyncio.gather(*(each.token() for each in (one, other) * 10)) == ["first"] * 20
    assert vendor.asked == [("secret", None)]
    known = await store.credentials.of(ana.id)
    assert known is not None
    assert (known.secret, known.access) == ("secret of first", Access("first", NOW + HOUR))


async def test_one_that_was_refused_is_renewed_once_with_the_claims_that_were_made(
    ana: User, store: Store, vendor: Vendor
) -> None:
    vendor.answers = ["first", "second"]
    one, other = (tokens_of(ana, store, vendor) for _ in range(2))
    await one.token()
    again = [each.token(instead_of="first", claims='{"nbf": 1}') for each in (one, other) * 10]
    assert await asyncio.gather(*again) == ["second"] * 20
    assert vendor.asked == [("secret", None), ("secret of first", '{"nbf": 1}')]
    assert await other.token(instead_of="first") == "second"


async def test_a_refusal_answers_everybody_who_asked_before_it_and_nobody_who_asks_later(
    ana: User, store: Store, vendor: Vendor
) -> None:
    vendor.answers = [ConsentRevoked(Trouble.ACCESS_WITHDRAWN), "first"]
    vendor.go_on.clear()
    asking: set[int] = set()

    def source(number: int) -> RenewedTokens:
        def now() -> datetime:
            """Asked once it is known that a new token is needed: the vendor answers when all ten wait for it."""
            asking.add(number)
            if len(asking) == 10:
                vendor.go_on.set()
            return NOW

        return RenewedTokens((ana.id, GRANTED.subject), store.credentials, vendor.exchange, now, QUICK)

    sources = [source(number) for number in range(10)]
    told = await asyncio.gather(*(each.token() for each in sources), return_exceptions=True)
    assert [type(each) for each in told] == [ConsentRevoked] * 10
    assert len(vendor.asked) == 1
    assert await sources[3].token() == "first"
    known = await store.credentials.of(ana.id)
    assert known is not None
    assert known.refused is None


@pytest.mark.parametrize("failure", [ProviderUnavailable("silent"), ProviderRejected("invalid_client")])
async def test_a_failure_that_is_nobodys_refusal_lets_the_next_one_try(
    ana: User, store: Store, vendor: Vendor, failure: Exception
) -> None:
    vendor.answers = [failure, "first"]
    source = tokens_of(ana, store, vendor)
    with pytest.raises(type(failure)):
        await source.token()
    assert await source.token() == "first"
    known = await store.credentials.of(ana.id)
    assert known is not None
    assert known.secret == "secret of first"


async def test_a_vendor_that_takes_too_long_keeps_the_lease_from_nobody(
    ana: User, store: Store, vendor: Vendor
) -> None:
    vendor.answers = ["first"]
    vendor.go_on.clear()
    source = tokens_of(ana, store, vendor, replace(QUICK, exchange=0.05))
    with pytest.raises(ProviderUnavailable, match="too long"):
        await source.token()
    vendor.go_on.set()
    assert await source.token() == "first"


async def test_whoever_waits_for_somebody_else_gives_up_in_the_end(ana: User, store: Store, vendor: Vendor) -> None:
    assert await store.credentials.lease(ana.id, "somebody else", NOW, NOW + HOUR)
    with pytest.raises(ProviderUnavailable, match="somebody else"):
        await tokens_of(ana, store, vendor, Turn(exchange=0.1, lease=0.1, look=0.02)).token()
    assert vendor.asked == []


async def test_a_new_token_is_not_lost_where_the_lease_ran_out_meanwhile(
    ana: User, store: Store, vendor: Vendor
) -> None:
    vendor.answers = ["first"]
    vendor.go_on.clear()
    under_way = asyncio.create_task(tokens_of(ana, store, vendor).token())
    await vendor.begun.wait()
    assert await store.credentials.lease(ana.id, "somebody else", NOW + HOUR, NOW + 2 * HOUR)
    vendor.go_on.set()
    assert await under_way == "first"
    known = await store.credentials.of(ana.id)
    assert known is not None
    assert (known.secret, known.access) == ("secret of first", Access("first", NOW + HOUR))


async def test_who_is_refused_what_another_has_spent_uses_what_that_one_got(
    ana: User, store: Store, vendor: Vendor
) -> None:
    vendor.answers = [ConsentRevoked(Trouble.ACCESS_WITHDRAWN)]
    vendor.go_on.clear()
    under_way = asyncio.create_task(tokens_of(ana, store, vendor).token())
    await vendor.begun.wait()
    taken = await store.credentials.lease(ana.id, "somebody else", NOW + HOUR, NOW + 2 * HOUR)
    assert taken is not None
    assert await store.credentials.renewed(taken, "somebody else", "newest secret", Access("theirs", NOW + HOUR))
    vendor.go_on.set()
    assert await under_way == "theirs"
    known = await store.credentials.of(ana.id)
    assert known is not None
    assert (known.secret, known.refused) == ("newest secret", None)


async def test_a_new_token_is_stored_once_the_database_answers_again(
    tmp_path: Path, vendor: Vendor, caplog: pytest.LogCaptureFixture
) -> None:
    vendor.answers = ["first"]
    vendor.go_on.clear()
    file = tmp_path / "pairtime.sqlite3"
    async with kept(f"sqlite:///{file}?timeout=0.05") as store:
        ana = await person(store, ANA)
        await store.credentials.put(ana.id, GRANTED)
        under_way = asyncio.create_task(tokens_of(ana, store, vendor).token())
        await vendor.begun.wait()
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            vendor.go_on.set()
            async with asyncio.timeout(30):
                while "the database does not answer" not in caplog.text:  # noqa: ASYNC110 - a log calls nobody
                    await asyncio.sleep(0)
        assert await under_way == "first"
        known = await store.credentials.of(ana.id)
    assert known is not None
    assert known.secret == "secret of first"


async def test_a_token_in_its_last_minutes_serves_on_while_the_vendor_is_silent(
    ana: User, store: Store, vendor: Vendor
) -> None:
    await store.credentials.put(ana.id, replace(GRANTED, access=Access("old", NOW + timedelta(minutes=3))))
    vendor.answers = [ProviderUnavailable("silent"), ProviderUnavailable("silent"), "new"]
    source = tokens_of(ana, store, vendor)
    assert await source.token() == "old"
    with pytest.raises(ProviderUnavailable):
        await source.token(instead_of="old")
    assert await source.token() == "new"


async def test_a_caller_who_goes_away_does_not_take_the_others_token_along(
    ana: User, store: Store, vendor: Vendor
) -> None:
    vendor.answers = ["first"]
    vendor.go_on.clear()
    source = tokens_of(ana, store, vendor)
    first, second = (asyncio.create_task(source.token()) for _ in range(2))
    await vendor.begun.wait()
    first.cancel()
    vendor.go_on.set()
    assert await second == "first"
    assert len(vendor.asked) == 1


async def test_who_has_disconnected_or_connected_another_account_is_not_served_by_the_old_one(
    ana: User, store: Store, vendor: Vendor
) -> None:
    vendor.answers = ["first"]
    source = tokens_of(ana, store, vendor)
    await source.token()
    await store.credentials.put(ana.id, replace(GRANTED, subject="2088"))
    with pytest.raises(ProviderUnavailable):
        await source.token()
    await store.credentials.remove(ana.id)
    with pytest.raises(ProviderUnavailable):
        await source.token()
    assert len(vendor.asked) == 1


async def test_who_is_connected_otherwise_meanwhile_is_nothing_to_be_warned_of(
    ana: User, store: Store, vendor: Vendor, caplog: pytest.LogCaptureFixture
) -> None:
    vendor.answers = ["of the old one"]
    vendor.go_on.clear()
    under_way = asyncio.create_task(tokens_of(ana, store, vendor).token())
    await vendor.begun.wait()
    await store.credentials.let_go(ana.id, NOW)  # as where the domain has taken over
    vendor.go_on.set()
    assert await under_way == "of the old one"
    assert await store.credentials.of(ana.id) is None
    assert caplog.text == ""


async def test_who_connects_anew_meanwhile_keeps_the_new_consent(ana: User, store: Store, vendor: Vendor) -> None:
    vendor.answers = ["of the old one", "of the new one"]
    vendor.go_on.clear()
    source = tokens_of(ana, store, vendor)
    under_way = asyncio.create_task(source.token())
    await vendor.begun.wait()
    await store.credentials.put(ana.id, replace(GRANTED, secret="new secret"))
    vendor.go_on.set()
    assert await under_way == "of the old one"
    assert await source.token() == "of the new one"
    assert vendor.asked == [("secret", None), ("new secret", None)]
