"""Buttons: what they carry, and how many stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.buttons import fits, token_of
from bot.commands import CannotMakeIt, Command, DecidePlanned, NoMoreFrom, NotThisMatch, ShowMore
from bot.replies import Reply, SlotsOffered, join_url
from bot.sentences import sentence
from bot.wording import Button, Voice
from bot.words import SlackWords, TeamsWords, Text, Words
from calendar_core.ended import Plan

from .limits import (
    ACCESSIBILITY_LABEL,
    BUTTON_TEXT,
    BUTTON_URL,
    BUTTON_VALUE,
    CONFIRM_BUTTON,
    CONFIRM_TEXT,
    CONFIRM_TITLE,
    OPTION_TEXT,
    OPTION_VALUE,
    clipped,
)
from .shown import Block

MENU, ROW = 20, 10  # choices of one menu, and buttons of a further row: each of them fits a message with any names
ABREAST = 5  # and [More] for those that are left (decision 19); one that would be alone behind it stands in its place
MORE = "press-more"
PRESS = re.compile(r"press-(?:more|(?:more-)?\d{1,3})")  # what a reply's button, or menu, is called
FORM = "form-open"


def rows(reply: Reply, buttons: Sequence[Button], voice: Voice) -> Iterator[Block]:
    """The blocks of a reply's buttons, [Join] first. Raises ValueError for a choice that does not fit a button."""
    every = [(button, choice.command) for choice, button in zip(reply.choices, buttons, strict=True)]
    join = _join(reply, voice)
    abreast = ABREAST - len(join)
    abreast += len(every) == abreast + 1
    shown = join + [pressed(at, *each, voice) for at, each in enumerate(every[:abreast], start=1)]
    left = list(enumerate(every[abreast:], start=abreast + 1))
    options = [_option(*each) for _, each in left if _is_option(*each)]
    others = [pressed(at, *each, voice) for at, each in left if not _is_option(*each)]
    form = _form(reply, voice)
    if form and not options and len(shown) <= ABREAST:
        shown[-1:-1] = form  # in front of [More]
    more = voice.unmarked(sentence(Words.MORE))
    starts = range(0, len(options), MENU)
    menus = [_menu(more, number, options[at : at + MENU]) for number, at in enumerate(starts)]
    rest = [[menu] for menu in menus[1:]] + [others[at : at + ROW] for at in range(0, len(others), ROW)]
    for row in (shown + menus[:1], *rest):
        if row:
            yield {"type": "actions", "elements": row}


def open_form(command: Command, words: SlackWords, voice: Voice, about: str = "") -> Block:
    """Opens the booking form, for the wish that the command has; `about`: the address of a message, which has no
    spaces."""
    name = voice.unmarked(sentence(words))
    return {
        "type": "button",
        "action_id": FORM,
        "text": text_of(clipped(name, BUTTON_TEXT)),
        "accessibility_label": clipped(name, ACCESSIBILITY_LABEL),
        "value": f"{token_of(command)} {about}".strip(),
    }


def _form(reply: Reply, voice: Voice) -> list[Block]:
    """[Choose a day], where times are offered and there are more of them."""
    if not isinstance(reply, SlotsOffered) or not isinstance(reply.choices[-1].command, ShowMore):
        return []
    find = replace(reply.choices[-1].command.find, windows=(), exact=False, skip=0)
    return [open_form(find, SlackWords.CHOOSE_A_DAY, voice)] if fits(find) else []


def _join(reply: Reply, voice: Voice) -> list[Block]:
    url = join_url(reply)
    return [linked(0, voice.unmarked(sentence(TeamsWords.JOIN_NOW)), url)] if url else []


def linked(number: int, name: str, url: str, whole: str | None = None) -> Block:
    """A link. Raises ValueError for an address that is too long."""
    if len(url) > BUTTON_URL:
        raise ValueError("the address is too long for a button")
    return {
        "type": "button",
        "action_id": f"link-{number}",
        "text": text_of(clipped(name, BUTTON_TEXT)),
        "accessibility_label": clipped(whole or name, ACCESSIBILITY_LABEL),
        "url": url,
    }


def pressed(number: int, button: Button, command: Command, voice: Voice) -> Block:
    """`action_id` is one of its own in the message; `value` is the command's token. A link carries neither."""
    if button.url is not None:
        return linked(number, button.label, button.url, button.name)
    token = token_of(command)
    if len(token) > BUTTON_VALUE:
        raise ValueError("the command is too long for a button")
    element: Block = {
        "type": "button",
        "action_id": f"press-{number}",
        "text": text_of(clipped(button.label, BUTTON_TEXT)),
        "accessibility_label": clipped(button.name, ACCESSIBILITY_LABEL),
        "value": token,
    }
    return {**element, "confirm": _confirm(button, voice)} if _ends_something(command) else element


def _ends_something(command: Command) -> bool:
    """What a slip of the finger would take away. Commands that ask by themselves are not among them."""
    match command:
        case CannotMakeIt() | NotThisMatch() | NoMoreFrom():
            return True
        case DecidePlanned():
            return command.plan is Plan.CANCEL
        case _:
            return False


def _confirm(button: Button, voice: Voice) -> Block:
    def said(words: Text, limit: int) -> Block:
        return text_of(clipped(voice.unmarked(sentence(words)), limit))

    about = voice.unmarked(sentence(SlackWords.SURE_ABOUT, button=button.name))
    return {
        "title": said(SlackWords.SURE, CONFIRM_TITLE),
        "text": text_of(clipped(about, CONFIRM_TEXT)),
        "confirm": said(Words.YES, CONFIRM_BUTTON),
        "deny": said(SlackWords.NO_GO_BACK, CONFIRM_BUTTON),
        "style": "danger",
    }


def _is_option(button: Button, command: Command) -> bool:
    """A menu takes what is short, and neither links nor what is asked about first."""
    return button.url is None and not _ends_something(command) and len(token_of(command)) <= OPTION_VALUE


def _option(button: Button, command: Command) -> Block:
    return {"text": text_of(clipped(button.name, OPTION_TEXT)), "value": token_of(command)}


def _menu(more: str, number: int, options: Sequence[Block]) -> Block:
    return {
        "type": "static_select",
        "action_id": MORE if not number else f"{MORE}-{number}",
        "placeholder": text_of(more),
        "options": list(options),
    }


def text_of(text: str) -> Block:
    """In which nothing is markup, and `:x:` no picture."""
    return {"type": "plain_text", "text": text, "emoji": False}
