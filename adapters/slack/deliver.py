"""Pushes to people in Slack: a direct message each, once, and changed in place afterwards.

Slack has no key under which posting twice is once. So each message carries one in its metadata, a row is written before
it is sent, and where nobody knows whether it was posted, the conversation is looked through for it (decisions/0031).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from adapters.deliver import Notice, NotReached
from bot.replies import Answer, Reply
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.people import Identity, User
from calendar_core.ports import Post, Posts, PostState, Unreached

from .installation import Installation, Installations
from .payload import list_at, text_at
from .render import Shown
from .web_api import ANSWERED_WITHIN, WITHDRAWN, NotAsked, SlackRefused
from .who import Calls

log = logging.getLogger(__name__)

EVENT = "pairtime_notice"
LOOKED_THROUGH = 100  # newest messages of one conversation
DOUBTFUL_FOR = timedelta(seconds=ANSWERED_WITHIN + 5)  # by then what was on its way has arrived, or never will
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

    async def sent(self, who: Identity, reply: Reply) -> None:
        """A notice goes out to that account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackChat:
    """A Chat. `real_now` is the time that Slack lives by."""

    calls: Calls
    installations: Installations
    posts: Posts
    conversation: Listened
    drawn: Callable[[Answer], tuple[Shown, ...]]
    real_now: Callable[[], datetime]
    doubtful_for: timedelta = DOUBTFUL_FOR

    async def push(self, user: User, account: Identity, notice: Notice) -> None:
        """See Chat."""
        installation = await self.installation_of(account)
        if installation is None:
            raise NotReached(Unreached.NOT_INSTALLED, "not_installed")
        new = Post(
            user=user.id,
            key=notice.key,
            account=account,
            state=PostState.SENDING,
            at=self.real_now(),
            session=notice.session,
        )
        for number, shown in enumerate(self.drawn(notice.answer)):
            # One that is too long for a message goes in several; what can be changed afterwards is the first.
            part = replace(new, key=f"{new.key}#{number}", session=None) if number else new
            known = await self.posts.begin(part)
            if known is not None and not await self._is_ours_to_send(known, account, installation):
                continue
            if number == 0:
                await self.conversation.sent(account, notice.answer.reply)
            await self._post(installation, part, shown)

    async def update(self, post: Post, answer: Answer) -> bool:
        """See Chat."""
        installation = await self.installation_of(post.account)
        if installation is None or post.channel is None or post.ts is None:
            return False
        fields = _fields(post.key, self.drawn(answer)[0])
        try:
            await self.calls.call(installation, "chat.update", channel=post.channel, ts=post.ts, **fields)
        except SlackRefused as refused:
            log.info("slack: a message cannot be changed any more", extra={"code": refused.code})
            return False
        return True

    async def installation_of(self, account: Identity) -> Installation | None:
        """Through which the account is reached; None where Slack takes that token no more."""
        place = account.issuer.partition(":")[2]
        try:
            return await self.installations.of(*((None, place) if place.startswith("E") else (place, None)))
        except ProviderRejected as refused:
            log.warning("slack: an installation is of no use", extra={"code": refused.code})
            return None

    async def _is_ours_to_send(self, known: Post, account: Identity, installation: Installation) -> bool:
        """Somebody has begun before: whether it has to be posted (again). Raises ProviderUnavailable while that is not
        known, NotReached if it never will be."""
        if known.state is PostState.SENT:
            return False
        now = self.real_now()
        if now < known.at + self.doubtful_for:
            raise ProviderUnavailable("slack: a message may still be on its way", known.at + self.doubtful_for - now)
        there = installation if known.account == account else await self.installation_of(known.account)
        place = await self._posted(known, there) if there is not None else None
        if place is not None:
            await self.posts.sent(known.user, known.key, *place)
            return False
        if not await self.posts.again(known, now):
            raise ProviderUnavailable("slack: another process sends it")
        return True

    async def _posted(self, known: Post, installation: Installation) -> tuple[str, str] | None:
        """Where it stands, if it does: nothing else in the conversation is looked at."""
        mark = mark_of(known.key)
        try:
            opened = await self.calls.call(installation, "conversations.open", users=known.account.subject)
            channel = text_at(opened, "channel", "id")
            past = await self.calls.call(
                installation,
                "conversations.history",
                channel=channel,
                limit=LOOKED_THROUGH,
                include_all_metadata=True,
            )
        except SlackRefused as refused:
            # Whether it was posted stays unknown. Rather by mail, perhaps once more, than twice in the chat.
            raise NotReached(WHY.get(refused.code, Unreached.REFUSED), refused.code) from refused
        for message in list_at(past, "messages"):
            blocks = list_at(message, "blocks")
            marks = {text_at(each, "block_id") for each in blocks}
            marks.add(text_at(message, "metadata", "event_payload", "key"))
            if mark in marks and text_at(message, "ts"):
                return channel, text_at(message, "ts")
        return None

    async def _post(self, installation: Installation, post: Post, shown: Shown) -> None:
        fields = _fields(post.key, shown)
        try:
            answer = await self._sent(installation, post, fields)
        except NotAsked:
            await self.posts.unsent(post.user, post.key)
            raise
        except SlackRefused as refused:
            await self.posts.unsent(post.user, post.key)
            raise NotReached(WHY.get(refused.code, Unreached.REFUSED), refused.code) from refused
        await self.posts.sent(post.user, post.key, text_at(answer, "channel"), text_at(answer, "ts"))

    async def _sent(self, installation: Installation, post: Post, fields: dict[str, object]) -> Mapping[str, object]:
        plainly = {"channel": post.account.subject, "unfurl_links": False, "unfurl_media": False}
        try:
            return await self.calls.call(installation, "chat.postMessage", **plainly, **fields)
        except SlackRefused as refused:
            if refused.code not in UNDRAWABLE:
                raise
            log.error("slack: a notice is not as Slack wants it", extra={"code": refused.code})
        fields = {name: value for name, value in fields.items() if name != "blocks"}
        return await self.calls.call(installation, "chat.postMessage", **plainly, **fields)


def _fields(key: str, shown: Shown) -> dict[str, object]:
    """The mark is there twice: metadata is what it is meant for, and a block's id is always shown to us."""
    mark = mark_of(key)
    fields = {**shown.fields(), "metadata": {"event_type": EVENT, "event_payload": {"key": mark}}}
    if shown.blocks:
        first, *others = shown.blocks
        fields["blocks"] = [{**first, "block_id": mark}, *others]
    return fields


def mark_of(key: str) -> str:
    """By which a message is known again: says nothing to anybody else in the workspace."""
    return hashlib.blake2b(f"notice {key}".encode(), digest_size=12).hexdigest()
