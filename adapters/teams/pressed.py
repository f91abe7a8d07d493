"""What comes back from a card, as a command. Everything in it may have been changed on its way."""

from __future__ import annotations

from collections.abc import Mapping

from bot.buttons import LONGEST, command_of
from bot.commands import CannotMakeIt, Command, LooksGood
from bot.waiting import while_pressed
from bot.words import Text
from calendar_core.errors import OldButton
from calendar_core.session import SessionUid


def command_in(data: object) -> Command:
    """The command that a button stands for. Raises OldButton for what no card of ours sends. A command grants nothing:
    the core asks again who presses, and whether it still holds."""
    token = data.get("token") if isinstance(data, Mapping) else None
    if not isinstance(token, str) or len(token) > LONGEST:
        raise OldButton
    return command_of(token)


def answered_in(data: object) -> SessionUid | None:
    """The session that a button answers, where its card is about one and stays: that card is to say the answer."""
    try:
        command = command_in(data)
    except (OldButton, ValueError):
        return None
    return command.session if isinstance(command, LooksGood | CannotMakeIt) else None


def meanwhile(data: object) -> Text:
    """What is said where the answer to that takes longer than a moment."""
    token = data.get("token") if isinstance(data, Mapping) else None
    return while_pressed(token if isinstance(token, str) and len(token) <= LONGEST else "")
