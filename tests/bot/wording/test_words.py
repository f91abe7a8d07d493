"""The catalogue of sentences: each can be said, in every language there is, with the same fields."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from bot import words as words_module
from bot.replies import Reader
from bot.sentences import Across, Field, Sentence, WallTime
from bot.wording import Voice
from bot.wording.voice import OWN_CLOCK
from bot.words import SUBJECTS, Text
from calendar_core.interval import Interval
from calendar_core.people import OFFICE_HOURS

CATALOGUES = sorted(
    entry.name for entry in files("bot.wording.catalogues").iterdir() if (entry / "booking.po").is_file()
)
EVERYTHING = [words for subject in SUBJECTS.values() for words in subject]
SLOT = Interval(29_930_220, 29_930_265)
INSTANTS = {"at"}
DATES = {"day", "first", "last"}
CLOCKS = {"time"}
LISTS = {"parts", "times", "reasons", "kinds", "words", "windows"}


def fields_of(template: str) -> set[tuple[str, str]]:
    return {(name, form or "") for _, name, form, _ in Formatter().parse(template) if name is not None}


def value_for(name: str, form: str) -> Field:
    """Something that the field of that name and form can hold."""
    if name == "when":
        return Across(SLOT, "Europe/Berlin")
    if name in INSTANTS:
        return datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
    if name == "day" and form == "day":
        return datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
    if name in CLOCKS:
        return WallTime(8 * 60)
    if name == "hours" and not form:
        return OFFICE_HOURS
    if form.startswith("#"):
        return 2
    if name in LISTS:
        return ("one", "two")
    return date(2026, 11, 24) if name in DATES else "Sam"


def filled(words: Text) -> Sentence:
    return Sentence(words, tuple((name, value_for(name, form)) for name, form in fields_of(words.value)))


@pytest.mark.parametrize("language", ["en-GB", *CATALOGUES])
@pytest.mark.parametrize("words", EVERYTHING, ids=lambda words: words.name)
def test_every_sentence_can_be_said(words: Text, language: str) -> None:
    said = Voice(Reader(language, "America/New_York")).say(filled(words))
    assert said.strip()
    assert not any(mark in said for mark in "{}*")


@pytest.mark.parametrize("words", EVERYTHING, ids=lambda words: words.name)
def test_emphasis_is_closed_where_it_was_opened(words: Text) -> None:
    assert words.value.count("**") % 2 == 0
    assert words.value.replace("**", "").count("*") % 2 == 0


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_has_every_sentence_and_no_other_with_the_same_fields(language: str, subject: str) -> None:
    with files("bot.wording.catalogues").joinpath(language, f"{subject}.po").open("rb") as lines:
        entries = {str(entry.id): str(entry.string) for entry in read_po(lines, abort_invalid=True) if entry.id}
    assert set(entries) == {words.value for words in SUBJECTS[subject]}
    for english, translated in entries.items():
        assert {name for name, _ in fields_of(translated)} == {name for name, _ in fields_of(english)}, english
        assert translated.count("**") == english.count("**"), english


def test_no_text_is_there_twice() -> None:
    assert len({words.value for words in EVERYTHING}) == len(EVERYTHING)


def test_no_sentence_of_another_vocabulary() -> None:
    """One word per thing (docs/vocabulary.md): people book sessions, not meetings; only the link is a meeting's."""
    text = " ".join(words.value.replace("meeting link", "") for words in EVERYTHING).lower()
    assert not any(word in text for word in ("meeting", "appointment", "attendee's", "host", "guest"))
    assert words_module.__doc__


def test_every_form_of_a_time_is_known() -> None:
    forms = {form for words in EVERYTHING for name, form in fields_of(words.value) if name == "when"}
    assert forms <= {*OWN_CLOCK, "theirs", "theirs_start"}
