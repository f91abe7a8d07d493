"""Pushes to people in Slack: a direct message each, once, and changed in place afterwards.

Slack has no key under which posting twice is once. So each message carries one in its metadata, a row is written before
it is sent, and where nobody knows whether it was posted, the conversation is looked through for it (decisions/0031).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from adapters.deliver import Notice, NotReached
from bot.replies import Answer, Reply
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.people import Identity, User, UserId
from calendar_core.ports import Clock, Post, Posts, PostState, Unreached

from .in_doubt import marked, place_of
from .installation import Installation, Installations
from .payload import text_at
from .render import Shown
from .web_api import ANSWERED_WITHIN, PATIENT_FOR, WITHDRAWN, NotAsked, SlackRefused
from .who import Calls

log = logging.getLogger(__name__)

# By then what was on its way has arrived, or never will: the wait for its turn, the call, and a little more.
DOUBTFUL_FOR = timedelta(seconds=PATIENT_FOR + ANSWERED_WITHIN + 5)
WHY: Mapping[str, Unreached] = {
    "account_inactive": Unreached.NOT_INSTALLED,
    "cannot_dm_bot": Unreached.NO_MESSAGES,
    "channel_not_found": Unreached.ACCOUNT_GONE,
    "is_archived": Unreached.NO_MESSAGES,
    "messages_tab_disabled": Unreached.NO_MESSAGES,
    "org_login_required": Unreached.NO_MESSAGES,
    "restricted_action": Unreached.NO_MESSAGES,
    "user_disabled": Unreached.ACCOUNT_GONE,
    "user_not_found": Unreached.ACCOUNT_GONE,
    "user_not_visible": Unreached.ACCOUNT_GONE,
    **dict.fromkeys(WITHDRAWN, Unreached.NOT_INSTALLED),
}
UNDRAWABLE = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})


class Listened(Protocol):
    """The conversation, which has to know what was said."""

    async def interrupted(self, who: Identity) -> None:
        """A message is about to be posted to that account."""

    async def posted(self, who: Identity, reply: Reply, *, since: datetime) -> None:
        """It stands there, and was on its way since then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackChat:
    """A Chat. Posts have the time by which Slack stamps messages: the world's, where somebody plays it."""

    calls: Calls
    installations: Installations
    posts: Posts
    conversation: Listened
    drawn: Callable[[Answer], tuple[Shown, ...]]
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
        place: tuple[str, str] | None = None,
        thread: str = "",
    ) -> str | None:
        """As `push`: into the message `place` (channel, ts) if that can be changed, or else into the `thread`, where it
        is shown outside of it, too. The channel in which it stands from now on; None if it was posted before."""
        installation = await self.installation_of(account)
        if installation is None:
            raise NotReached(Unreached.NOT_INSTALLED, "not_installed")
        channel, since = None, self.clock.now()
        for number, shown in enumerate(self.drawn(notice.answer)):
            # One that is too long for a message goes in several; what can be changed afterwards is the first.
            key, session = (f"{notice.key}#{number}", None) if number else (notice.key, notice.session)
            part = Post(
                user=user.id,
                key=key,
                account=account,
                state=PostState.SENDING,
                at=self.clock.now(),
                session=session,
                channel=place[0] if place and not number else None,
                ts=place[1] if place and not number else None,
            )
            channel = await self._once(installation, part, shown, thread) or channel
        if channel is not None:
            await self.conversation.posted(account, notice.answer.reply, since=since)
        return channel

    async def update(self, post: Post, answer: Answer) -> bool:
        """See Chat."""
        installation = await self.installation_of(post.account)
        return installation is not None and await self._put_in_place(installation, post, self.drawn(answer)[0])

    async def installation_of(self, account: Identity) -> Installation | None:
        """Through which the account is reached; None where Slack takes that token no more."""
        place = account.issuer.partition(":")[2]
        try:
            return await self.installations.of(*((None, place) if place.startswith("E") else (place, None)))
        except ProviderRejected as refused:
            log.warning("slack: an installation is of no use", extra={"code": refused.code})
            return None

    async def _once(self, installation: Installation, part: Post, shown: Shown, thread: str) -> str | None:
        """Where it was posted, if it was posted by this."""
        known = await self.posts.begin(part)
        if known is not None and not await self._is_ours_to_send(known, part, installation, shown):
            return None
        await self.conversation.interrupted(part.account)  # a number typed from here on meets no list that nobody sees
        under_way = (part.user, part.key)
        self._under_way.add(under_way)
        try:
            channel, ts = await self._took_its_place(installation, part, shown) or await self._posted(
                installation, part, shown, thread
            )
        finally:
            self._under_way.discard(under_way)
        await self.posts.sent(part.user, part.key, channel, ts)
        return channel

    async def _is_ours_to_send(self, known: Post, part: Post, installation: Installation, shown: Shown) -> bool:
        """Somebody has begun before: whether it has to be posted (again). Raises ProviderUnavailable while that is not
        known, NotReached if it never will be."""
        if known.state is PostState.SENT:
            return False
        now, until = self.clock.now(), known.at + self.doubtful_for
        if now < until or (known.user, known.key) in self._under_way:
            wait = max(until - now, timedelta(seconds=1))
            raise ProviderUnavailable("slack: a message may still be on its way", wait)
        there = installation if known.account == part.account else await self.installation_of(known.account)
        place = await self._place_of(there, known, shown) if there is not None else None
        if place is not None:
            await self.posts.sent(known.user, known.key, *place)
            return False
        if not await self.posts.again(known, now):
            raise ProviderUnavailable("slack: another process sends it")
        return True

    async def _place_of(self, installation: Installation, known: Post, shown: Shown) -> tuple[str, str] | None:
        """Where it stands, if it does. What was to take a message's place takes it, which twice is once."""
        try:
            found = await place_of(self.calls, installation, known)
        except SlackRefused as refused:
            # Whether it was posted stays unknown. Rather by mail, perhaps once more, than twice in the chat.
            raise NotReached(WHY.get(refused.code, Unreached.REFUSED), refused.code) from refused
        if found is None and known.channel and known.ts and await self._put_in_place(installation, known, shown):
            return known.channel, known.ts
        return found

    async def _took_its_place(self, installation: Installation, post: Post, shown: Shown) -> tuple[str, str] | None:
        """Where a message has given way, if one was to; where Slack wants no more of that now, none has."""
        try:
            is_there = await self._put_in_place(installation, post, shown)
        except NotAsked:
            return None
        return (post.channel, post.ts) if is_there and post.channel and post.ts else None

    async def _put_in_place(self, installation: Installation, post: Post, shown: Shown) -> bool:
        if post.channel is None or post.ts is None:
            return False
        fields = marked(post.key, shown)
        try:
            await self.calls.call(installation, "chat.update", channel=post.channel, ts=post.ts, **fields)
        except SlackRefused as refused:
            log.info("slack: a message cannot be changed any more", extra={"code": refused.code})
            return False
        return True

    async def _posted(self, installation: Installation, post: Post, shown: Shown, thread: str) -> tuple[str, str]:
        """A refusal says that nothing was posted: then the next one may begin at once."""
        try:
            answer = await self.calls.call(
                installation,
                "chat.postMessage",
                channel=post.account.subject,
                thread_ts=thread or None,
                reply_broadcast=True if thread else None,  # what stands in a thread alone is not found again
                unfurl_links=False,
                unfurl_media=False,
                **marked(post.key, shown),
            )
        except NotAsked:
            await self.posts.unsent(post.user, post.key)
            raise
        except SlackRefused as refused:
            await self.posts.unsent(post.user, post.key)
            if refused.code not in UNDRAWABLE or not shown.blocks:
                raise NotReached(WHY.get(refused.code, Unreached.REFUSED), refused.code) from refused
            log.error("slack: a notice is not as Slack wants it", extra={"code": refused.code})
            again = replace(post, at=self.clock.now())
            if await self.posts.begin(again) is not None:
                raise ProviderUnavailable("slack: another process sends it") from refused
            return await self._posted(installation, again, Shown(shown.text), thread)
        return text_at(answer, "channel"), text_at(answer, "ts")
