"""Messages to two people and the bot in Slack, each at most once.

Whether one that is in doubt was posted could only be read with leave to read group messages (mpim:history), which is
not asked for; and both have it from the bot alone anyway. So it is not posted again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from adapters.deliver import Notice
from adapters.outbox import NotAsked
from calendar_core.errors import ProviderUnavailable
from calendar_core.people import Identity, User

from .deliver import SlackChat
from .in_doubt import marked
from .payload import text_at
from .web_api import SlackRefused

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackGroups:
    """A Group."""

    chat: SlackChat

    async def gather(self, user: User, accounts: tuple[Identity, Identity], notice: Notice) -> None:
        """See Group. Slack opens the same conversation for the same people, however often it is asked."""
        chat, own = self.chat, accounts[0]
        installation = await chat.installation_of(own)
        if installation is None:
            return
        posts = chat.outbox.posts
        if await posts.begin(chat.outbox.new(user, own, notice.key, notice.session)) is not None:
            return
        people = ",".join(each.subject for each in accounts)
        try:
            opened = await chat.calls.call(installation, "conversations.open", users=people)
        except SlackRefused as refused:  # people of other companies; an installation from before this was asked for
            log.info("slack: no group message", extra={"code": refused.code})
            await posts.unsent(user.id, notice.key)
            return
        except ProviderUnavailable:
            await posts.unsent(user.id, notice.key)
            raise
        shown = chat.drawn(notice.answer)[0]
        try:
            posted = await chat.calls.call(
                installation,
                "chat.postMessage",
                channel=text_at(opened, "channel", "id"),
                unfurl_links=False,
                unfurl_media=False,
                **marked(notice.key, shown),
            )
        except NotAsked:
            await posts.unsent(user.id, notice.key)
            raise
        except SlackRefused as refused:
            log.info("slack: a group message was refused", extra={"code": refused.code})
            await posts.unsent(user.id, notice.key)
        except ProviderUnavailable:
            log.warning("slack: it is not known whether a group message was posted")
        else:
            await posts.sent(user.id, notice.key, text_at(posted, "channel"), text_at(posted, "ts"))
