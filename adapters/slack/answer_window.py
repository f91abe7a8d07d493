"""Answers in a window of their own: what a button of the Home leads to, and the buttons in such a window.

Whoever presses there does not see the conversation, so that an answer in it would be missed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from adapters.tasks import TooManyWaiting
from bot.replies import Answer, Reader, SessionShown
from bot.words import ChattingWords, RefusalWords, SlackWords
from calendar_core.errors import ProviderError, StoreUnavailable

from .answering import Answering
from .heard import Heard
from .installation import Installation
from .outlets import Direct
from .render.views import failed, result, told, waiting
from .who import Speaker
from .windows import Windows

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Window:
    """Where it is answered: its id, empty until it is open."""

    id: str


@dataclass(frozen=True, slots=True)
class AnswerWindow:
    """What must last is a direct message, too; and so is everything where no window opens."""

    answering: Answering
    windows: Windows

    def pressed(self, heard: Heard, token: str, view_id: str = "") -> None:
        """Answers a button, soon: in that window, or in a new one."""
        window = _Window(view_id)
        self.answering.take(heard, lambda: self._answer(heard, token, window), lambda: self._sorry(heard, window))

    async def _answer(self, heard: Heard, token: str, window: _Window) -> None:
        """The same, to its end."""
        try:
            installation = await self.answering.installations.of(heard)
        except (StoreUnavailable, ProviderError) as away:
            log.warning("slack: nobody can be answered", extra={"kind": type(away).__name__})
            return
        if installation is None:
            log.warning("slack: heard from where the app is not installed")
            return
        reader = Reader(self.answering.people.language_of(heard, installation))
        there = window.id or await self.windows.open(heard, installation, waiting(reader))
        if there is None:
            self.answering.press(heard, token)
            return
        window.id = there
        try:
            async with self.answering.turn(heard):
                speaker = await self.answering.people.speaker(heard, installation)
                answer = await self.answering.conversation.press(speaker.who, token)
        except StoreUnavailable:
            await self.windows.show(installation, there, told(reader, RefusalWords.STORE_AWAY))
            return
        except ProviderError:
            await self.windows.show(installation, there, told(reader, ChattingWords.DIRECTORY_AWAY))
            return
        except TooManyWaiting:
            await self.windows.show(installation, there, told(reader, ChattingWords.TOO_MANY_AT_ONCE))
            return
        is_there = await self.windows.show(installation, there, result(answer, SlackWords.WINDOW_TITLE))
        await self.bring(heard, speaker, installation, answer, shown=is_there)

    async def bring(
        self, heard: Heard, speaker: Speaker, installation: Installation, answer: Answer, *, shown: bool
    ) -> None:
        """A session, and what no window has `shown`, into the conversation; and what it has beside its words."""
        if not shown or isinstance(answer.reply, SessionShown):
            outlet = Direct(self.answering.calls, installation, heard.user)
            await self.answering.bring(speaker.who, answer, outlet)
        else:
            await self.answering.brought(speaker.who, answer)
        self.answering.bring_files(speaker, installation, answer)

    async def _sorry(self, heard: Heard, window: _Window) -> None:
        installation = await self.answering.installations.of(heard)
        if installation is not None and window.id:
            await self.windows.show(installation, window.id, failed(self.windows.of(window.id).reader))
