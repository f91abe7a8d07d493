"""What somebody's client waits for: a press on a card, a dialog, a search. Answered in time, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.tasks import Tasks
from bot.replies import Answer
from bot.words import ChattingWords, TeamsWords

from .activity import Activity, Scope
from .answering import WITHIN, Answering, worded
from .connector import Json
from .dialogs import Dialogs, Fields
from .extension import Extension
from .message_link import message_link
from .pressed import meanwhile
from .render import Drawn, drawn
from .render.actions import SHOW, STAYS
from .render.elements import CARD
from .render.shared import SESSION
from .suggesting import Suggesting

NOTE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoking:
    """`within` in seconds."""

    answering: Answering
    dialogs: Dialogs
    extension: Extension
    suggesting: Suggesting
    tasks: Tasks
    within: float = WITHIN

    async def answer(self, activity: Activity) -> Json:
        """The body. What is not known is answered, too: a client that gets nothing says that the app is broken."""
        match activity.name:
            case "adaptiveCard/action":
                return await self._pressed(activity)
            case "composeExtension/query":
                return await self.extension.found(activity)
            case "task/fetch":
                return await self.dialogs.opened(activity, _fields(activity))
            case "composeExtension/fetchTask":
                return await self.dialogs.opened(activity, {}, message_link(activity.value))
            case "task/submit" | "composeExtension/submitAction":
                return await self.dialogs.sent(activity, _fields(activity))
            case "fileConsent/invoke" | "message/submitAction" | "signin/verifyState" | "signin/tokenExchange":
                if activity.name == "fileConsent/invoke":
                    self.tasks.start(self.answering.decided(activity), lambda: self.answering.sorry(activity))
                return {}
            case "application/search":
                return await self.suggesting.found(activity)
            case _:
                return error("NotSupported", worded(activity, TeamsWords.WHICH_BUTTON).summary)

    async def _pressed(self, activity: Activity) -> Json:
        value = activity.value
        action = value.get("action") if isinstance(value, Mapping) else None
        data = action.get("data") if isinstance(action, Mapping) else None
        if not isinstance(value, Mapping) or not isinstance(action, Mapping) or not isinstance(data, Mapping):
            return error("BadRequest", worded(activity, TeamsWords.WHICH_BUTTON).summary)
        if action.get("verb") == SHOW or value.get("trigger") == "automatic":
            return await self._shown(activity, data)
        stays = data.get(STAYS) is True
        asking = asyncio.ensure_future(self.answering.answered(activity, self._asked(activity, data)))
        done, _ = await asyncio.wait({asking}, timeout=self.within)
        if not done:
            self.tasks.start(self._later(activity, asking, data, stays=stays))
            waiting = worded(activity, meanwhile(data))
            return note(waiting.summary) if stays else card(waiting)
        answer = asking.result()
        if stays:
            self.tasks.start(self._bring(activity, answer, replaces=False))
            if (now := await self.answering.standing(activity, data)) is not None:
                self.tasks.start(self.answering.changed(activity, now))
                return card(now)
            return note(worded(activity, TeamsWords.ANSWERED_BELOW).summary)
        pages = await self._cards(activity, answer)
        if activity.scope is Scope.PERSONAL:  # so that it lasts, and stands on their other devices too
            if not answer.reply.ends_a_booking:  # which counts once it lasts
                self.tasks.start(self.answering.brought(activity, answer))  # its client has it in the next moment
            self.tasks.start(self._bring(activity, answer, replaces=True))
        else:
            self.tasks.start(self._bring(activity, answer, replaces=False, shown=len(pages) == 1))
        return card(pages[0])

    async def _shown(self, activity: Activity, data: Fields) -> Json:
        """A card that draws itself anew; where that takes longer, it stays as it is, and asks again some time."""
        if SESSION not in data:
            return note(worded(activity, TeamsWords.WHICH_BUTTON).summary)
        work = self.answering.safely(activity, self.extension.sessions.view(activity, data[SESSION]), drawn)
        asking = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({asking}, timeout=self.within)
        if done:
            return card(asking.result()[0])
        asking.cancel()
        return note(worded(activity, ChattingWords.STILL_WORKING).summary)

    async def _later(self, activity: Activity, asking: asyncio.Future[Answer], data: Fields, *, stays: bool) -> None:
        await self._bring(activity, await asking, replaces=not stays)
        if stays:
            await self.answering.changed(activity, await self.answering.standing(activity, data))

    async def _bring(self, activity: Activity, answer: Answer, *, replaces: bool, shown: bool = False) -> None:
        outlet = self.answering.outlet(activity, replaces=replaces)
        await self.answering.bring(activity, outlet, answer, shown=shown)

    async def _cards(self, activity: Activity, answer: Answer) -> tuple[Drawn, ...]:
        return await self.answering.cards(activity, answer)

    async def _asked(self, activity: Activity, data: Fields) -> Answer:
        async with self.answering.turns.turn((activity.tenant, activity.sender)):
            speaker = await self.answering.people.speaker(activity)
            return await self.answering.pressed(speaker.who, data)


def _fields(activity: Activity) -> Fields:
    """What a dialog's button carries, with what was filled in."""
    data = activity.value.get("data") if isinstance(activity.value, Mapping) else None
    return data if isinstance(data, Mapping) else {}


def card(shown: Drawn) -> Json:
    """Takes the place of the card, for whoever pressed."""
    return {"statusCode": 200, "type": CARD, "value": shown.card}


def note(text: str) -> Json:
    """Is shown below the card for a while."""
    return {"statusCode": 200, "type": NOTE, "value": text}


def error(code: str, message: str) -> Json:
    """Nothing was done."""
    return {"statusCode": 400, "type": ERROR, "value": {"code": code, "message": message}}
