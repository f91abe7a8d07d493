"""[Choose a day]: what opens the booking dialog."""

from __future__ import annotations

from dataclasses import replace

from bot.buttons import fits, token_of
from bot.commands import ChooseDay, ShowMore
from bot.replies import Reply, SlotsOffered
from bot.sentences import Sentence
from bot.wording import Voice
from bot.words import SlackWords

from .elements import Element

ABOUT = "about"  # the wish that the dialog is about


def day_button(reply: Reply, voice: Voice) -> Element | None:
    """[Choose a day], where times are offered and there are more of them."""
    if not isinstance(reply, SlotsOffered) or not isinstance(reply.choices[-1].command, ShowMore):
        return None
    wish = ChooseDay(replace(reply.choices[-1].command.find, windows=(), exact=False, skip=0))
    if not fits(wish):
        return None
    data: Element = {"msteams": {"type": "task/fetch"}, ABOUT: token_of(wish)}
    return {"type": "Action.Submit", "title": voice.unmarked(Sentence(SlackWords.CHOOSE_A_DAY)), "data": data}
