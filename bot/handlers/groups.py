"""Whether one wants new sessions confirmed in the group message of the two, too (decision 24)."""

from __future__ import annotations

from bot.commands.own import ConfirmInGroup, ShowSettings
from bot.replies import Choice, Reply, Said
from bot.sentences import Sentence, sentence
from bot.words import GroupWords, SettingsWords
from calendar_core.people import User

from .talk import Talk, button


async def confirm_in_group(talk: Talk, command: ConfirmInGroup) -> Reply:
    """Whether one wants new sessions confirmed there, too."""
    await talk.core.own.adjusting.set_group_confirmations(talk.user, command.wanted)
    said = sentence(GroupWords.GROUPS_TURNED_ON if command.wanted else GroupWords.GROUPS_TURNED_OFF)
    return Said(sentences=(said,), choices=(button(SettingsWords.SETTINGS, ShowSettings()),))


def group_setting(user: User) -> tuple[Sentence, Choice]:
    """How it is set, and the button that changes it."""
    if user.own.group_confirmations:
        return sentence(GroupWords.GROUPS_WANTED), button(GroupWords.GROUPS_OFF, ConfirmInGroup(wanted=False))
    return sentence(GroupWords.GROUPS_NOT_WANTED), button(GroupWords.GROUPS_ON, ConfirmInGroup(wanted=True))
