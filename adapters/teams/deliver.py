"""Pushes to people in Teams: a card each, once, and changed in place afterwards.

Teams has no key under which sending twice is once, and lets nobody look whether something was sent. A row is written
before each message; where nobody knows whether it arrived, it is sent again (decisions/0048).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from adapters.deliver import Notice, NotReached
from adapters.outbox import Outbox, Stands
from bot.replies import Answer
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.people import Identity, User
from calendar_core.ports import Post, Unreached
from calendar_core.session import SessionUid

from .connector import Connector, Json, NoSuchMessage, NotThere, Place, TeamsRefused
from .outlets import Posted
from .private_chats import PrivateChats
from .render import Drawn, drawn
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsChat:
    """A Chat."""

    connector: Connector
    chats: PrivateChats
    outbox: Outbox

    async def push(self, user: User, account: Identity, notice: Notice) -> None:
        """See Chat."""
        await self.post(user, account, notice)

    async def post(
        self,
        user: User,
        account: Identity,
        notice: Notice,
        *,
        instead_of: Posted | None = None,
        stays: bool = True,
    ) -> bool:
        """As `push`: in the place of that message, if it can be changed. `stays`: what its buttons lead to is a message
        of its own. Whether it was posted by this, and not before."""
        stands = await self.outbox.push(
            user,
            account,
            notice,
            drawn(notice.answer, stays=stays),
            send=partial(self._send, await self._place(account)),
            instead_of=_stands(instead_of) if instead_of else None,
        )
        return stands is not None

    async def kept(self, user: User, account: Identity, posted: Posted, session: SessionUid) -> None:
        """What stands there tells of that session: from now on it is brought up to date. Twice is once."""
        stands = _stands(posted)
        post = self.outbox.new(user, account, f"shown/{posted.message}", session, stands)
        await self.outbox.posts.begin(post)
        await self.outbox.posts.sent(post.user, post.key, *stands)

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

    async def _place(self, account: Identity) -> Place:
        try:
            place = await self.chats.of(account)
        except (TeamsRefused, NoToken) as refused:
            raise _not_reached(refused) from refused
        if place is None:
            raise NotReached(Unreached.NOT_INSTALLED, "never_seen")
        return place

    async def _send(self, place: Place, shown: Drawn, post: Post) -> Stands:
        card = shown.activity()
        try:
            return await self._took_its_place(place, post, card) or await self._sent(place, post, card)
        except (TeamsRefused, NoToken) as refused:
            raise _not_reached(refused) from refused

    async def _took_its_place(self, place: Place, post: Post, card: Json) -> Stands | None:
        """Where a message has given way, if one was to and can be changed."""
        if post.channel is None or not (message := post.ts):
            return None
        there = replace(place, conversation=post.channel)
        try:
            await self.chats.wherever(post.account, there, lambda at: self.connector.update(at, message, card))
        except NoSuchMessage as gone:
            log.info("teams: what was to be changed is not there", extra={"code": gone.code})
            return None
        return there.conversation, message

    async def _sent(self, place: Place, post: Post, card: Json) -> Stands:
        message = await self.chats.wherever(post.account, place, lambda at: self.connector.send(at, card))
        return place.conversation, message


def _stands(posted: Posted) -> Stands:
    return posted.place.conversation, posted.message


def _not_reached(refused: ProviderRejected) -> NotReached:
    """Every 403 and 404 is one; its code only chooses the words, and often there is none."""
    usual = Unreached.NOT_INSTALLED if isinstance(refused, NotThere) else Unreached.REFUSED
    return NotReached(WHY.get(refused.code, usual), refused.code)
