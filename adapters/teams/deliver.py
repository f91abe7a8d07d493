"""Pushes to people in Teams: a card each, once, and changed in place afterwards.

Teams has no key under which sending twice is once, and lets nobody look whether something was sent. A row is written
before each message; where nobody knows whether it arrived, it is sent again (decisions/0048).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from adapters.deliver import Notice, NotReached
from bot.replies import Answer, Reply
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.people import Identity, User, UserId
from calendar_core.ports import Clock, Post, Posts, PostState, Unreached
from calendar_core.session import SessionUid

from .connector import Connector, Json, NoSuchMessage, NotAsked, NotThere, Place, TeamsRefused
from .outlets import Standing
from .private_chats import PrivateChats
from .render import drawn
from .tokens import NoToken

log = logging.getLogger(__name__)

# By then what a process that died has sent has arrived, or never will. One that lives knows what it is still trying.
DOUBTFUL_FOR = timedelta(seconds=45)
NOT_LET_IN = 401
WHY: Mapping[str, Unreached] = {
    "BotNotInConversationRoster": Unreached.NOT_INSTALLED,
    "BotDisabledByAdmin": Unreached.NOT_INSTALLED,
    "BotNotRegistered": Unreached.NOT_INSTALLED,
    "ConversationBlockedByUser": Unreached.NO_MESSAGES,
    "MessageWritesBlocked": Unreached.NO_MESSAGES,
    "ConversationNotFound": Unreached.NOT_INSTALLED,
    "ForbiddenOperationException": Unreached.REFUSED,
}


class Listened(Protocol):
    """The conversation, which has to know what was said."""

    async def interrupted(self, who: Identity) -> None:
        """Something is about to be posted to that account."""

    async def posted(self, who: Identity, reply: Reply, *, since: datetime) -> None:
        """It stands there, and was on its way since then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsChat:
    """A Chat. Posts have the time by which Teams stamps messages: the world's, where somebody plays it."""

    connector: Connector
    chats: PrivateChats
    posts: Posts
    conversation: Listened
    clock: Clock
    doubtful_for: timedelta = DOUBTFUL_FOR
    _under_way: set[tuple[UserId, str]] = field(default_factory=set, init=False)  # a jumping clock ends no call

    async def push(self, user: User, account: Identity, notice: Notice) -> None:
        """See Chat."""
        await self.post(user, account, notice)

    async def post(
        self,
        user: User,
        account: Identity,
        notice: Notice,
        *,
        instead_of: Standing | None = None,
        stays: bool = True,
    ) -> bool:
        """As `push`: in the place of that message, if it can be changed. `stays`: what its buttons lead to is a message
        of its own. Whether it was posted by this, and not before."""
        place = await self._place(account)
        is_told, since = False, self.clock.now()
        for number, shown in enumerate(drawn(notice.answer, stays=stays)):
            # One that is too long for a card goes in several; what can be changed afterwards is the first.
            key, session = (f"{notice.key}#{number}", None) if number else (notice.key, notice.session)
            part = self._new(user, key, account, session, None if number else instead_of)
            is_told = await self._once(place, part, shown.activity()) or is_told
        if is_told:
            await self.conversation.posted(account, notice.answer.reply, since=since)
        return is_told

    async def kept(self, user: User, account: Identity, standing: Standing, session: SessionUid) -> None:
        """What stands there tells of that session: from now on it is brought up to date. Twice is once."""
        post = self._new(user, f"shown/{standing.message}", account, session, standing)
        await self.posts.begin(post)
        await self.posts.sent(post.user, post.key, standing.place.conversation, standing.message)

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
            await self.chats.wherever(post.account, there, lambda at: self.connector.update(at, message, card))
        except (TeamsRefused, NoToken) as refused:
            if isinstance(refused, NoToken) or refused.status == NOT_LET_IN:
                raise ProviderUnavailable("teams: a message cannot be changed now") from refused  # it stands there
            log.info("teams: a message cannot be changed any more", extra={"code": refused.code})
            return False
        return True

    def _new(self, user: User, key: str, account: Identity, session: SessionUid | None, at: Standing | None) -> Post:
        """`at`: where it stands, or what it is to take the place of."""
        return Post(
            user=user.id,
            key=key,
            account=account,
            state=PostState.SENDING,
            at=self.clock.now(),
            session=session,
            channel=at.place.conversation if at else None,
            ts=at.message if at else None,
        )

    async def _once(self, place: Place, part: Post, card: Json) -> bool:
        """Whether it was posted, by this."""
        known = await self.posts.begin(part)
        if known is not None:
            if not await self._is_ours_to_send(known):
                return False
            part = replace(part, channel=known.channel, ts=known.ts)  # where it was to go, and may stand already
        await self.conversation.interrupted(part.account)  # a number typed from here on meets no list that nobody sees
        under_way = (part.user, part.key)
        self._under_way.add(under_way)
        try:
            await self._post(place, part, card)
        finally:
            self._under_way.discard(under_way)
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
        now, until = self.clock.now(), known.at + self.doubtful_for
        if now < until or (known.user, known.key) in self._under_way:
            wait = max(until - now, timedelta(seconds=1))
            raise ProviderUnavailable("teams: a message may still be on its way", wait)
        if not await self.posts.again(known, now):
            raise ProviderUnavailable("teams: another process sends it")
        return True

    async def _post(self, place: Place, part: Post, card: Json) -> None:
        try:
            stands = await self._took_its_place(place, part, card) or await self._sent(place, part, card)
        except NotAsked:
            await self.posts.unsent(part.user, part.key)
            raise
        except (TeamsRefused, NoToken) as refused:
            await self.posts.unsent(part.user, part.key)
            raise _not_reached(refused) from refused
        await self.posts.sent(part.user, part.key, stands.place.conversation, stands.message)

    async def _took_its_place(self, place: Place, part: Post, card: Json) -> Standing | None:
        """Where a message has given way, if one was to and can be changed."""
        if part.channel is None or not (message := part.ts):
            return None
        there = replace(place, conversation=part.channel)
        try:
            await self.chats.wherever(part.account, there, lambda at: self.connector.update(at, message, card))
        except NoSuchMessage as gone:
            log.info("teams: what was to be changed is not there", extra={"code": gone.code})
            return None
        return Standing(there, message)

    async def _sent(self, place: Place, part: Post, card: Json) -> Standing:
        return Standing(place, await self.chats.wherever(part.account, place, lambda at: self.connector.send(at, card)))


def _not_reached(refused: ProviderRejected) -> NotReached:
    """Every 403 and 404 is one; its code only chooses the words, and often there is none."""
    usual = Unreached.NOT_INSTALLED if isinstance(refused, NotThere) else Unreached.REFUSED
    return NotReached(WHY.get(refused.code, usual), refused.code)
