"""Who has to know that a Home may show something old: after every answer, and after every notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.deliver import Chat, Notice
from bot.replies import Answer
from calendar_core.people import Identity, User
from calendar_core.ports import Post

from .answering import Files
from .installation import Installation
from .who import Speaker


def _nobody(_account: Identity) -> None:
    """No Home is drawn."""


@dataclass(slots=True)
class HomeNews:
    """What an answer has beside its blocks, files among it. `changed` is told whose Home it is."""

    files: Files | None
    changed: Callable[[Identity], None] = field(default=_nobody)

    def are_in(self, _answer: Answer) -> bool:
        """Every answer may have changed what a Home shows."""
        return True

    async def bring(self, speaker: Speaker, installation: Installation, answer: Answer) -> None:
        """See Files."""
        self.changed(speaker.who)
        if self.files is not None and self.files.are_in(answer):
            await self.files.bring(speaker, installation, answer)


@dataclass(frozen=True, slots=True)
class HomeToo:
    """A Chat whose notices are seen in the Home, too."""

    chat: Chat
    changed: Callable[[Identity], None]

    async def push(self, user: User, account: Identity, notice: Notice) -> None:
        """See Chat."""
        await self.chat.push(user, account, notice)
        self.changed(account)

    async def update(self, post: Post, answer: Answer) -> bool:
        """See Chat."""
        self.changed(post.account)
        return await self.chat.update(post, answer)
