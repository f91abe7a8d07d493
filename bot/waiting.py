"""What is said where an answer takes longer than a moment: of calendars only to whoever waits for them."""

from __future__ import annotations

from datetime import UTC, datetime

from calendar_core.errors import OldButton

from . import commands as c
from .buttons import command_of
from .grammar.parse import parse
from .grammar.phrase import Speaker
from .words import ChattingWords, Text, Words

ANYBODY = Speaker(datetime(2000, 1, 3, tzinfo=UTC), "UTC")  # what is asked for does not depend on when, or by whom
OF_BOTH_CALENDARS = c.FindSlots | c.AskBack | c.ShowMore | c.ChooseDay | c.ShowCalendars | c.BookSession | c.PickTime


def while_said(text: str) -> Text:
    """After typed words."""
    return _while(parse(text, ANYBODY))


def while_pressed(token: str) -> Text:
    """After a button."""
    try:
        return _while(command_of(token))
    except OldButton:
        return ChattingWords.STILL_WORKING


def true_afterwards(words: Text) -> Text:
    """What is said instead where it goes on standing there above the answer."""
    return ChattingWords.CHECKING_TAKES_LONGER if words is Words.STILL_CHECKING else ChattingWords.TAKES_LONGER


def _while(command: c.Command) -> Text:
    return Words.STILL_CHECKING if isinstance(command, OF_BOTH_CALENDARS) else ChattingWords.STILL_WORKING
