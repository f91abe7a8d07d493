"""Typed words: the same command however it is wrapped, and never a guess."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import commands as c
from bot.grammar.parse import parse
from bot.grammar.phrase import Phrase, Speaker
from bot.grammar.table import GRAMMAR
from bot.grammar.titles import TITLES
from calendar_core.interval import Interval
from calendar_core.people import Role

NEW_YORK = ZoneInfo("America/New_York")
NAMES = ("Sam Okoye", "May Lin", "José García", "Síle O\u2019Brien")
ANA = Speaker(now=datetime(2026, 11, 22, 11, 2, tzinfo=NEW_YORK), zone=NEW_YORK.key, names=NAMES)


def on(day: int, hour: int, minutes: int) -> Interval:
    return Interval.lasting(datetime(2026, 11, day, hour, tzinfo=NEW_YORK), minutes)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/book with my mentor", c.FindSlots(role=Role.MENTOR)),
        ("book with my mentor", c.FindSlots(role=Role.MENTOR)),
        ("/pairtime book with my mentor", c.FindSlots(role=Role.MENTOR)),
        ("pairtime book with my mentor.", c.FindSlots(role=Role.MENTOR)),
        ("**book** with my mentor", c.FindSlots(role=Role.MENTOR)),
        ("BOOK WITH MY MENTOR!", c.FindSlots(role=Role.MENTOR)),
        ("I'd like to book a session with my mentor please", c.FindSlots(role=Role.MENTOR)),
        ("please show my sessions", c.ShowSessions()),
        ("Status, please!", c.ShowStatus()),
        ("can you please find a time with my mentee", c.FindSlots(role=Role.MENTEE)),
        ("book", c.FindSlots()),
        ("/book", c.FindSlots()),
        ("book a session", c.FindSlots()),
        ("book with sam", c.FindSlots(partner="sam")),
        ("book Sam Okoye", c.FindSlots(partner="Sam Okoye")),
        ("book with @Sam", c.FindSlots(partner="Sam")),
        ("book with my mentor Sam", c.FindSlots(partner="Sam")),
        ("book with Bob", c.FindSlots(partner="Bob")),
        ("book with sam@example.com", c.FindSlots(partner="sam@example.com")),
        ("book with <mailto:sam@example.com|sam@example.com>", c.FindSlots(partner="sam@example.com")),
        ("book with May", c.FindSlots(partner="May")),
        ('book with @"Sam tomorrow" 30 min', c.FindSlots(partner="Sam tomorrow", minutes=30)),
        ('book with @"my mentor"', c.FindSlots(partner="my mentor")),
        ("book José again", c.AskBack(c.FindSlots(partner="José"), "again")),
        ("book Jose again", c.AskBack(c.FindSlots(partner="Jose"), "again")),
        ("book with my mentor jose garcia 30 min", c.FindSlots(partner="jose garcia", minutes=30)),
        ("book O\u2019Brien again", c.AskBack(c.FindSlots(partner="O'Brien"), "again")),
        ('status of @"Lea Brandt"', c.StatusOf("Lea Brandt")),
        ('@"sessions"', c.NotUnderstood('@"sessions"')),
        (
            "book with Sam next Friday morning 30 min",
            c.FindSlots(partner="Sam", minutes=30, windows=(on(27, 8, 240),)),
        ),
        (
            "book me a session with sam@example.com tomorrow 3pm",
            c.FindSlots(partner="sam@example.com", windows=(on(23, 15, 45),), exact=True),
        ),
        ("tomorrow 3pm with Sam", c.FindSlots(partner="Sam", windows=(on(23, 15, 45),), exact=True)),
        ("sessions", c.ShowSessions()),
        ("show my sessions", c.ShowSessions()),
        ("past sessions", c.ShowSessions(past=True)),
        ("status", c.ShowStatus()),
        ("privacy", c.ShowReceipts()),
        ("who saw my calendar?", c.ShowReceipts()),
        ("calendars", c.ShowCalendars(c.FindSlots())),
        ("see both calendars", c.ShowCalendars(c.FindSlots())),
        ("/pairtime admin who hasn't integrated their calendar?", c.WhoHasntIntegrated()),
        ("admin who hasn\u2019t integrated", c.WhoHasntIntegrated()),
        ("who has not connected their calendar", c.WhoHasntIntegrated()),
        ("Wer ist nicht verbunden?", c.WhoHasntIntegrated()),
        ("¿Quién no está conectado?", c.WhoHasntIntegrated()),
        ("Qui n\u2019est pas connecté\u202f?", c.WhoHasntIntegrated()),
        ("help", c.Help()),
        ("/help", c.Help()),
        ("help book", c.Help("book")),
        ("help with past sessions", c.Help("past sessions")),
        ("", c.Help()),
        ("help contact", c.Contact()),
        ("contact", c.Contact()),
    ],
)
def test_words_and_their_command(text: str, command: c.Command) -> None:
    assert parse(text, ANA) == command


NUMBERS = ["2", "2.", "2)", "#2", "option 2", "Option 2.", "number 2", "the 2nd", "the second", "second one", "/book 2"]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_however_it_is_put(text: str) -> None:
    assert parse(text, ANA) == c.NumberTyped(2)


@pytest.mark.parametrize(
    "text",
    ["helo", "cancel my session on Friday", "move my Tuesday session to Friday", "sessions add we met yesterday 3pm",
     "status Sam", "no", "yes", "-1", "1.5", "9" * 400, "x" * 10_000, "\u202ebook with Sam"],
    ids=lambda text: ascii(text)[:24],
)  # fmt: skip
def test_what_it_does_not_know_is_not_understood(text: str) -> None:
    assert isinstance(parse(text, ANA), c.NotUnderstood)


def test_words_left_over_are_asked_about_and_never_dropped() -> None:
    command = parse("book with Sam or whoever is around tomorrow 3pm", ANA)
    assert isinstance(command, c.AskBack)
    assert command.find.partner == "Sam"


def test_an_ambiguous_time_comes_back_with_its_readings() -> None:
    command = parse("book with Sam tomorrow at 3", ANA)
    assert isinstance(command, c.AskBack)
    assert [reading.windows for reading in command.readings] == [(on(23, 15, 45),), (on(23, 3, 45),)]
    assert all(reading.partner == "Sam" for reading in command.readings)


@given(st.text(max_size=200))
def test_any_text_has_exactly_one_meaning(text: str) -> None:
    assert isinstance(parse(text, ANA), c.Command)


WORDS = sorted({*" ".join([*(phrase.word for phrase in GRAMMAR), *chain(*TITLES.values()), *NAMES]).split(), "Friday"})


@given(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join))
def test_words_it_knows_have_exactly_one_meaning_in_any_order(text: str) -> None:
    assert isinstance(parse(text, ANA), c.Command)


@given(st.text(alphabet=st.sampled_from("bok with sam my mentor 3pm tomorrow/,.-\u202e\u200f*@<>"), max_size=60))
def test_anything_like_a_command_has_exactly_one_meaning(text: str) -> None:
    assert isinstance(parse(text, ANA), c.Command)


@pytest.mark.parametrize("phrase", GRAMMAR, ids=lambda phrase: phrase.word)
def test_every_word_that_help_shows_is_understood(phrase: Phrase) -> None:
    assert not isinstance(parse(phrase.word, ANA), c.NotUnderstood)
