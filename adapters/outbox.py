"""The outbox of a chat that has no key under which posting twice is once: a row is written before each message.

Where nobody knows whether one was posted, it is looked for, if the chat lets us look (decisions/0031), and otherwise
posted again (decisions/0048).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from adapters.deliver import Notice
from bot.replies import Reply
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.people import Identity, User, UserId
from calendar_core.ports import Clock, Post, Posts, PostState
from calendar_core.session import SessionUid

Page = TypeVar("Page")
Stands = tuple[str, str]  # `channel` and `ts` of a Post: where a message stands


class NotAsked(ProviderUnavailable):
    """It is not our turn: nothing was sent."""


class Listened(Protocol):
    """The conversation, which has to know what was said."""

    async def interrupted(self, who: Identity) -> None:
        """A message is about to be posted to that account."""

    async def posted(self, who: Identity, reply: Reply, *, since: datetime) -> None:
        """It stands there, and was on its way since then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """Of one chat. Posts have the time by which that stamps messages: the world's, where somebody plays it. What a
    process that died has posted is there after `doubtful_for`, or never will be; this one knows what it is trying."""

    posts: Posts
    conversation: Listened
    clock: Clock
    doubtful_for: timedelta
    _under_way: set[tuple[UserId, str]] = field(default_factory=set, init=False)  # a jumping clock ends no call

    async def push(
        self,
        user: User,
        account: Identity,
        notice: Notice,
        pages: Iterable[Page],
        *,
        send: Callable[[Page, Post], Awaitable[Stands]],
        find: Callable[[Page, Post], Awaitable[Stands | None]] | None = None,
        instead_of: Stands | None = None,
    ) -> Stands | None:
        """Each page once. Where it stands now; None if it was posted before. Raises ProviderUnavailable while it may
        still be on its way, and what the others raise.

        `send` posts a page, in the place of the message that the post names, if it can: first of all that is
        `instead_of`. It raises NotAsked or ProviderRejected where certainly nothing was posted. `find` tells where a
        page stands that somebody began to post; without it what is in doubt is sent where it was to go, for it may
        have taken that place already.
        """
        stands, since = None, self.clock.now()
        for number, page in enumerate(pages):
            # One that is too long for a message goes in several; what can be changed afterwards is the first.
            if number:
                post = self.new(user, account, f"{notice.key}#{number}")
            else:
                post = self.new(user, account, notice.key, notice.session, instead_of)
            looked_for = partial(find, page) if find is not None else None
            stands = await self._once(post, partial(send, page), looked_for) or stands
        if stands is not None:
            await self.conversation.posted(account, notice.answer.reply, since=since)
        return stands

    def new(
        self, user: User, account: Identity, key: str, session: SessionUid | None = None, at: Stands | None = None
    ) -> Post:
        """A post that is about to be sent. `at`: where it stands, or which message it is to take the place of."""
        channel, ts = at or (None, None)
        return Post(
            user=user.id,
            key=key,
            account=account,
            state=PostState.SENDING,
            at=self.clock.now(),
            session=session,
            channel=channel,
            ts=ts,
        )

    async def tried_anew(self, post: Post) -> Post:
        """Certainly nothing was posted, and another try begins: what is in doubt from now on is that one. Raises
        ProviderUnavailable where another process has begun it."""
        await self.posts.unsent(post.user, post.key)
        post = replace(post, at=self.clock.now())
        if await self.posts.begin(post) is not None:
            raise ProviderUnavailable(f"{post.account.chat}: another process sends it")
        return post

    async def _once(
        self,
        post: Post,
        send: Callable[[Post], Awaitable[Stands]],
        find: Callable[[Post], Awaitable[Stands | None]] | None,
    ) -> Stands | None:
        """Where it was posted, if it was posted by this."""
        known = await self.posts.begin(post)
        if known is not None:
            if not await self._is_ours_to_send(known, find):
                return None
            if find is None:
                post = replace(post, channel=known.channel, ts=known.ts)
        await self.conversation.interrupted(post.account)  # a number typed from here on meets no list that nobody sees
        under_way = (post.user, post.key)
        self._under_way.add(under_way)
        try:
            stands = await send(post)
        except (NotAsked, ProviderRejected):
            await self.posts.unsent(post.user, post.key)  # then the next one may begin at once
            raise
        finally:
            self._under_way.discard(under_way)
        await self.posts.sent(post.user, post.key, *stands)
        return stands

    async def _is_ours_to_send(self, known: Post, find: Callable[[Post], Awaitable[Stands | None]] | None) -> bool:
        """Somebody has begun before: whether it has to be posted (again)."""
        if known.state is PostState.SENT:
            return False
        now, until = self.clock.now(), known.at + self.doubtful_for
        if now < until or (known.user, known.key) in self._under_way:
            wait = max(until - now, timedelta(seconds=1))
            raise ProviderUnavailable(f"{known.account.chat}: a message may still be on its way", wait)
        stands = await find(known) if find is not None else None
        if stands is not None:
            await self.posts.sent(known.user, known.key, *stands)
            return False
        if not await self.posts.again(known, now):
            raise ProviderUnavailable(f"{known.account.chat}: another process sends it")
        return True
