"""What TeamsPlaces and TeamsInbox promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from calendar_core.chat_account import ChatAccount
from calendar_core.people import Identity
from calendar_core.ports import HeardActivity, TeamsPlace
from calendar_core.store import Store

from .cast import NOW, Cast

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

    async def test_who_could_not_be_welcomed_is_welcomed_again(self, store: Store) -> None:
        assert await store.teams_places.welcome(ISSUER, "a:1", NOW)
        await store.teams_places.not_welcomed(ISSUER, "a:1")
        await store.teams_places.not_welcomed(ISSUER, "a:1")
        assert await store.teams_places.welcome(ISSUER, "a:1", NOW)

    async def test_what_a_directory_said_goes_with_the_app_and_nobody_elses(self, store: Store) -> None:
        other = replace(PLACE, account=Identity(ISSUER, "other"), conversation="a:2")
        for each in (PLACE, other):
            await store.teams_places.put(each)
            await store.accounts.seen(ChatAccount(account=each.account, address="someone@example.com"), NOW)
        await store.teams_places.removed(ISSUER, "a:1")
        assert await store.accounts.account(SAM) is None
        assert await store.accounts.account(other.account) is not None

    async def test_whoever_is_nobodys_is_forgotten_where_they_were_not_seen_for_long(
        self, store: Store, cast: Cast
    ) -> None:
        somebodys, suspended = (Identity(ISSUER, each) for each in ("linked", "suspended"))
        new = Identity(ISSUER, "new")
        for each in (SAM, somebodys, suspended, new):
            place = replace(PLACE, account=each, conversation=each.subject)
            await store.teams_places.put(replace(place, seen_at=NOW + MINUTE) if each == new else place)
            assert await store.teams_places.welcome(ISSUER, each.subject, NOW)
        for each in (somebodys, suspended):
            await store.accounts.confirm(ChatAccount(account=each), cast.sam.id, NOW)
        await store.accounts.unlink(suspended, NOW)
        for conversation in ("group", "upgraded"):
            assert await store.teams_places.welcome(ISSUER, conversation, NOW)
        assert not await store.teams_places.welcome(ISSUER, "upgraded", NOW + MINUTE)
        await store.teams_places.forget(NOW + MINUTE)
        kept = {each for each in (SAM, somebodys, suspended, new) if await store.teams_places.of(each) is not None}
        assert kept == {somebodys, new}
        conversations = (SAM.subject, "linked", "suspended", "new", "group", "upgraded")
        again = [each for each in conversations if await store.teams_places.welcome(ISSUER, each, NOW + MINUTE)]
        assert again == [SAM.subject, "suspended", "group"]


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
