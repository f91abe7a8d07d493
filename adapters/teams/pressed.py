"""What comes back from a card, as a command. Everything in it may have been changed on its way."""

from __future__ import annotations

from collections.abc import Mapping

from bot.buttons import LONGEST, command_of
from bot.commands import Command
from bot.waiting import while_pressed
from bot.words import Text
from calendar_core.errors import OldButton


def command_in(data: object) -> Command:
    """The command that a button stands for. Raises OldButton for what no card of ours sends. A command grants nothing:
    the core asks again who presses, and whether it still holds."""
    token = data.get("token") if isinstance(data, Mapping) else None
    if not isinstance(token, str) or len(token) > LONGEST:
        raise OldButton
    return command_of(token)


def token_in(value: object) -> str:
    """What the button carried that somebody pressed, in a message of an older client or in an invoke; empty for
    anything else."""
    action = value.get("action") if isinstance(value, Mapping) else None
    data = action.get("data") if isinstance(action, Mapping) else value
    token = data.get("token") if isinstance(data, Mapping) else None
    return token if isinstance(token, str) and len(token) <= LONGEST else ""


def meanwhile(data: object) -> Text:
    """What is said where the answer to that takes longer than a moment."""
    token = data.get("token") if isinstance(data, Mapping) else None
    return while_pressed(token if isinstance(token, str) and len(token) <= LONGEST else "")
