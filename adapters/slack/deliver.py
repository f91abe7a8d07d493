"""Pushes to people in Slack: a direct message each, once, and changed in place afterwards.

Slack has no key under which posting twice is once. So each message carries one in its metadata, a row is written before
it is sent, and where nobody knows whether it was posted, the conversation is looked through for it (decisions/0031).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from adapters.deliver import Notice, NotReached
from adapters.outbox import NotAsked, Outbox, Stands
from bot.replies import Answer
from calendar_core.errors import ProviderRejected
from calendar_core.people import Identity, User
from calendar_core.ports import Post, Unreached

from .in_doubt import marked, place_of
from .installation import Installation, Installations
from .payload import text_at
from .render import Shown
from .web_api import ANSWERED_WITHIN, PATIENT_FOR, WITHDRAWN, SlackRefused
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackChat:
    """A Chat."""

    calls: Calls
    installations: Installations
    outbox: Outbox
    drawn: Callable[[Answer], tuple[Shown, ...]]

    async def push(self, user: User, account: Identity, notice: Notice) -> None:
        """See Chat."""
        await self.post(user, account, notice)

    async def post(
        self, user: User, account: Identity, notice: Notice, *, place: Stands | None = None, thread: str = ""
    ) -> str | None:
        """As `push`: into the message `place` if that can be changed, or else into the `thread`, where it is shown
        outside of it, too. The channel in which it stands from now on; None if it was posted before."""
        installation = await self.installation_of(account)
        if installation is None:
            raise NotReached(Unreached.NOT_INSTALLED, "not_installed")
        stands = await self.outbox.push(
            user,
            account,
            notice,
            self.drawn(notice.answer),
            send=partial(self._send, installation, thread),
            find=self._find,
            instead_of=place,
        )
        return stands[0] if stands is not None else None

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

    async def _find(self, shown: Shown, post: Post) -> Stands | None:
        """Where it stands, if it does. What was to take a message's place takes it, which twice is once."""
        installation = await self.installation_of(post.account)
        if installation is None:
            return None
        try:
            found = await place_of(self.calls, installation, post)
        except SlackRefused as refused:
            # Whether it was posted stays unknown. Rather by mail, perhaps once more, than twice in the chat.
            raise _not_reached(refused) from refused
        return found or await self._took_its_place(installation, post, shown)

    async def _send(self, installation: Installation, thread: str, shown: Shown, post: Post) -> Stands:
        """Where Slack wants no more changes now, it is posted beside; what Slack cannot draw, in words alone."""
        with suppress(NotAsked):
            if stands := await self._took_its_place(installation, post, shown):
                return stands
        try:
            return await self._posted(installation, thread, shown, post)
        except SlackRefused as refused:
            if refused.code not in UNDRAWABLE or not shown.blocks:
                raise _not_reached(refused) from refused
            log.error("slack: a notice is not as Slack wants it", extra={"code": refused.code})
        return await self._send(installation, thread, Shown(shown.text), await self.outbox.tried_anew(post))

    async def _took_its_place(self, installation: Installation, post: Post, shown: Shown) -> Stands | None:
        """Where a message has given way, if one was to."""
        is_there = await self._put_in_place(installation, post, shown)
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

    async def _posted(self, installation: Installation, thread: str, shown: Shown, post: Post) -> Stands:
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
        return text_at(answer, "channel"), text_at(answer, "ts")


def _not_reached(refused: SlackRefused) -> NotReached:
    return NotReached(WHY.get(refused.code, Unreached.REFUSED), refused.code)
