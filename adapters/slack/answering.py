"""From what somebody said or pressed to the answer before their eyes: in a task, after Slack was answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from adapters.tasks import Tasks, TooManyWaiting, Turns
from bot.conversation import Conversation
from bot.replies import Answer, Reader
from bot.sentences import sentence
from bot.waiting import true_afterwards, while_pressed, while_said
from bot.wording import Voice
from bot.words import ChattingWords, RefusalWords, Text
from calendar_core.errors import ProviderError, StoreUnavailable
from calendar_core.people import Identity

from .heard import Heard
from .installation import Installation
from .latest_installations import LatestInstallations
from .outlets import Outlet, ResponseUrls, outlet_of
from .render import Shown
from .who import Calls, SlackPeople, Speaker

log = logging.getLogger(__name__)

STILL_AFTER = 3.0  # seconds; then it is said that it takes longer
ANSWERS = "answers"


class Files(Protocol):
    """What an answer has beside its blocks: pictures, and files to be handed over."""

    def are_in(self, answer: Answer) -> bool:
        """Whether it has any."""

    async def bring(self, speaker: Speaker, installation: Installation, answer: Answer) -> None:
        """Into the two-sided conversation. What cannot be brought is left out."""


class Lasting(Protocol):
    """How bookings end, in messages that stay."""

    async def bring(self, who: Identity, answer: Answer, pages: tuple[Shown, ...], outlet: Outlet) -> bool:
        """Whether the person has it. If not, it comes as a notice. Raises ProviderError."""


Ask = Callable[[Speaker, Installation], Awaitable[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """`drawn` makes blocks of an answer; `files` is None where nothing is uploaded, `lasting` where nothing is kept."""

    conversation: Conversation
    people: SlackPeople
    installations: LatestInstallations
    calls: Calls
    urls: ResponseUrls
    drawn: Callable[[Answer], tuple[Shown, ...]]
    tasks: Tasks
    turns: Turns
    files: Files | None = None
    lasting: Lasting | None = None
    still_after: float = STILL_AFTER

    def say(self, heard: Heard, text: str) -> None:
        """Answers typed words, soon. Raises NoRoom."""

        async def ask(speaker: Speaker, installation: Installation) -> Answer:
            return await self.conversation.say(speaker.who, await self.people.words(text, speaker, installation))

        self._begin(heard, ask, lambda: while_said(text))

    def press(self, heard: Heard, token: str) -> None:
        """Answers a button, soon. Raises NoRoom."""
        self._begin(heard, lambda speaker, _: self.conversation.press(speaker.who, token), lambda: while_pressed(token))

    def tell(self, heard: Heard, words: Text) -> None:
        """Says that, soon, where an answer is waited for. Raises NoRoom."""
        self.tasks.insist_on_room(for_an_excuse=True)
        self.tasks.start(_Asker(answering=self, heard=heard).tell(words))

    def take(
        self,
        heard: Heard,
        work: Callable[[], Coroutine[object, object, None]],
        sorry: Callable[[], Awaitable[None]] | None = None,
        *,
        lane: str | None = None,
    ) -> None:
        """Does it, soon; with others of its `lane` one after the other. Raises NoRoom."""
        self.tasks.insist_on_room()
        self.tasks.start(work() if lane is None else self._in_lane(heard, work, lane), sorry)

    def turn(self, heard: Heard, lane: str = ANSWERS) -> AbstractAsyncContextManager[None]:
        """One person's words and presses in their order, whoever that is. Raises TooManyWaiting."""
        return self.turns.turn((heard.team, heard.user, lane))

    async def bring(self, who: Identity, answer: Answer, outlet: Outlet) -> None:
        """To the one who asked. What cannot be brought is not shown, and how a booking ended is a notice then."""
        pages = self.drawn(answer)
        try:
            if self.lasting is not None and answer.reply.ends_a_booking:
                is_brought = await self.lasting.bring(who, answer, pages, outlet)
            else:
                await outlet.answer(*pages)
                is_brought = True
        except ProviderError as lost:
            log.warning("slack: an answer could not be brought", extra={"kind": type(lost).__name__})
            with suppress(StoreUnavailable):
                await self.conversation.interrupted(who)  # its numbers stand nowhere
            return
        if is_brought:
            await self.brought(who, answer)

    def bring_files(self, speaker: Speaker, installation: Installation, answer: Answer) -> None:
        """What it has beside its words, soon: whatever becomes of that, it was answered."""
        if self.files is not None and self.files.are_in(answer):
            self.tasks.start(self.files.bring(speaker, installation, answer))

    async def brought(self, who: Identity, answer: Answer) -> None:
        """It was: so much is kept."""
        try:
            await self.conversation.brought(who, answer.reply)
        except StoreUnavailable:
            log.warning("slack: it could not be kept that an answer was brought")

    def _begin(self, heard: Heard, ask: Ask, meanwhile: Callable[[], Text]) -> None:
        asker = _Asker(answering=self, heard=heard)
        turn = _Turn(answering=self, asker=asker, ask=ask, meanwhile=meanwhile)
        self.take(heard, turn.run, partial(asker.tell, ChattingWords.APOLOGY))

    async def _in_lane(self, heard: Heard, work: Callable[[], Coroutine[object, object, None]], lane: str) -> None:
        try:
            async with self.turn(heard, lane):
                await work()
        except TooManyWaiting:
            log.info("slack: asked for too often", extra={"kind": lane})


@dataclass(slots=True, kw_only=True)
class _Asker:
    """Whoever waits for an answer: where it goes, and in which language, as far as that is known yet."""

    answering: Answering
    heard: Heard
    outlet: Outlet | None = None
    language: str = "en"

    def reached_by(self, installation: Installation) -> Outlet:
        """From now on."""
        self.outlet = outlet_of(self.heard, installation, self.answering.calls, self.answering.urls)
        return self.outlet

    async def tell(self, words: Text) -> None:
        """In text alone, where an answer would be. What cannot be said either is left."""
        with suppress(ProviderError, StoreUnavailable):
            if self.outlet is None:
                installation = await self.answering.installations.of(self.heard)
                if installation is not None:
                    self.language = self.answering.people.language_of(self.heard, installation)
                    self.reached_by(installation)
        shown = self.worded(words)
        if self.outlet is not None:
            with suppress(ProviderError):
                await self.outlet.answer(shown)
        elif self.heard.response_url:
            message = {"text": shown.text, "response_type": "ephemeral", "replace_original": False}
            await self.answering.urls.post(self.heard.response_url, message)

    def worded(self, words: Text) -> Shown:
        """One sentence."""
        return Shown(Voice(Reader(language=self.language)).say(sentence(words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One answer, and before it perhaps a word that it takes longer."""

    answering: Answering
    asker: _Asker
    ask: Ask
    meanwhile: Callable[[], Text]

    async def run(self) -> None:
        """From the person's turn to the answer."""
        try:
            async with self.answering.turn(self.asker.heard):
                await self._taken()
        except TooManyWaiting:
            await self.asker.tell(ChattingWords.TOO_MANY_AT_ONCE)

    async def _taken(self) -> None:
        asker, heard = self.asker, self.asker.heard
        try:
            installation = await self.answering.installations.of(heard)
            if installation is None:
                log.warning("slack: heard from where the app is not installed")
                await asker.tell(ChattingWords.NOT_INSTALLED)
                return
            outlet = asker.reached_by(installation)
            speaker = await self.answering.people.speaker(heard, installation)
        except StoreUnavailable:
            await asker.tell(RefusalWords.STORE_AWAY)
            return
        except ProviderError:
            await asker.tell(ChattingWords.DIRECTORY_AWAY)
            return
        asker.language = speaker.language
        answer = await self._asked(speaker, installation, outlet)
        if heard.channel and not heard.is_direct:
            answer = answer.among_others()
        await self.answering.bring(speaker.who, answer, outlet)
        self.answering.bring_files(speaker, installation, answer)

    async def _asked(self, speaker: Speaker, installation: Installation, outlet: Outlet) -> Answer:
        asking = asyncio.ensure_future(self.ask(speaker, installation))
        try:
            done, _ = await asyncio.wait({asking}, timeout=self.answering.still_after)
            if not done:
                words = self.meanwhile()
                try:
                    await outlet.waiting(self.asker.worded(words), self.asker.worded(true_afterwards(words)))
                except ProviderError:
                    log.info("slack: could not say that it takes longer")
            return await asking
        finally:
            asking.cancel()
