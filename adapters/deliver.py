"""Everybody's home chat, and the core's Notifier: puts what happened into words and pushes them there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.notices import Notices
from bot.replies import Answer
from calendar_core.happening import Happening
from calendar_core.people import User, UserId


class Chat(Protocol):
    """One kind of chat, as far as pushing goes."""

    async def push(self, user: User, key: str, answer: Answer) -> None:
        """Twice with one key is once. Raises ProviderUnavailable to be tried later."""


class OneChat:
    """HomeChats: this installation has the console and no other chat, so it reaches everybody there."""

    async def of(self, users: Iterable[UserId]) -> Mapping[UserId, str]:
        """See HomeChats."""
        return dict.fromkeys(users, "the console")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A Notifier."""

    notices: Notices
    console: Chat

    async def tell(self, user: User, key: str, happening: Happening) -> None:
        """See Notifier. What has become pointless meanwhile is not sent."""
        answer = await self.notices.of(happening, user)
        if answer is not None:
            await self.console.push(user, key, answer)
