"""What was chosen and typed in the booking form, read from what Slack sends of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.buttons import command_of, token_of
from bot.commands import ChooseDay, Command, FindSlots
from calendar_core.errors import OldButton

from .payload import Payload, list_at, object_at, text_at
from .permalink import addresses_in
from .render.views import DAY, GO, MINUTES, SLOT, TOPIC


def command_in(token: str) -> Command | None:
    """None for what is no token of this version."""
    try:
        return command_of(token)
    except OldButton:
        return None


def pressed_in(action: object) -> str:
    """The token of a button, or of what was chosen in a menu."""
    return text_at(action, "value") or text_at(action, "selected_option", "value")


def find_in(token: str) -> FindSlots | None:
    """The wish that [Open form] carries."""
    command = command_in(token.partition(" ")[0])
    return command if isinstance(command, FindSlots) else None


def about_in(token: str) -> str:
    """The address of a message that [Open form] carries with it; empty where there is none."""
    address = token.partition(" ")[2]
    return address if addresses_in(address) == [address] else ""


def wish_in(token: str, action: object) -> ChooseDay | None:
    """The window's wish, with what was just chosen; None for what no window of ours can have sent."""
    name = text_at(action, "action_id")
    if name.startswith(GO):
        command = command_in(text_at(action, "value"))
        return command if isinstance(command, ChooseDay) else None
    wish = command_in(token)
    if not isinstance(wish, ChooseDay):
        return None
    try:
        if name == DAY:
            return replace(wish, day=date.fromisoformat(text_at(action, "selected_date")))
        if name == MINUTES:
            minutes = int(text_at(action, "selected_option", "value"))
            changed = replace(wish, find=replace(wish.find, minutes=minutes))
            return changed if token_of(changed) else None
    except ValueError:
        pass
    return None


def time_in(view: Payload) -> str:
    """The token of the time that is chosen; empty where there is none. Slack may tell of fields that were there before:
    only the one that the window shows counts."""
    values = object_at(view, "state", "values")
    for block in list_at(view, "blocks"):
        token = text_at(values, text_at(block, "block_id"), SLOT, "selected_option", "value")
        if token:
            return token
    return ""


def topic_in(values: Payload, otherwise: str) -> str:
    """What was typed; `otherwise` where the window had no field for it."""
    return text_at(values, TOPIC, TOPIC, "value") if TOPIC in values else otherwise
