"""Who waits is told what for: calendars are named to whoever asked for them, and to nobody else."""

from __future__ import annotations

import pytest

from bot.buttons import token_of
from bot.commands import BookSession, FindSlots, ShowMore, ShowStatus
from bot.waiting import true_afterwards, while_pressed, while_said
from bot.words import ChattingWords, Text, Words
from calendar_core.people import MatchId
from tests.calendar_core.scheduling.stage import at

CALENDARS, ANYTHING = Words.STILL_CHECKING, ChattingWords.STILL_WORKING
WHEN = at("2026-11-24T09:00", "America/New_York")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("book with my mentor", CALENDARS),
        ("/book with Sam next Friday morning 30 min", CALENDARS),
        ("Buchen Sam", CALENDARS),
        ("both calendars tomorrow", CALENDARS),
        ("status", ANYTHING),
        ("who hasn't integrated their calendar?", ANYTHING),
        ("privacy", ANYTHING),
        ("connect", ANYTHING),
        ("helo", ANYTHING),
        ("1", ANYTHING),
        ("", ANYTHING),
    ],
)
def test_after_words(text: str, said: Text) -> None:
    assert while_said(text) is said


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (token_of(BookSession(MatchId(1), WHEN)), CALENDARS),
        (token_of(ShowMore(FindSlots())), CALENDARS),
        (token_of(ShowStatus()), ANYTHING),
        ("AAAA", ANYTHING),
    ],
)
def test_after_a_button(token: str, said: Text) -> None:
    assert while_pressed(token) is said


def test_what_nothing_takes_the_place_of_is_true_afterwards_too() -> None:
    assert true_afterwards(CALENDARS) is ChattingWords.CHECKING_TAKES_LONGER
    assert true_afterwards(ANYTHING) is ChattingWords.TAKES_LONGER
    assert not any("still" in true_afterwards(each).value.casefold() for each in (CALENDARS, ANYTHING))
