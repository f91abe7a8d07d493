"""The core's Notifier: puts what happened into words and pushes them to everybody's home chat, else mails them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from adapters.homes import Homes
from bot.notices import Notices
from bot.replies import Answer, SessionShown
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.happening import (
    BookingFailed,
    EventCleared,
    EventLeft,
    Happening,
    LinkMissing,
    LinkReady,
    SessionAccepted,
    SessionBooked,
    SessionCancelled,
    SessionDeclined,
    SessionFrozen,
    SessionThawed,
    SessionTransferred,
)
from calendar_core.people import Identity, User, UserId
from calendar_core.ports import Clock, Post, Posts, Unreached
from calendar_core.session import SessionUid

log = logging.getLogger(__name__)

CHANGES = (
    LinkReady
    | LinkMissing
    | SessionDeclined
    | SessionAccepted
    | SessionCancelled
    | EventCleared
    | EventLeft
    | SessionFrozen
    | SessionThawed
    | SessionTransferred
)
# A calendar's own invitation, or ours by mail, says so already: whoever has no chat is not told by mail once more.
INVITED = SessionBooked | SessionCancelled | LinkReady | EventCleared | SessionTransferred


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is told. `key` makes it one message, however often it is pushed; `session` is the one it
    confirms: it is brought up to date when that changes."""

    key: str
    answer: Answer
    session: SessionUid | None = None


def ended(session: SessionUid, answer: Answer) -> Notice:
    """How a booking ended. The answer to whoever pressed and the notice have one key: whichever comes first, it is
    one message."""
    return Notice(f"booked/{session}", answer, session if isinstance(answer.reply, SessionShown) else None)


class NotReached(ProviderRejected):
    """That chat will not bring it to that account, now or later."""

    def __init__(self, why: Unreached, code: str) -> None:
        super().__init__(code)
        self.why = why


class Chat(Protocol):
    """One kind of chat, as far as pushing goes."""

    async def push(self, user: User, account: Identity, notice: Notice) -> None:
        """Twice with one key is once. Raises ProviderUnavailable to be tried later, NotReached."""

    async def update(self, post: Post, answer: Answer) -> bool:
        """Puts it where the post stands. False if it cannot be changed there any more. Twice is once. Raises
        ProviderUnavailable."""


class Console(Protocol):
    """The chat of people without another one."""

    async def push(self, user: User, key: str, answer: Answer) -> None:
        """Twice with one key is once."""


class NoticePost(Protocol):
    """The way by mail."""

    async def send(self, user: User, key: str, answer: Answer) -> None:
        """Twice with one key may be twice. Raises ProviderUnavailable, ProviderRejected."""


class InGroups(Protocol):
    """Group messages of the two of a session, where both chose them; each is told alone all the same."""

    async def confirm(self, session: SessionUid) -> None:
        """Says there that it is booked. Twice is once. Raises ProviderUnavailable."""

    def is_one(self, post: Post) -> bool:
        """Whether that post is in a group."""
        ...

    async def standing(self, post: Post) -> Answer | None:
        """What it has to say now; None where that is nothing, or nobody knows any more whom it would tell."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A Notifier. `chats` as accounts name them; `letters` is None where no mail is sent."""

    notices: Notices
    homes: Homes
    posts: Posts
    chats: Mapping[str, Chat]
    console: Console
    letters: NoticePost | None
    people: People
    clock: Clock
    in_groups: InGroups | None = None

    async def tell(self, user: User, key: str, happening: Happening) -> None:
        """See Notifier. What has become pointless meanwhile is not sent; where it was told before that a session
        stands, what changed it is seen there, too. Nobody waits for another one's chat: where one does not answer now,
        it is told first, and then raised."""
        late = await self._refresh(happening.session) if isinstance(happening, CHANGES) else None
        answer = await self.notices.of(happening, user)
        if answer is not None:
            notice = Notice(key, answer)
            if isinstance(happening, SessionBooked | BookingFailed):
                notice = ended(happening.session, answer)
            if not await self._chatted(user, notice) and not isinstance(happening, INVITED):
                await self._mailed(user, notice)
                return  # all of it is the same twice, but for a letter
            if isinstance(happening, SessionBooked) and self.in_groups is not None:
                await self.in_groups.confirm(happening.session)
        if late is not None:
            raise late

    async def _chatted(self, user: User, notice: Notice) -> bool:
        """Whether a chat has it. Where the console is a home, it is shown there beside: whoever plays the world sees
        what each one is told."""
        accounts = await self.homes.accounts(user.id)
        if self.homes.console:
            await self.console.push(user, notice.key, notice.answer)
        for account in accounts:
            try:
                await self.chats[account.chat].push(user, account, notice)
            except NotReached as refused:
                log.info("not reached there", extra={"user": user.id, "code": refused.code})
                await self.homes.reach.failed(user.id, account, refused.why, self.clock.now())
            else:
                await self.homes.reach.reached(user.id, account)
                return True
        return self.homes.console and not accounts

    async def _mailed(self, user: User, notice: Notice) -> None:
        if self.letters is None:
            log.warning("nobody can be told: no chat, and no mail", extra={"user": user.id})
            return
        try:
            await self.letters.send(user, notice.key, notice.answer)
        except ProviderRejected as refused:
            log.warning("neither a chat nor mail reaches them", extra={"user": user.id, "code": refused.code})

    async def _refresh(self, session: SessionUid) -> ProviderUnavailable | None:
        """Confirmations say what holds now. News of it comes as a message of its own, so what cannot be changed any
        more is left as it is. Returns why one could not be changed now, whosever it is, once all were tried."""
        late = None
        for post in await self.posts.of_session(session):
            if post.account not in await self.homes.accounts(post.user):
                continue  # whose that account is now nobody knows
            chat = self.chats.get(post.account.chat)
            answer = await self._standing(post, session)
            try:
                if chat is not None and answer is not None and not await chat.update(post, answer):
                    await self.posts.dropped(post.user, post.key)
            except ProviderUnavailable as silence:
                log.warning("a confirmation could not be changed now", extra={"user": post.user})
                late = silence
        return late

    async def _standing(self, post: Post, session: SessionUid) -> Answer | None:
        if self.in_groups is not None and self.in_groups.is_one(post):
            return await self.in_groups.standing(post)
        return await self.notices.standing(session, await self.people.user(post.user))


class People(Protocol):
    """Who a person is."""

    async def user(self, user: UserId) -> User:
        """Raises KeyError."""
