"""What Happenings, Conversations and Inbox promise."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import get_args

import pytest

from calendar_core.happening import (
    BookingFailed,
    Happening,
    HappeningId,
    LinkReady,
    MatchMade,
    RequestAnswered,
    SessionBooked,
    SessionCancelled,
    SessionDeclined,
)
from calendar_core.people import Identity
from calendar_core.ports import Listing, Telling
from calendar_core.request import RequestId
from calendar_core.store import Store
from calendar_core.store.inbox import KEPT

from .cast import NOW, Cast, at
from .working import working

CONSOLE = Identity("console", "ana@example.com")


class HappeningsContract:
    async def test_what_is_added_is_told_to_each_by_a_job(self, store: Store, cast: Cast) -> None:
        made = MatchMade(cast.ana_sam.id)
        answered = RequestAnswered(RequestId(7))
        await store.happenings.add(
            [Telling(cast.ana.id, made, NOW), Telling(cast.sam.id, made, NOW), Telling(cast.ana.id, answered, NOW)]
        )
        async with working(store, "tell") as work:
            subjects = [(await work.next()).subject for _ in range(3)]
        told = [(int(user), await store.happenings.happening(HappeningId(int(each)))) for each, user in subjects]
        assert sorted(told, key=str) == sorted(
            [(cast.ana.id, made), (cast.sam.id, made), (cast.ana.id, answered)], key=str
        )
        assert len({number for number, _ in subjects}) == 2

    async def test_every_kind_of_happening_comes_back_as_it_was(self, store: Store, cast: Cast) -> None:
        kinds = get_args(Happening)
        happenings = [kind(*range(1, len(kind.__match_args__) + 1)) for kind in kinds]
        await store.happenings.add([Telling(cast.ana.id, each, NOW) for each in happenings])
        async with working(store, "tell") as work:
            numbers = {HappeningId(int((await work.next()).subject[0])) for _ in range(len(kinds))}
        back = [await store.happenings.happening(number) for number in sorted(numbers)]
        assert back == happenings

    async def test_an_unknown_happening_is_a_key_error(self, store: Store) -> None:
        with pytest.raises(KeyError):
            await store.happenings.happening(HappeningId(999))

    async def test_telling_is_marked_once(self, store: Store, cast: Cast) -> None:
        number = await add(store, cast, SessionBooked(cast.session(at(24)).uid))
        tries = await asyncio.gather(*(store.happenings.told(number, cast.ana.id, NOW) for _ in range(4)))
        assert sorted(tries) == [False, False, False, True]
        assert await store.happenings.told(number, cast.sam.id, NOW)

    async def test_whoever_was_told_is_not_told_again(self, store: Store, cast: Cast) -> None:
        number = await add(store, cast, MatchMade(cast.ana_sam.id))
        assert not await store.happenings.silenced(number, cast.ana.id)
        await store.happenings.told(number, cast.ana.id, NOW)
        assert await store.happenings.silenced(number, cast.ana.id)
        assert not await store.happenings.silenced(number, cast.sam.id)

    async def test_who_saw_the_outcome_as_a_reply_is_not_told_of_it(self, store: Store, cast: Cast) -> None:
        session = await store.sessions.reserve(cast.session(at(24)))
        for _ in range(2):
            await store.sessions.replied(session.uid, cast.ana.id)
        for happening in (SessionBooked(session.uid), BookingFailed(session.uid)):
            number = await add(store, cast, happening)
            assert await store.happenings.silenced(number, cast.ana.id)
            assert not await store.happenings.silenced(number, cast.sam.id)
        for other in (LinkReady(session.uid), SessionDeclined(session.uid, cast.sam.id)):
            assert not await store.happenings.silenced(await add(store, cast, other), cast.ana.id)

    async def test_who_saw_it_booked_has_not_seen_it_cancelled(self, store: Store, cast: Cast) -> None:
        session = await store.sessions.reserve(cast.session(at(24)))
        await store.sessions.replied(session.uid, cast.ana.id)
        number = await add(store, cast, SessionCancelled(session.uid, 1))
        assert not await store.happenings.silenced(number, cast.ana.id)
        for sequence in (1, 0):  # the newest that was seen counts
            await store.sessions.replied(session.uid, cast.ana.id, sequence=sequence)
        assert await store.happenings.silenced(number, cast.ana.id)
        assert not await store.happenings.silenced(
            await add(store, cast, SessionCancelled(session.uid, 2)), cast.ana.id
        )

    async def test_what_was_told_long_ago_is_forgotten_and_the_rest_is_kept(self, store: Store, cast: Cast) -> None:
        old, half, untold = [await add(store, cast, RequestAnswered(RequestId(each))) for each in (1, 2, 3)]
        for number in (old, half):
            await store.happenings.told(number, cast.ana.id, NOW - timedelta(days=1))
        await store.happenings.told(half, cast.sam.id, NOW)
        for _ in range(2):
            await store.happenings.forget(NOW)
        with pytest.raises(KeyError):
            await store.happenings.happening(old)
        assert await store.happenings.told_to(old) == frozenset()
        assert await store.happenings.told_to(half) == {cast.ana.id, cast.sam.id}
        assert await store.happenings.happening(untold) == RequestAnswered(RequestId(3))

    async def test_who_saw_an_outcome_is_forgotten_when_the_session_is_over(self, store: Store, cast: Cast) -> None:
        session = await store.sessions.reserve(cast.session(at(24)))
        await store.sessions.replied(session.uid, cast.ana.id)
        number = await add(store, cast, SessionBooked(session.uid))
        await store.happenings.forget(session.when.start)
        assert await store.happenings.silenced(number, cast.ana.id)
        await store.happenings.forget(session.when.end + timedelta(minutes=1))
        assert not await store.happenings.silenced(number, cast.ana.id)


class ConversationsContract:
    async def test_only_the_newest_list_is_remembered(self, store: Store) -> None:
        assert await store.conversations.newest(CONSOLE) is None
        await store.conversations.listed(CONSOLE, ("a", "b"), NOW)
        await store.conversations.listed(CONSOLE, ("c",), NOW)
        assert await store.conversations.newest(CONSOLE) == Listing(("c",), NOW, 0)
        assert await store.conversations.newest(Identity("console", "sam@example.com")) is None

    async def test_messages_after_the_list_are_counted(self, store: Store) -> None:
        await store.conversations.interrupted(CONSOLE)
        await store.conversations.listed(CONSOLE, ("a",), NOW)
        await store.conversations.interrupted(CONSOLE)
        await store.conversations.interrupted(CONSOLE)
        assert await store.conversations.newest(CONSOLE) == Listing(("a",), NOW, 2)
        await store.conversations.listed(CONSOLE, (), NOW)
        assert await store.conversations.newest(CONSOLE) == Listing((), NOW, 0)

    async def test_what_was_on_its_way_is_the_newest_unless_a_list_came_meanwhile(self, store: Store) -> None:
        soon, later = NOW + timedelta(seconds=1), NOW + timedelta(seconds=2)
        await store.conversations.listed_since(CONSOLE, ("a",), soon, since=NOW)
        assert await store.conversations.newest(CONSOLE) == Listing(("a",), soon, 0)
        await store.conversations.listed_since(CONSOLE, ("b",), later, since=soon)
        assert await store.conversations.newest(CONSOLE) == Listing(("b",), later, 0)
        await store.conversations.listed_since(CONSOLE, ("c",), later, since=soon)
        assert await store.conversations.newest(CONSOLE) == Listing(("b",), later, 1)


class InboxContract:
    async def test_messages_come_in_order_and_after_a_number(self, store: Store, cast: Cast) -> None:
        pushed = [
            await store.inbox.push(cast.ana.id, key, f'{{"text": "{key}"}}') for key in ("one", "two", "one", "three")
        ]
        assert pushed == [True, True, False, True]
        assert await store.inbox.has(cast.ana.id, "one")
        assert not await store.inbox.has(cast.sam.id, "one")
        await store.inbox.push(cast.sam.id, "one", "{}")
        everything = await store.inbox.after(cast.ana.id, 0)
        assert [body for _, body in everything] == ['{"text": "one"}', '{"text": "two"}', '{"text": "three"}']
        assert await store.inbox.after(cast.ana.id, everything[1][0]) == everything[2:]

    async def test_only_the_newest_messages_are_kept(self, store: Store, cast: Cast) -> None:
        for each in range(KEPT + 2):
            await store.inbox.push(cast.ana.id, str(each), "{}")
        numbers = [number for number, _ in await store.inbox.after(cast.ana.id, 0)]
        assert numbers == list(range(3, KEPT + 3))

    async def test_messages_pushed_at_once_all_arrive(self, store: Store, cast: Cast) -> None:
        await asyncio.gather(*(store.inbox.push(cast.ana.id, str(each), "{}") for each in range(10)))
        numbers = [number for number, _ in await store.inbox.after(cast.ana.id, 0)]
        assert numbers == list(range(1, 11))


async def add(store: Store, cast: Cast, happening: Happening) -> HappeningId:
    """Its number, as the job says that tells Kai."""
    await store.happenings.add([Telling(cast.kai.id, happening, NOW)])
    async with working(store, "tell") as work:
        return HappeningId(int((await work.next()).subject[0]))
