"""Buttons: what they carry, and how many stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.buttons import token_of
from bot.commands import Command
from bot.replies import Reply
from bot.sentences import sentence
from bot.wording import Button, Voice
from bot.words import Words

from .limits import (
    ACCESSIBILITY_LABEL,
    ACTIONS,
    BUTTON_TEXT,
    BUTTON_URL,
    BUTTON_VALUE,
    OPTION_TEXT,
    OPTION_VALUE,
    OPTIONS,
    clipped,
)
from .shown import Block

ABREAST = 5  # and [More] for those that are left (decision 19)
MORE = "press-more"


def rows(reply: Reply, buttons: Sequence[Button], voice: Voice) -> Iterator[Block]:
    """The blocks of a reply's buttons. Raises ValueError for a choice that does not fit a button."""
    every = [(button, choice.command) for choice, button in zip(reply.choices, buttons, strict=True)]
    shown = [_pressed(at, *each) for at, each in enumerate(every[:ABREAST], start=1)]
    left = list(enumerate(every[ABREAST:], start=ABREAST + 1))
    options = [_option(*each) for _, each in left if _is_option(*each)]
    others = [_pressed(at, *each) for at, each in left if not _is_option(*each)]
    more = voice.unmarked(sentence(Words.MORE))
    starts = range(0, len(options), OPTIONS)
    menus = [_menu(more, number, options[at : at + OPTIONS]) for number, at in enumerate(starts)]
    for row in (shown + menus[:1], menus[1:], others):
        for at in range(0, len(row), ACTIONS):
            yield {"type": "actions", "elements": row[at : at + ACTIONS]}


def _pressed(number: int, button: Button, command: Command) -> Block:
    """`action_id` is one of its own in the message; `value` is the command's token. A link carries neither."""
    label = clipped(button.label, BUTTON_TEXT)
    element: dict[str, object] = {"type": "button", "text": _text(label)}
    if button.name != label:
        element["accessibility_label"] = clipped(button.name, ACCESSIBILITY_LABEL)
    if button.url is not None:
        if len(button.url) > BUTTON_URL:
            raise ValueError("the address is too long for a button")
        return element | {"action_id": f"link-{number}", "url": button.url}
    token = token_of(command)
    if len(token) > BUTTON_VALUE:
        raise ValueError("the command is too long for a button")
    return element | {"action_id": f"press-{number}", "value": token}


def _is_option(button: Button, command: Command) -> bool:
    """A menu takes what is short, and no links."""
    return button.url is None and len(token_of(command)) <= OPTION_VALUE


def _option(button: Button, command: Command) -> Block:
    return {"text": _text(clipped(button.name, OPTION_TEXT)), "value": token_of(command)}


def _menu(more: str, number: int, options: Sequence[Block]) -> Block:
    return {
        "type": "static_select",
        "action_id": MORE if not number else f"{MORE}-{number}",
        "placeholder": _text(more),
        "options": list(options),
    }


def _text(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
