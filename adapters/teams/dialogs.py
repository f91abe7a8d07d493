"""The booking dialog (a task module): opened, filled in, and sent; each time its client waits for the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from adapters.tasks import Tasks
from bot.buttons import command_of, fits
from bot.commands import AskAbout, AskPartner, BookAbout, BookSession, ChooseDay, Command, FindSlots
from bot.replies import Answer, Refused
from bot.sentences import Sentence, sentence
from bot.wording import Voice
from bot.words import SlackWords, TeamsWords, Words
from calendar_core.errors import OldButton
from calendar_core.topic import topic_of

from .activity import Activity
from .answering import WITHIN, Answering, said
from .connector import Json
from .render import Drawn
from .render.day_button import ABOUT
from .render.day_form import DAY, GO, MINUTES, SLOT, TAKE, TOPIC, day_form, looking, result
from .render.elements import attached

LONGEST_NUMBER = 4  # digits of a length
LONGEST_TYPED = 1_000  # letters of a topic that are read
Fields = Mapping[object, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogs:
    """`within` in seconds."""

    answering: Answering
    tasks: Tasks
    within: float = WITHIN

    async def opened(self, activity: Activity, fields: Fields, topic: str = "") -> Json:
        """With the times of the first day that has any, or of the one asked for. `topic`: the address of a message,
        which its owner sees in the form, and may change, before anybody else does."""
        return await self._times(activity, _wish(fields) or ChooseDay(FindSlots()), topic)

    async def sent(self, activity: Activity, fields: Fields) -> Json:
        """Another day or length was chosen; or a time, which is booked."""
        wish, topic = _chosen(_wish(fields) or ChooseDay(FindSlots()), fields), _topic(fields)
        if fields.get(GO) != TAKE:
            return await self._times(activity, wish, topic)
        slot = fields.get(SLOT)
        if not isinstance(slot, str) or not slot:
            return await self._times(activity, wish, topic, sentence(TeamsWords.TIME_MISSING))
        return await self._taken(activity, slot, wish, topic)

    async def _times(self, activity: Activity, wish: ChooseDay, topic: str, *opening: Sentence) -> Json:
        looked = self.answering.safely(activity, self._looked(activity, wish, topic, opening), _result)
        asking = asyncio.ensure_future(looked)
        done, _ = await asyncio.wait({asking}, timeout=self.within)
        if done:
            return asking.result()
        asking.cancel()  # a dialog cannot be changed from here: it is asked again
        waiting = said(activity, Words.STILL_CHECKING)
        return dialog(looking(waiting, wish, topic), _title(waiting))

    async def _looked(self, activity: Activity, wish: ChooseDay, topic: str, opening: Sequence[Sentence]) -> Json:
        speaker = await self.answering.people.speaker(activity)
        answer = await self.answering.conversation.look(speaker.who, wish)
        return dialog(day_form(answer, wish, topic, opening), _title(answer))

    async def _taken(self, activity: Activity, token: str, wish: ChooseDay, topic: str) -> Json:
        """What must last is a message, too."""
        asking = asyncio.ensure_future(self.answering.answered(activity, self._pressed(activity, token, topic)))
        came = self.answering.safely(activity, self._came_of(activity, asking, wish, topic), _result)
        showing = asyncio.ensure_future(came)
        done, _ = await asyncio.wait({showing}, timeout=self.within)
        self.tasks.start(self._bring(activity, asking))
        if not done:
            showing.cancel()
            return _result(asking.result() if asking.done() else said(activity, SlackWords.FORM_BOOKING))
        if not asking.result().reply.ends_a_booking:  # which counts once it lasts
            self.tasks.start(self.answering.brought(activity, asking.result()))  # in the dialog, in the next moment
        return showing.result()

    async def _came_of(self, activity: Activity, asking: asyncio.Future[Answer], wish: ChooseDay, topic: str) -> Json:
        """How it ended; where it was refused and other times would do, those that there are now."""
        answer = await asyncio.shield(asking)
        reply = answer.reply
        if isinstance(reply, Refused) and any(choice.slot for choice in reply.choices):
            return await self._looked(activity, wish, topic, reply.sentences[:1])
        return _result(answer)

    async def _pressed(self, activity: Activity, token: str, topic: str) -> Answer:
        """Books, or asks the partner; with what it is to be about, where anything was typed."""
        async with self.answering.turns.turn((activity.tenant, activity.sender)):
            speaker = await self.answering.people.speaker(activity)
            command = _command(token) if topic else None
            if isinstance(command, BookSession):
                return await self.answering.conversation.submit(speaker.who, BookAbout(command, topic))
            if isinstance(command, AskPartner):
                return await self.answering.conversation.submit(speaker.who, AskAbout(command, topic))
            return await self.answering.conversation.press(speaker.who, token)

    async def _bring(self, activity: Activity, asking: asyncio.Future[Answer]) -> None:
        await self.answering.bring(activity, self.answering.outlet(activity), await asking)


def _result(answer: Answer) -> Json:
    return dialog(result(answer), _title(answer))


def _title(answer: Answer) -> str:
    return Voice(answer.reader).unmarked(sentence(SlackWords.FORM_TITLE))


def dialog(shown: Drawn, title: str) -> Json:
    """As Teams takes one."""
    card = attached(shown.card)
    return {
        "task": {"type": "continue", "value": {"title": title, "height": "medium", "width": "medium", "card": card}}
    }


def _wish(fields: Fields) -> ChooseDay | None:
    """What it is about; None for what no dialog of ours sends."""
    token = fields.get(ABOUT)
    command = _command(token) if isinstance(token, str) else None
    return command if isinstance(command, ChooseDay) else None


def _command(token: str) -> Command | None:
    try:
        return command_of(token)
    except OldButton:
        return None


def _topic(fields: Fields) -> str:
    """As typed; of what is longer than the field takes the rest is left out."""
    typed = fields.get(TOPIC)
    return topic_of(typed[:LONGEST_TYPED]) if isinstance(typed, str) else ""


def _chosen(wish: ChooseDay, fields: Fields) -> ChooseDay:
    """With what was filled in; what cannot be read, or carried further, changes nothing."""
    day, minutes = fields.get(DAY), fields.get(MINUTES)
    with suppress(ValueError):
        if isinstance(day, str):
            wish = _carried(replace(wish, day=date.fromisoformat(day)), wish)
    with suppress(ValueError):
        if isinstance(minutes, str) and len(minutes) <= LONGEST_NUMBER:
            wish = _carried(replace(wish, find=replace(wish.find, minutes=int(minutes))), wish)
    return wish


def _carried(wish: ChooseDay, otherwise: ChooseDay) -> ChooseDay:
    """What the next button of the dialog can carry."""
    return wish if fits(wish) else otherwise
