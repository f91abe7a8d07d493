"""Buttons: what they carry, and how many stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.buttons import token_of
from bot.commands import Command
from bot.replies import Reply, join_url
from bot.sentences import sentence
from bot.wording import Button, Voice
from bot.words import TeamsWords, Words

from .elements import Element, container

PRESS, SHOW = "press", "show"  # verbs: a button, a card that draws itself anew
STAYS = "stays"  # in what a button carries: the card is a notice, and no answer takes its place
ABREAST = 5
ROW, BUTTON, LETTER = 300, 32, 8  # a phone's card, a button without its title, a letter of that: about so many pixels
_FURTHER = "further"  # the element that [More] unfolds


class Actions(NamedTuple):
    """`shown` below the card; `folded` is a part of its body: what stays hidden until [More] is pressed, or rows."""

    shown: tuple[Element, ...] = ()
    folded: tuple[Element, ...] = ()


def executed(verb: str, title: str, data: Element, *, inputs: str = "none", tooltip: str | None = None) -> Element:
    """Asks us, and draws the answer in place; clients that cannot send the same as a message. `inputs`: "auto" sends
    what was chosen in the card along."""
    carried: Element = {"data": {"verb": verb, **data}, "associatedInputs": inputs, **_named(title, tooltip)}
    return {
        "type": "Action.Execute",
        "verb": verb,
        **carried,
        "fallback": {"type": "Action.Submit", **carried},
    }


def opened(title: str, url: str, *, tooltip: str | None = None) -> Element:
    """A link."""
    return {"type": "Action.OpenUrl", "url": url, **_named(title, tooltip)}


def _named(title: str, tooltip: str | None) -> Element:
    return {"title": title} if tooltip in (None, title) else {"title": title, "tooltip": tooltip}


def pressed(button: Button, command: Command, *, stays: bool = False) -> Element:
    """What a choice's button does. Raises ValueError if the command does not fit one."""
    if button.url:
        return opened(button.label, button.url, tooltip=button.name)
    data: Element = {"token": token_of(command), **({STAYS: True} if stays else {})}
    return executed(PRESS, button.label, data, tooltip=button.name)


def actions_of(reply: Reply, buttons: Sequence[Button], voice: Voice, *, stays: bool = False) -> tuple[Element, ...]:
    """All of a reply's, [Join] first. `stays`: what they lead to is a message of its own."""
    both = zip(reply.choices, buttons, strict=True)
    pressing = [pressed(button, choice.command, stays=stays) for choice, button in both]
    url = join_url(reply)
    join = [opened(voice.unmarked(sentence(TeamsWords.JOIN_NOW)), url)] if url else []
    return (*join, *pressing)


def abreast(actions: Sequence[Element], voice: Voice) -> Actions:
    """Five, and [More] for those that are left, in rows of five; one that would be alone behind it stands in its
    place."""
    if len(actions) <= ABREAST + 1:
        return Actions(tuple(actions))
    rows: list[Element] = [
        {"type": "ActionSet", "actions": list(actions[at : at + ABREAST])}
        for at in range(ABREAST, len(actions), ABREAST)
    ]
    more: Element = {
        "type": "Action.ToggleVisibility",
        "title": voice.unmarked(sentence(Words.MORE)),
        "targetElements": [_FURTHER],
    }
    return Actions((*actions[:ABREAST], more), (container(rows, id=_FURTHER, isVisible=False),))


def in_rows(shown: Sequence[Element]) -> Actions:
    """Below the card, where a phone has room for all of them beside each other; else the same in rows, one below the
    other in its body: clients cut off what is too wide."""
    rows: list[list[Element]] = [[]]
    left = ROW
    for each in shown:
        width = BUTTON + LETTER * len(str(each["title"]))
        if rows[-1] and width > left:
            rows.append([])
            left = ROW
        rows[-1].append(each)
        left -= width
    if len(rows) == 1:
        return Actions(tuple(shown))
    return Actions(folded=tuple({"type": "ActionSet", "actions": row} for row in rows))
