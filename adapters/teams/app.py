"""What each kind of activity leads to: one table, and what is not in it leads to nothing."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.commands import Help
from bot.replies import Answer
from bot.sentences import sentence
from bot.words import ChattingWords, TeamsWords
from calendar_core.errors import ProviderError
from calendar_core.people import Identity
from calendar_core.ports import People, Reach, TeamsPlaces, Unreached
from calendar_core.ports.clock import Clock

from .activity import Activity, Scope
from .answering import Answering, worded
from .connector import Json
from .invoking import Invoking, error, note
from .outlets import place_of
from .render import drawn
from .render.actions import STAYS

log = logging.getLogger(__name__)

MESSAGE, INVOKE, INSTALLATION = "message", "invoke", "installationUpdate"


def is_wanted(activity: Activity) -> bool:
    """Whether anything follows from it. Words that were not said to us are nobody's business here."""
    match activity.kind:
        case "message":
            return bool(activity.addressed and activity.sender and activity.id)
        case "installationUpdate":
            return bool(activity.id)
        case _:
            return False


def busy(activity: Activity) -> Json:
    """What somebody's client is answered while nothing can be done, each in the form it waits for."""
    words = worded(activity, ChattingWords.TOO_BUSY).summary
    match activity.name:
        case "adaptiveCard/action":
            return note(words)
        case "composeExtension/query":
            return {"composeExtension": {"type": "message", "text": words}}
        case "task/fetch" | "task/submit" | "composeExtension/fetchTask" | "composeExtension/submitAction":
            return {"task": {"type": "message", "value": words}}
        case _:
            return error("Busy", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsApp:
    """Deeds of the bot."""

    answering: Answering
    invoking: Invoking
    places: TeamsPlaces
    people: People
    reach: Reach
    clock: Clock

    async def said(self, activity: Activity) -> None:
        """Words; or a press, as older clients send it: a message without any, and with what the button carries."""
        if isinstance(activity.value, Mapping) and not activity.text:
            stays = activity.value.get(STAYS) is True
            await self.answering.press(activity, activity.value, replaces=not stays)
        else:
            await self.answering.say(activity)

    async def invoked(self, activity: Activity) -> Json:
        """Somebody waits for this answer."""
        return await self.invoking.answer(activity)

    async def installed(self, activity: Activity) -> None:
        """Whoever it is for is welcomed, once in each conversation, however often Teams says so."""
        with suppress(ProviderError):  # the roster can be asked again
            await self.answering.people.speaker(activity)
        if not await self.places.welcome(activity.issuer, activity.conversation, self.clock.now()):
            return
        if activity.scope is Scope.PERSONAL:
            await self._reached(activity.account)
            help_shown = await self.answering.conversation.look(activity.account, Help())
            note = (sentence(TeamsWords.WELCOME),)
            cards = drawn(Answer(replace(help_shown.reply, note=note), help_shown.reader))
        else:
            cards = (worded(activity, TeamsWords.WELCOME_ALL),)
        try:
            for card in cards:
                await self.answering.connector.send(place_of(activity), card.activity())
        except ProviderError as lost:
            log.info("teams: nobody could be welcomed", extra={"kind": type(lost).__name__})

    async def removed(self, activity: Activity) -> None:
        """Nothing can be sent there any more, and where somebody was found there is not kept."""
        for account in await self.places.removed(activity.issuer, activity.conversation):
            self.answering.people.forget(account)
            user = await self.people.known_as(account)
            if user is not None:
                await self.reach.failed(user.id, account, Unreached.NOT_INSTALLED, self.clock.now())

    async def sorry(self, activity: Activity) -> None:
        """Nobody foresaw what happened: whoever waits is told."""
        if activity.kind == MESSAGE:
            await self.answering.sorry(activity)

    async def _reached(self, account: Identity) -> None:
        user = await self.people.known_as(account)
        if user is not None:
            await self.reach.reached(user.id, account)
