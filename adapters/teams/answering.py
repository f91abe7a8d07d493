"""From what somebody said or pressed to the answer before their eyes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from adapters.tasks import TooManyWaiting, Turns
from bot.buttons import token_of
from bot.conversation import Conversation
from bot.replies import Answer, Reader, Said
from bot.sentences import sentence
from bot.waiting import while_said
from bot.words import ChattingWords, RefusalWords, TeamsWords, Text
from calendar_core.errors import OldButton, ProviderError, ProviderRejected, StoreUnavailable
from calendar_core.people import Identity

from .activity import Activity, Scope
from .connector import Connector, NotThere, Place
from .files import TeamsFiles, mailed_in
from .lasting import Lasting
from .outlets import Outlet, outlet_of, place_of
from .pictures import Pictures
from .pressed import answered_in, command_in, meanwhile
from .private_chats import PrivateChats
from .render import Drawn, drawn
from .who import Speaker, TeamsPeople

log = logging.getLogger(__name__)

TYPING_AFTER = 1.0  # seconds; the store's rules ask for an answer or for that within two
WITHIN = 2.5  # seconds in which whoever's client waits for it is answered, if only that it takes longer
STILL_AFTER = 3.0  # seconds; then it is said that it takes longer

Value = TypeVar("Value")
Ask = Callable[[Speaker], Awaitable[Answer]]


class NowhereToAnswer(ProviderRejected):
    """There is no two-sided chat with that account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """`pictures` makes cards of an answer; `lasting` keeps what lasts; `files` hands over; `typing` shows that somebody
    is busy."""

    conversation: Conversation
    people: TeamsPeople
    connector: Connector
    chats: PrivateChats
    pictures: Pictures
    lasting: Lasting
    files: TeamsFiles
    typing: Callable[[Activity], Awaitable[None]]
    turns: Turns
    typing_after: float = TYPING_AFTER
    still_after: float = STILL_AFTER

    async def say(self, activity: Activity) -> None:
        """Answers typed words."""
        await self._in_turn(
            activity,
            lambda speaker: self.conversation.say(speaker.who, activity.text),
            lambda: while_said(activity.text),
        )

    async def press(self, activity: Activity, data: object, *, replaces: bool) -> None:
        """Answers a button whose client waits for nothing."""
        await self._in_turn(
            activity, lambda speaker: self.pressed(speaker.who, data), lambda: meanwhile(data), replaces=replaces
        )
        if not replaces:
            await self.changed(activity, await self.standing(activity, data))

    async def standing(self, activity: Activity, data: object) -> Drawn | None:
        """What the card has to say that somebody pressed and that stays, after their answer to its session; None where
        it stays as it is."""
        session = answered_in(data)
        if session is None or activity.scope is not Scope.PERSONAL:
            return None
        with suppress(StoreUnavailable):
            return await self.lasting.as_it_stands(activity.account, session)
        return None

    async def changed(self, activity: Activity, shown: Drawn | None) -> None:
        """So that their other devices show it, and it lasts."""
        if shown is not None and activity.reply_to:
            with suppress(ProviderError):  # it is true the next time that the session changes
                await self.connector.update(place_of(activity), activity.reply_to, shown.activity())

    async def pressed(self, who: Identity, data: object) -> Answer:
        """What comes of a button."""
        if (wanted := mailed_in(data)) is not None:
            return await self.files.mailed(who, wanted)
        try:
            token = token_of(command_in(data))
        except (OldButton, ValueError):
            token = ""  # which leads nowhere, and that is said
        return await self.conversation.press(who, token)

    def outlet(self, activity: Activity, *, replaces: bool = False) -> Outlet:
        """Where an answer to that goes."""

        async def otherwise() -> Place:
            place = await self.chats.of(activity.account)
            if place is None:
                raise NowhereToAnswer("no_chat")
            return place

        def told(brought: bool) -> Drawn:
            words = TeamsWords.SENT_TO_YOUR_CHAT if brought else TeamsWords.OPEN_A_CHAT
            return worded(activity, words)

        async def instead(place: Place, refused: NotThere) -> Place:
            return await self.chats.instead_of(activity.account, place, refused)

        return outlet_of(activity, self.connector, otherwise, told, instead=instead, replaces=replaces)

    async def cards(self, activity: Activity, answer: Answer) -> tuple[Drawn, ...]:
        """The answer, drawn for where it was asked."""
        alone = activity.scope is Scope.PERSONAL
        return await self.pictures.cards(answer if alone else answer.among_others(), alone=alone)

    async def bring(self, activity: Activity, outlet: Outlet, answer: Answer, *, shown: bool = False) -> None:
        """Before the eyes of whoever asked. What cannot be brought is not shown, and how a booking ended is a notice
        then. `shown`: it was the answer to a press, which one client draws."""
        pages, posted = await self.cards(activity, answer), None
        try:
            if answer.reply.ends_a_booking:
                is_brought = await self.lasting.bring(activity.account, answer, pages, outlet, shown=shown)
            else:
                posted, is_brought = None if shown else await outlet.answer(*pages), True
        except ProviderError as lost:
            log.warning("teams: an answer could not be brought", extra={"kind": type(lost).__name__})
            with suppress(StoreUnavailable):
                await self.conversation.interrupted(activity.account)  # its numbers stand nowhere
            return
        if is_brought:
            await self.brought(activity, answer)
        with suppress(ProviderError):  # its words are there: it can be asked for again
            await self.files.offer(activity, answer)
        if posted is not None:
            try:
                await self.pictures.noted(activity.account, posted, answer)
                await self.lasting.keep(activity.account, posted, answer)
            except StoreUnavailable:
                log.warning("teams: it could not be kept where something stands")

    async def brought(self, activity: Activity, answer: Answer) -> None:
        """It was: so much is kept."""
        try:
            await self.conversation.brought(activity.account, answer.reply)
        except StoreUnavailable:
            log.warning("teams: it could not be kept that an answer was brought")

    async def answered(self, activity: Activity, work: Awaitable[Answer]) -> Answer:
        """Whatever happens is an answer."""
        return await self.safely(activity, work, lambda sorry: sorry)

    async def safely(self, activity: Activity, work: Awaitable[Value], otherwise: Callable[[Answer], Value]) -> Value:
        """Somebody's client waits for it: whatever happens, there is something, and be it `otherwise` of an excuse.
        What nobody foresaw is in the log, without its text."""
        try:
            return await work
        except TooManyWaiting:
            words: Text = ChattingWords.TOO_MANY_AT_ONCE
        except StoreUnavailable:
            words = RefusalWords.STORE_AWAY
        except ProviderError:
            words = ChattingWords.DIRECTORY_AWAY
        except Exception:
            log.exception("teams: unforeseen")
            words = ChattingWords.APOLOGY
        return otherwise(said(activity, words))

    async def sorry(self, activity: Activity) -> None:
        """Nobody foresaw what happened: that much is said."""
        await self._say(activity, self.outlet(activity), ChattingWords.APOLOGY)

    async def decided(self, activity: Activity) -> None:
        """Whoever was asked whether a file may come has answered."""
        with suppress(TooManyWaiting, StoreUnavailable):
            async with self.turns.turn((activity.tenant, activity.sender)):
                await self.files.decided(activity)

    async def _in_turn(
        self, activity: Activity, ask: Ask, waiting: Callable[[], Text], *, replaces: bool = False
    ) -> None:
        outlet = self.outlet(activity, replaces=replaces)
        try:
            async with self.turns.turn((activity.tenant, activity.sender)):
                await self._answer(activity, outlet, ask, waiting)
        except TooManyWaiting:
            await self._say(activity, outlet, ChattingWords.TOO_MANY_AT_ONCE)
        except StoreUnavailable:
            await self._say(activity, outlet, RefusalWords.STORE_AWAY)

    async def _answer(self, activity: Activity, outlet: Outlet, ask: Ask, waiting: Callable[[], Text]) -> None:
        try:
            speaker = await self.people.speaker(activity)
        except ProviderError:
            await self._say(activity, outlet, ChattingWords.DIRECTORY_AWAY)
            return
        answer = await self._asked(activity, outlet, ask(speaker), waiting)
        await self.bring(activity, outlet, answer)

    async def _asked(
        self, activity: Activity, outlet: Outlet, work: Awaitable[Answer], waiting: Callable[[], Text]
    ) -> Answer:
        """Meanwhile first the three dots, and then a sentence."""
        asking = asyncio.ensure_future(work)
        try:
            await self._meanwhile(asking, self.typing_after, lambda: self.typing(activity))
            await self._meanwhile(
                asking, self.still_after - self.typing_after, lambda: outlet.waiting(worded(activity, waiting()))
            )
            return await asking
        finally:
            asking.cancel()

    async def _meanwhile(
        self, asking: asyncio.Future[Answer], after: float, tell: Callable[[], Awaitable[None]]
    ) -> None:
        done, _ = await asyncio.wait({asking}, timeout=after)
        if not done:
            with suppress(ProviderError):
                await tell()

    async def _say(self, activity: Activity, outlet: Outlet, words: Text) -> None:
        with suppress(ProviderError):
            await outlet.answer(worded(activity, words))


def said(activity: Activity, words: Text) -> Answer:
    """One sentence, in the language of whoever did that."""
    return Answer(Said(sentences=(sentence(words),)), Reader(language=activity.language or "en"))


def worded(activity: Activity, words: Text) -> Drawn:
    """The same, drawn."""
    return drawn(said(activity, words))[0]
