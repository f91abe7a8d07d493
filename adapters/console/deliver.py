"""Pushes to people whose chat is the console: into their inbox, and to whoever waits at it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.conversation import Conversation
from bot.replies import Answer
from calendar_core.people import User
from calendar_core.ports import Inbox

from .arrivals import Arrivals
from .render import message
from .who import identity_of


@dataclass(frozen=True, slots=True)
class ConsoleChat:
    """A Chat."""

    conversation: Conversation
    inbox: Inbox
    arrivals: Arrivals

    async def push(self, user: User, key: str, answer: Answer) -> None:
        """See Chat. Its numbers are known before it can be read, for a quick reader types one at once; a message that
        came before does not become the newest list once more."""
        if await self.inbox.has(user.id, key):
            return
        await self.conversation.sent(identity_of(user), answer.reply)
        await self.inbox.push(user.id, key, json.dumps(message(answer), ensure_ascii=False))
        self.arrivals.came()
