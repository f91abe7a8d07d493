"""What Posts, Reach and Uploads promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from calendar_core.chat_account import ChatAccount
from calendar_core.ended import Leaver
from calendar_core.people import Identity, UserId
from calendar_core.ports import Post, PostState, Unreached, Upload
from calendar_core.store import Store

from .cast import NOW, Cast, at

ACCOUNT = Identity("slack:T0123ABCD", "U0ANA")
OTHER = Identity("slack:T0FFFFFFF", "U1ANA")
SOON, A_DAY = timedelta(seconds=1), timedelta(days=1)


def new(user: UserId, key: str = "happening/1", seconds: int = 0) -> Post:
    """One that is about to be sent."""
    return Post(user=user, key=key, account=ACCOUNT, state=PostState.SENDING, at=NOW + seconds * SOON)


class PostsContract:
    async def test_of_many_who_begin_one_sends(self, store: Store, cast: Cast) -> None:
        tries = await asyncio.gather(*(store.posts.begin(new(cast.ana.id)) for _ in range(5)))
        assert tries.count(None) == 1
        assert {each for each in tries if each} == {new(cast.ana.id)}
        assert await store.posts.begin(new(cast.sam.id)) is None, "another person's is another message"
        assert await store.posts.begin(new(cast.ana.id, "happening/2")) is None

    async def test_what_was_certainly_not_sent_is_begun_anew(self, store: Store, cast: Cast) -> None:
        await store.posts.begin(new(cast.ana.id))
        await store.posts.unsent(cast.ana.id, "happening/1")
        tries = await asyncio.gather(*(store.posts.begin(new(cast.ana.id, seconds=3)) for _ in range(4)))
        assert tries.count(None) == 1
        assert {each for each in tries if each} == {new(cast.ana.id, seconds=3)}

    async def test_what_is_in_doubt_is_taken_over_by_one(self, store: Store, cast: Cast) -> None:
        await store.posts.begin(new(cast.ana.id))
        was = await store.posts.begin(new(cast.ana.id))
        assert was is not None
        taken = await asyncio.gather(*(store.posts.again(was, NOW + each * SOON) for each in range(1, 5)))
        assert sorted(taken) == [False, False, False, True]
        await store.posts.sent(cast.ana.id, "happening/1", "D1", "1.5")
        assert not await store.posts.again(was, NOW + 9 * SOON)

    async def test_what_was_sent_is_sent_for_good(self, store: Store, cast: Cast) -> None:
        await store.posts.begin(new(cast.ana.id))
        for _ in range(2):
            await store.posts.sent(cast.ana.id, "happening/1", "D1", "1.5")
        await store.posts.unsent(cast.ana.id, "happening/1")
        sent = replace(new(cast.ana.id), state=PostState.SENT, channel="D1", ts="1.5")
        assert await store.posts.begin(new(cast.ana.id, seconds=5)) == sent

    async def test_what_tells_of_a_session_is_found_where_it_stands(self, store: Store, cast: Cast) -> None:
        session = (await store.sessions.reserve(cast.session(at(24)))).uid
        for number, user in enumerate((cast.sam.id, cast.ana.id, cast.ana.id)):
            await store.posts.begin(replace(new(user, f"happening/{number}", number), session=session))
        await store.posts.begin(new(cast.ana.id, "happening/9"))  # of no session
        assert await store.posts.of_session(session) == (), "nothing of it was sent yet"
        for number, user in enumerate((cast.sam.id, cast.ana.id)):
            await store.posts.sent(user, f"happening/{number}", f"D{number}", f"{number}.5")
        found = [(each.user, each.channel, each.ts) for each in await store.posts.of_session(session)]
        assert found == [(cast.sam.id, "D0", "0.5"), (cast.ana.id, "D1", "1.5")]
        await store.posts.dropped(cast.sam.id, "happening/0")
        assert [each.user for each in await store.posts.of_session(session)] == [cast.ana.id]
        again = await store.posts.begin(new(cast.sam.id, "happening/0"))
        assert again is not None
        assert again.state is PostState.SENT, "it is not sent once more"

    async def test_old_ones_are_forgotten(self, store: Store, cast: Cast) -> None:
        await store.posts.begin(new(cast.ana.id))
        await store.posts.begin(new(cast.sam.id, seconds=2))
        await store.posts.forget(NOW + SOON)
        assert await store.posts.begin(new(cast.ana.id)) is None
        assert await store.posts.begin(new(cast.sam.id)) is not None


class ReachContract:
    async def test_the_newest_linked_account_comes_first(self, store: Store, cast: Cast) -> None:
        await store.accounts.confirm(ChatAccount(account=ACCOUNT, address=cast.ana.email), cast.ana.id, NOW)
        await store.accounts.confirm(ChatAccount(account=OTHER, address=cast.ana.email), cast.ana.id, NOW + SOON)
        homes = await store.reach.homes([cast.ana.id, cast.sam.id])
        assert homes == {cast.ana.id: (OTHER, ACCOUNT)}
        await store.accounts.confirm(ChatAccount(account=ACCOUNT, address=cast.ana.email), cast.ana.id, NOW + 2 * SOON)
        assert (await store.reach.homes([cast.ana.id]))[cast.ana.id] == (ACCOUNT, OTHER)
        await store.accounts.unlink(ACCOUNT, NOW + 3 * SOON)
        assert (await store.reach.homes([cast.ana.id]))[cast.ana.id] == (OTHER,), "a suspended link is none"

    async def test_why_somebody_was_not_reached_is_kept_until_they_are(self, store: Store, cast: Cast) -> None:
        await store.reach.failed(cast.ana.id, ACCOUNT, Unreached.REFUSED, NOW)
        await store.reach.failed(cast.ana.id, ACCOUNT, Unreached.ACCOUNT_GONE, NOW)
        await store.reach.failed(cast.ana.id, OTHER, Unreached.NO_MESSAGES, NOW)
        both = {ACCOUNT.issuer: Unreached.ACCOUNT_GONE, OTHER.issuer: Unreached.NO_MESSAGES}
        assert await store.reach.unreached([cast.ana.id, cast.sam.id]) == {cast.ana.id: both}
        for _ in range(2):
            await store.reach.reached(cast.ana.id, ACCOUNT)
        assert await store.reach.unreached([cast.ana.id]) == {cast.ana.id: {OTHER.issuer: Unreached.NO_MESSAGES}}


class UploadsContract:
    async def test_files_are_due_at_their_end_and_at_their_matchs(self, store: Store, cast: Cast) -> None:
        picture = Upload(ACCOUNT, "F1", cast.ana.id, cast.ana_sam.id, NOW + A_DAY)
        table = Upload(ACCOUNT, "F2", cast.ana.id, None, NOW + 2 * A_DAY)
        for each in (picture, table, picture):
            await store.uploads.add(each)
        assert await store.uploads.due("slack", NOW, 10) == ()
        assert await store.uploads.due("slack", NOW + A_DAY, 10) == (picture,)
        assert await store.uploads.due("teams", NOW + A_DAY, 10) == ()
        assert await store.uploads.due("slack", NOW + 2 * A_DAY, 10) == (picture, table)
        assert await store.uploads.due("slack", NOW + 2 * A_DAY, 1) == (picture,)
        await store.endings.end(cast.ana_sam.id, NOW + SOON)
        assert await store.uploads.due("slack", NOW + SOON, 10) == (picture,), "at the end of the match at once"
        for _ in range(2):
            await store.uploads.removed(picture)
        assert await store.uploads.due("slack", NOW + 2 * A_DAY, 10) == (table,)

    async def test_a_picture_is_due_once_either_is_no_longer_in_the_programme(self, store: Store, cast: Cast) -> None:
        picture = Upload(ACCOUNT, "F1", cast.ana.id, cast.ana_sam.id, NOW + A_DAY)
        other = Upload(OTHER, "F2", cast.kai.id, cast.kai_sam.id, NOW + A_DAY)
        for each in (picture, other):
            await store.uploads.add(each)
        await store.endings.leave(Leaver(cast.ana.id, cast.ana_sam.programme), NOW)
        assert await store.uploads.due("slack", NOW, 10) == (picture,)
        await store.endings.leave(Leaver(cast.sam.id, cast.ana_sam.programme), NOW)
        assert await store.uploads.due("slack", NOW, 10) == (picture, other)

    async def test_a_picture_is_due_once_its_programme_is_over(self, store: Store, cast: Cast) -> None:
        await store.uploads.add(Upload(ACCOUNT, "F1", cast.ana.id, cast.ana_sam.id, NOW + 3 * A_DAY))
        await store.uploads.add(Upload(ACCOUNT, "F2", cast.ana.id, None, NOW + 3 * A_DAY))
        about = await store.programmes.programme(cast.ana_sam.programme)
        await store.programmes.update(replace(about, ends=NOW.date()))
        assert await store.uploads.due("slack", NOW, 10) == ()
        assert [each.file for each in await store.uploads.due("slack", NOW + A_DAY, 10)] == ["F1"]
