"""Confirmations in a group message: wanted by each of the two, and what both then read there (decision 24)."""

from __future__ import annotations

from bot.commands.own import ConfirmInGroup, ShowSettings
from bot.replies import Answer, Choice, Reader, Reply, Said, Summary
from bot.sentences import Across, Sentence, sentence
from bot.words import GroupWords, SettingsWords, Text
from calendar_core.people import User
from calendar_core.session import Session, SessionState

from .talk import Talk, button

ENGLISH = "en-GB"


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


def group_answer(session: Session, booker: User, other: User) -> Answer:
    """When, who and where: no choices, no topic, no reason. In the language that both read, else in English; by the
    booker's clock, with the other's beside it."""
    is_shared = booker.language.partition("-")[0] == other.language.partition("-")[0]
    when = Across(session.when, other.itinerary)
    first, second = (each.name or each.email for each in (booker, other))
    said = sentence(_words(session), when=when, first=first, second=second)
    link = session.conference.url if session.conference and session.state is SessionState.BOOKED else None
    reader = Reader(language=booker.language if is_shared else ENGLISH, zone=booker.itinerary)
    return Answer(Summary(paragraphs=((said,),), join=link), reader)


def _words(session: Session) -> Text:
    if session.cancelled is not None:
        return GroupWords.CANCELLED_TOGETHER
    if session.state is SessionState.NEEDS_NEW_TIME:
        return GroupWords.NEEDS_NEW_TIME_TOGETHER
    return GroupWords.INVITED_TOGETHER if session.mailed else GroupWords.BOOKED_TOGETHER
