"""What TeamsPlaces and TeamsInbox promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from calendar_core.people import Identity
from calendar_core.ports import HeardActivity, TeamsPlace
from calendar_core.store import Store

from .cast import NOW

ISSUER = "teams:11111111-2222-3333-4444-555555555555"
SAM = Identity(ISSUER, "aaaaaaaa-2222-3333-4444-555555555555")
PLACE = TeamsPlace(
    account=SAM,
    member="29:sam",
    bot="28:bot",
    service_url="https://smba.trafficmanager.net/emea/",
    conversation="a:1",
    language="en-GB",
    seen_at=NOW,
)
HEARD = HeardActivity(issuer=ISSUER, conversation="a:1", id="1", at=NOW, body='{"text": "\\u0000"}')
MINUTE = timedelta(minutes=1)


class TeamsPlacesContract:
    async def test_the_newest_place_counts_and_a_chat_once_known_is_kept(self, store: Store) -> None:
        assert await store.teams_places.of(SAM) is None
        await store.teams_places.put(PLACE)
        moved = replace(PLACE, service_url="https://smba.trafficmanager.net/fr/", conversation=None)
        await store.teams_places.put(moved)
        assert await store.teams_places.of(SAM) == replace(moved, conversation="a:1")
        await store.teams_places.put(replace(moved, conversation="a:2"))
        assert await store.teams_places.of(SAM) == replace(moved, conversation="a:2")

    async def test_what_is_removed_is_gone_and_nobody_elses(self, store: Store) -> None:
        other = replace(PLACE, account=Identity("teams:other", "b"))
        await store.teams_places.put(PLACE)
        await store.teams_places.put(other)
        assert await store.teams_places.removed(ISSUER, "a:2") == ()
        assert await store.teams_places.removed(ISSUER, "a:1") == (SAM,)
        assert await store.teams_places.removed(ISSUER, "a:1") == ()
        assert await store.teams_places.of(SAM) is None
        assert await store.teams_places.of(other.account) == other

    async def test_a_conversation_is_welcomed_once_until_it_is_left(self, store: Store) -> None:
        tries = await asyncio.gather(*(store.teams_places.welcome(ISSUER, "a:1", NOW) for _ in range(5)))
        assert tries.count(True) == 1
        assert await store.teams_places.welcome(ISSUER, "a:2", NOW)
        await store.teams_places.removed(ISSUER, "a:1")
        assert await store.teams_places.welcome(ISSUER, "a:1", NOW)


class TeamsInboxContract:
    async def test_of_many_who_take_one_activity_one_answers(self, store: Store) -> None:
        tries = await asyncio.gather(*(store.teams_inbox.take(HEARD) for _ in range(5)))
        assert tries.count(True) == 1
        assert await store.teams_inbox.take(replace(HEARD, id="2"))
        assert await store.teams_inbox.take(replace(HEARD, conversation="a:2"))
        assert await store.teams_inbox.take(replace(HEARD, issuer="teams:other"))

    async def test_what_was_never_answered_is_somebody_elses_after_a_while_and_once(self, store: Store) -> None:
        await store.teams_inbox.take(HEARD)
        await store.teams_inbox.take(replace(HEARD, id="2", at=NOW + 2 * MINUTE))
        assert await store.teams_inbox.left(NOW - MINUTE, NOW, 10) == ()
        now = NOW + 2 * MINUTE
        several = await asyncio.gather(*(store.teams_inbox.left(NOW + MINUTE, now, 10) for _ in range(3)))
        assert sorted(map(len, several)) == [0, 0, 1]
        assert [each for some in several for each in some] == [replace(HEARD, at=now)]
        assert not await store.teams_inbox.take(HEARD)

    async def test_what_is_renewed_is_nobody_elses_until_it_is_not_renewed_any_more(self, store: Store) -> None:
        answered, now = replace(HEARD, id="2"), NOW + 2 * MINUTE
        await store.teams_inbox.take(HEARD)
        await store.teams_inbox.take(replace(HEARD, id="3"))
        await store.teams_inbox.take(answered)
        await store.teams_inbox.done(answered)
        await store.teams_inbox.renew((replace(HEARD, body=""), answered), now)
        assert [each.id for each in await store.teams_inbox.left(NOW + MINUTE, now, 10)] == ["3"]
        later = now + 2 * MINUTE
        left = await store.teams_inbox.left(now, later, 10)
        assert [(each.id, each.body) for each in left] == [("1", HEARD.body), ("3", HEARD.body)]

    async def test_what_was_answered_says_nothing_any_more_and_is_still_known(self, store: Store) -> None:
        await store.teams_inbox.take(HEARD)
        await store.teams_inbox.done(HEARD)
        await store.teams_inbox.done(HEARD)
        assert await store.teams_inbox.left(NOW + MINUTE, NOW, 10) == ()
        assert not await store.teams_inbox.take(HEARD)
        await store.teams_inbox.forget(NOW + MINUTE)
        assert await store.teams_inbox.take(HEARD)
