"""From what somebody said or pressed to the answer before their eyes: in a task, after Slack was answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from bot.conversation import Conversation
from bot.replies import Answer, Reader
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import ChattingWords, RefusalWords, ReportWords, Text, Words
from calendar_core.errors import ProviderError, StoreUnavailable

from .heard import Heard
from .installation import Installation, Installations
from .outlets import Outlet, ResponseUrls, outlet_of
from .render import Shown
from .tasks import Tasks, TooManyWaiting, Turns
from .who import Calls, SlackPeople, Speaker

log = logging.getLogger(__name__)

STILL_AFTER = 3.0  # seconds; then it is said that it takes longer


class Files(Protocol):
    """What an answer has beside its blocks: pictures, and files to be handed over."""

    async def bring(self, speaker: Speaker, installation: Installation, answer: Answer) -> None:
        """Into the two-sided conversation. Raises ProviderError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """`drawn` makes blocks of an answer; `files` is None where nothing is uploaded."""

    conversation: Conversation
    people: SlackPeople
    installations: Installations
    calls: Calls
    urls: ResponseUrls
    drawn: Callable[[Answer], tuple[Shown, ...]]
    tasks: Tasks
    turns: Turns
    files: Files | None = None
    still_after: float = STILL_AFTER

    def say(self, heard: Heard, text: str) -> None:
        """Answers typed words, soon."""

        async def ask(speaker: Speaker, installation: Installation) -> Answer:
            return await self.conversation.say(speaker.who, await self.people.words(text, speaker, installation))

        self.begin(heard, ask)

    def press(self, heard: Heard, token: str) -> None:
        """Answers a button, soon."""
        self.begin(heard, lambda speaker, _: self.conversation.press(speaker.who, token))

    def begin(self, heard: Heard, ask: Callable[[Speaker, Installation], Awaitable[Answer]]) -> None:
        """Asks, and brings the answer to whoever was heard."""
        turn = _Turn(self, heard, ask)
        self.tasks.start(turn.run(), turn.sorry)

    async def installed(self, heard: Heard) -> Installation | None:
        """Whose token speaks there."""
        return await self.installations.of(heard.team, heard.enterprise)


@dataclass(slots=True)
class _Turn:
    answering: Answering
    heard: Heard
    ask: Callable[[Speaker, Installation], Awaitable[Answer]]
    outlet: Outlet | None = None
    language: str = "en"

    async def run(self) -> None:
        """From who it is to the answer."""
        try:
            installation = await self.answering.installed(self.heard)
            if installation is None:
                await self._not_installed()
                return
            outlet = outlet_of(self.heard, installation, self.answering.calls, self.answering.urls)
            self.outlet = outlet
            speaker = await self.answering.people.speaker(self.heard, installation)
        except StoreUnavailable:
            await self._say(RefusalWords.STORE_AWAY)
            return
        except ProviderError:
            await self._say(ChattingWords.DIRECTORY_AWAY)
            return
        self.language = speaker.language
        try:
            async with self.answering.turns.turn(speaker.who):
                answer = self._privately(await self._asked(speaker, installation, outlet))
                await outlet.answer(*self.answering.drawn(answer))
            if self.answering.files is not None:
                await self.answering.files.bring(speaker, installation, answer)
        except TooManyWaiting:
            await self._say(ChattingWords.TOO_MANY_AT_ONCE)
        except ProviderError as lost:
            log.warning("slack: an answer could not be brought", extra={"kind": type(lost).__name__})

    async def sorry(self) -> None:
        """Nobody foresaw what happened: that much is said."""
        await self._say(ChattingWords.APOLOGY)

    async def _asked(self, speaker: Speaker, installation: Installation, outlet: Outlet) -> Answer:
        asking = asyncio.ensure_future(self.ask(speaker, installation))
        try:
            done, _ = await asyncio.wait({asking}, timeout=self.answering.still_after)
            if not done:
                try:
                    await outlet.waiting(self._worded(Words.STILL_CHECKING))
                except ProviderError:
                    log.info("slack: could not say that it takes longer")
            return await asking
        finally:
            asking.cancel()

    def _privately(self, answer: Answer) -> Answer:
        """Whoever asks where others are is told why only they see the answer."""
        if not answer.reply.names_people or self.heard.is_direct or not self.heard.channel:
            return answer
        said = sentence(ReportWords.SENT_PRIVATELY)
        return replace(answer, reply=replace(answer.reply, note=(said, *answer.reply.note)))

    async def _not_installed(self) -> None:
        """Then there is no token to speak with, but perhaps an address to answer at."""
        log.warning("slack: heard from where the app is not installed")
        if self.heard.response_url:
            message = {"text": self._worded(ChattingWords.NOT_INSTALLED).text, "response_type": "ephemeral"}
            await self.answering.urls.post(self.heard.response_url, {**message, "replace_original": False})

    async def _say(self, words: Text) -> None:
        """In text alone."""
        shown = self._worded(words)
        if self.outlet is not None:
            with suppress(ProviderError):
                await self.outlet.answer(shown)
        elif self.heard.response_url:
            message = {"text": shown.text, "response_type": "ephemeral", "replace_original": False}
            await self.answering.urls.post(self.heard.response_url, message)

    def _worded(self, words: Text) -> Shown:
        return Shown(Voice(Reader(language=self.language)).say(sentence(words)))
