"""Pushes to people in Teams: a card each, once, and changed in place afterwards.

Teams has no key under which sending twice is once, and lets nobody look whether something was sent. A row is written
before each message; where nobody knows whether it arrived, it is sent again (decisions/0048).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from adapters.deliver import Notice, NotReached
from bot.replies import Answer, Reply
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.people import Identity, User
from calendar_core.ports import Post, Posts, PostState, Unreached

from .connector import Connector, Json, NotAsked, NotThere, Place, TeamsRefused
from .private_chats import PrivateChats
from .render import drawn
from .tokens import NoToken

log = logging.getLogger(__name__)

DOUBTFUL_FOR = timedelta(seconds=45)  # longer than one call may take, however often it is tried
WHY: Mapping[str, Unreached] = {
    "BotNotInConversationRoster": Unreached.NOT_INSTALLED,
    "BotDisabledByAdmin": Unreached.NOT_INSTALLED,
    "BotNotRegistered": Unreached.NOT_INSTALLED,
    "ConversationBlockedByUser": Unreached.NO_MESSAGES,
    "MessageWritesBlocked": Unreached.NO_MESSAGES,
    "ConversationNotFound": Unreached.NOT_INSTALLED,
    "ForbiddenOperationException": Unreached.REFUSED,
}
Value = TypeVar("Value")


class Listened(Protocol):
    """The conversation, which has to know what was said."""

    async def interrupted(self, who: Identity) -> None:
        """Something is about to be posted to that account."""

    async def sent(self, who: Identity, reply: Reply) -> None:
        """A notice went out to that account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsChat:
    """A Chat. `real_now` is the time that Teams lives by."""

    connector: Connector
    chats: PrivateChats
    posts: Posts
    conversation: Listened
    real_now: Callable[[], datetime]
    doubtful_for: timedelta = DOUBTFUL_FOR

    async def push(self, user: User, account: Identity, notice: Notice) -> None:
        """See Chat."""
        place = await self._place(account)
        new = Post(
            user=user.id,
            key=notice.key,
            account=account,
            state=PostState.SENDING,
            at=self.real_now(),
            session=notice.session,
        )
        is_told = False
        for number, shown in enumerate(drawn(notice.answer, stays=True)):
            # One that is too long for a card goes in several; what can be changed afterwards is the first.
            part = replace(new, key=f"{new.key}#{number}", session=None) if number else new
            known = await self.posts.begin(part)
            if known is not None and not await self._is_ours_to_send(known):
                continue
            await self.conversation.interrupted(account)  # a number typed from here on meets no list that nobody sees
            await self._post(account, place, part, shown.activity())
            is_told = True
        if is_told:
            await self.conversation.sent(account, notice.answer.reply)

    async def update(self, post: Post, answer: Answer) -> bool:
        """See Chat."""
        if post.channel is None or not post.ts:
            return False
        message, card = post.ts, drawn(answer, stays=True)[0].activity()
        try:
            place = await self.chats.of(post.account)
            if place is None:
                return False
            there = replace(place, conversation=post.channel)
            await self._wherever(post.account, there, lambda at: self.connector.update(at, message, card))
        except NoToken as refused:  # the message stands, and can be changed once there is one again
            raise ProviderUnavailable("teams: no token") from refused
        except TeamsRefused as refused:
            log.info("teams: a message cannot be changed any more", extra={"code": refused.code})
            return False
        return True

    async def _place(self, account: Identity) -> Place:
        try:
            place = await self.chats.of(account)
        except (TeamsRefused, NoToken) as refused:
            raise _not_reached(refused) from refused
        if place is None:
            raise NotReached(Unreached.NOT_INSTALLED, "never_seen")
        return place

    async def _is_ours_to_send(self, known: Post) -> bool:
        """Somebody has begun before. Raises ProviderUnavailable while it may still be on its way."""
        if known.state is PostState.SENT:
            return False
        now = self.real_now()
        if now < known.at + self.doubtful_for:
            raise ProviderUnavailable("teams: a message may still be on its way", known.at + self.doubtful_for - now)
        if not await self.posts.again(known, now):
            raise ProviderUnavailable("teams: another process sends it")
        return True

    async def _post(self, account: Identity, place: Place, post: Post, card: Json) -> None:
        try:
            message = await self._wherever(account, place, lambda at: self.connector.send(at, card))
        except NotAsked:
            await self.posts.unsent(post.user, post.key)
            raise
        except (TeamsRefused, NoToken) as refused:
            await self.posts.unsent(post.user, post.key)
            raise _not_reached(refused) from refused
        await self.posts.sent(post.user, post.key, place.conversation, message)

    async def _wherever(self, account: Identity, place: Place, work: Callable[[Place], Awaitable[Value]]) -> Value:
        """There, or where that chat has been moved to."""
        try:
            return await work(place)
        except NotThere:
            elsewhere = self.chats.elsewhere(place)
            if elsewhere is None:
                raise
            done = await work(elsewhere)
            await self.chats.found(account, elsewhere)
            return done


def _not_reached(refused: ProviderRejected) -> NotReached:
    """Every 403 and 404 is one; its code only chooses the words, and often there is none."""
    usual = Unreached.NOT_INSTALLED if isinstance(refused, NotThere) else Unreached.REFUSED
    return NotReached(WHY.get(refused.code, usual), refused.code)
