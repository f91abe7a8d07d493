"""What Requests and Receipts promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_core.errors import OpenRequestExists
from calendar_core.happening import HappeningId, RequestAnswered, RequestMade
from calendar_core.ports import Receipt, Telling
from calendar_core.request import Basis, Request, RequestId, RequestState
from calendar_core.store import Store

from .cast import NOW, Cast, at
from .working import working

MONDAY = date(2026, 11, 23)


def asked(cast: Cast) -> Request:
    """Ana offers Sam three times."""
    return Request(
        id=RequestId(0),
        programme=cast.ana_sam.programme,
        match=cast.ana_sam.id,
        asker=cast.ana.id,
        proposer=cast.ana.id,
        chooser=cast.sam.id,
        minutes=45,
        times=(at(24), at(48), at(50)),
        basis=Basis.PROPOSER_FREE,
        state=RequestState.OPEN,
        made_at=NOW,
        topic="My first presentation",
    )


def turned(request: Request) -> Request:
    """The same, asked by the other side."""
    assert request.chooser
    return replace(request, asker=request.chooser, proposer=request.chooser, chooser=request.asker)


class RequestsContract:
    async def test_a_request_is_stored_whole_under_a_new_id(self, store: Store, cast: Cast) -> None:
        stored = await store.requests.make(asked(cast), None)
        assert stored == replace(asked(cast), id=stored.id)
        assert await store.requests.request(stored.id) == stored
        assert await store.requests.request(RequestId(stored.id + 1)) is None

    async def test_the_chooser_is_told(self, store: Store, cast: Cast) -> None:
        stored = await store.requests.make(asked(cast), cast.sam.id)
        async with working(store, "tell") as work:
            number, user = (await work.next()).subject
        assert int(user) == cast.sam.id
        assert await store.happenings.happening(HappeningId(int(number))) == RequestMade(stored.id)

    async def test_a_pair_has_one_open_request_in_either_direction(self, store: Store, cast: Cast) -> None:
        first = await store.requests.make(asked(cast), None)
        with pytest.raises(OpenRequestExists) as refused:
            await store.requests.make(turned(asked(cast)), None)
        assert refused.value.partner_name == "Ana Ruiz"
        assert await store.requests.change(first, replace(first, state=RequestState.DECLINED))
        await store.requests.make(turned(asked(cast)), None)

    async def test_the_same_asker_s_older_request_is_replaced(self, store: Store, cast: Cast) -> None:
        first = await store.requests.make(asked(cast), None)
        second = await store.requests.make(replace(asked(cast), times=(at(72),)), None)
        assert second.id != first.id
        assert await store.requests.request(first.id) == replace(first, state=RequestState.REPLACED)
        assert await store.requests.request(second.id) == second

    async def test_of_two_that_ask_each_other_at_once_one_is_open(self, store: Store, cast: Cast) -> None:
        tries = (store.requests.make(each, None) for each in (asked(cast), turned(asked(cast))))
        outcomes = await asyncio.gather(*tries, return_exceptions=True)
        assert sorted(type(each).__name__ for each in outcomes) == ["OpenRequestExists", "Request"]

    async def test_the_slower_of_two_changes_is_refused(self, store: Store, cast: Cast) -> None:
        stored = await store.requests.make(asked(cast), None)
        accepted = replace(stored, state=RequestState.ACCEPTED, chosen=at(48))
        declined = replace(stored, state=RequestState.DECLINED)
        tell = [Telling(cast.ana.id, RequestAnswered(stored.id), NOW)]
        assert await store.requests.change(stored, accepted, tell=tell)
        assert not await store.requests.change(stored, declined, tell=tell)
        assert await store.requests.request(stored.id) == accepted
        async with working(store, "tell") as work:
            await work.next()
            await work.is_all(store)

    async def test_a_request_that_reached_nobody_stands_in_nobody_s_way(self, store: Store, cast: Cast) -> None:
        unheard = replace(asked(cast), match=None, chooser=None, basis=Basis.PLAIN, times=())
        first, second = [await store.requests.make(unheard, None) for _ in range(2)]
        assert await store.requests.request(first.id) == replace(unheard, id=first.id)
        assert await store.requests.request(second.id) == replace(unheard, id=second.id)

    async def test_requests_to_strangers_are_counted_from_a_day_on(self, store: Store, cast: Cast) -> None:
        await store.requests.make(asked(cast), None)
        stranger = replace(asked(cast), match=None, chooser=cast.uma.id, basis=Basis.PLAIN)
        for days, made in ((8, True), (6, True), (3, False), (0, True)):
            now = NOW - timedelta(days=days)
            new, week = replace(stranger, made_at=now), now - timedelta(days=7)
            assert await store.requests.make_unmatched(new, None, since=week, limit=2) is made
        others = replace(stranger, asker=cast.sam.id, proposer=cast.sam.id)
        assert await store.requests.make_unmatched(others, None, since=NOW - timedelta(days=7), limit=1)

    async def test_requests_to_strangers_sent_at_once_are_counted_one_by_one(self, store: Store, cast: Cast) -> None:
        stranger = replace(asked(cast), match=None, chooser=cast.uma.id, basis=Basis.PLAIN)
        tries = (store.requests.make_unmatched(stranger, cast.uma.id, since=NOW, limit=3) for _ in range(8))
        assert sorted(await asyncio.gather(*tries)) == [False] * 5 + [True] * 3

    async def test_refusing_somebody_s_requests_is_one_way(self, store: Store, cast: Cast) -> None:
        for _ in range(2):
            await store.requests.refuse_from(cast.uma.id, cast.ana.id)
        assert await store.requests.refuses(cast.uma.id, cast.ana.id)
        assert not await store.requests.refuses(cast.ana.id, cast.uma.id)


class ReceiptsContract:
    async def test_a_day_s_look_ups_make_one_receipt_of_the_widest_dates(self, store: Store, cast: Cast) -> None:
        for first, last in ((3, 5), (4, 9), (2, 3)):
            assert await store.receipts.shown([seen(cast, first, last)], 20)
        assert await store.receipts.of(cast.sam.id, MONDAY) == (seen(cast, 2, 9),)
        assert await store.receipts.of(cast.ana.id, MONDAY) == ()

    async def test_a_receipt_is_automatic_only_if_every_look_was(self, store: Store, cast: Cast) -> None:
        automatic = replace(seen(cast, 1, 2), automatic=True)
        await store.receipts.shown([automatic], 20)
        assert await store.receipts.of(cast.sam.id, MONDAY) == (automatic,)
        await store.receipts.shown([seen(cast, 1, 2)], 20)
        await store.receipts.shown([automatic], 20)
        assert await store.receipts.of(cast.sam.id, MONDAY) == (seen(cast, 1, 2),)

    async def test_the_limit_counts_looks_of_both_and_of_that_day(self, store: Store, cast: Cast) -> None:
        back = replace(seen(cast, 1, 2), owner=cast.ana.id, viewer=cast.sam.id)
        assert await store.receipts.shown([seen(cast, 1, 2), back], 2)
        assert await store.receipts.shown([back], 2)
        assert not await store.receipts.shown([seen(cast, 1, 30)], 2)
        assert await store.receipts.of(cast.sam.id, MONDAY) == (seen(cast, 1, 2),)
        assert await store.receipts.shown([replace(seen(cast, 1, 2), automatic=True)], 2)
        assert await store.receipts.shown([replace(seen(cast, 1, 2), day=MONDAY + timedelta(days=1))], 2)
        assert not await store.receipts.shown([replace(seen(cast, 1, 2), viewer=cast.kai.id)], 0)

    async def test_many_looks_at_once_do_not_pass_the_limit(self, store: Store, cast: Cast) -> None:
        looks = await asyncio.gather(*(store.receipts.shown([seen(cast, 1, 2)], 5) for _ in range(12)))
        assert looks.count(True) == 5

    async def test_one_pair_at_its_limit_refuses_the_look_whole(self, store: Store, cast: Cast) -> None:
        of_kai = replace(seen(cast, 1, 2), viewer=cast.kai.id, match=cast.kai_sam.id)
        assert await store.receipts.shown([seen(cast, 1, 2)], 1)
        assert not await store.receipts.shown([of_kai, seen(cast, 1, 2)], 1)
        assert await store.receipts.shown([of_kai], 1)

    async def test_receipts_come_the_newest_first_and_are_forgotten(self, store: Store, cast: Cast) -> None:
        days = [MONDAY - timedelta(days=days) for days in (90, 1, 0)]
        for day in days:
            await store.receipts.shown([replace(seen(cast, 1, 2), day=day)], 20)
        assert [each.day for each in await store.receipts.of(cast.sam.id, days[1])] == [days[2], days[1]]
        await store.receipts.forget(days[1])
        assert [each.day for each in await store.receipts.of(cast.sam.id, days[0])] == [days[2], days[1]]


def seen(cast: Cast, first: int, last: int) -> Receipt:
    """Ana saw Sam's times of these days of December."""
    return Receipt(cast.sam.id, cast.ana.id, cast.ana_sam.id, MONDAY, date(2026, 12, first), date(2026, 12, last))
