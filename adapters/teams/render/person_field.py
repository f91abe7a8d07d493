"""[Find a person]: below an administrator's list, with names that come while somebody types."""

from __future__ import annotations

from bot.buttons import fits, token_of
from bot.commands import StatusOf
from bot.replies import PeopleListed, Reply
from bot.sentences import Sentence
from bot.wording import Voice
from bot.words import SlackWords, TeamsWords, Text

from .actions import PRESS, STAYS, executed
from .elements import Element, container

PEOPLE = "people"  # the set in which Teams asks us to search
CHOSEN = "token"  # the input's id: whoever is chosen is the button's token


def person_field(reply: Reply, voice: Voice, *, stays: bool) -> Element | None:
    """The field and its button, where people are named; they are what it offers before anybody types."""
    if not isinstance(reply, PeopleListed) or reply.groups_only:
        return None
    meant = {each.name: StatusOf(each.name) for each in reply.lines}
    choices: list[Element] = [
        {"title": name, "value": token_of(command)} for name, command in meant.items() if name and fits(command)
    ]
    if not choices:
        return None
    field: Element = {
        "type": "Input.ChoiceSet",
        "id": CHOSEN,
        "label": _name(SlackWords.HOME_PERSON, voice),
        "style": "filtered",
        "placeholder": _name(TeamsWords.PERSON_HOW, voice),
        "choices": choices,
        "choices.data": {"type": "Data.Query", "dataset": PEOPLE},
        "isRequired": True,
        "errorMessage": _name(TeamsWords.PERSON_MISSING, voice),
    }
    show = executed(PRESS, _name(SlackWords.HOME_SHOW, voice), {STAYS: True} if stays else {}, inputs="auto")
    return container([field, {"type": "ActionSet", "actions": [show]}])


def _name(words: Text, voice: Voice) -> str:
    return voice.unmarked(Sentence(words))
