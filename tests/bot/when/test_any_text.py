"""Whatever is typed, whenever and wherever: an answer that can be trusted or asked about, never an exception."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.when import Doubt, Reading, Window, read

from .labels import PHRASES
from .phrase import Phrase

ZONES = [
    *("America/New_York", "Europe/Berlin", "Australia/Sydney", "Asia/Kathmandu", "Australia/Lord_Howe"),
    *("Pacific/Chatham", "Africa/Casablanca", "America/Havana", "Pacific/Apia", "Asia/Beirut", "UTC"),
]
WORDS = sorted({word for phrase in PHRASES if len(phrase.text) < 200 for word in phrase.text.split()})
NUMBERS = [str(number) for number in (0, 1, 2, 3, 9, 10, 12, 13, 24, 25, 30, 31, 45, 60, 99, 100, 930, 2031)]
NO_HOURS = [number for number in NUMBERS if 24 < int(number) < 1000]  # an hour may say what was said already

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=8 * 365)).map(lambda later: FIRST + later)
sentences = st.lists(st.sampled_from([*WORDS, *NUMBERS, "or", "and", ",", "-", "to", "not", "next", "at"]), max_size=9)


def read_at(text: str, now: datetime, zone: str = "Europe/Berlin") -> Reading:
    return read(text, now=now, zone=zone, default_minutes=45, names=("May Lin", "Sam Okoye"), language="en-GB")


def assert_sound(windows: tuple[Window, ...]) -> None:
    """Aware, not empty, in order."""
    starts = []
    for window in windows:
        assert window.start.utcoffset() is not None
        assert window.start.astimezone(UTC) < window.end.astimezone(UTC)
        starts.append(window.start.astimezone(UTC))
    assert starts == sorted(starts)


@settings(max_examples=600, deadline=None)
@given(sentences.map(" ".join), moments, st.sampled_from(ZONES))
@example("Sunday 00:30", datetime(2026, 3, 27, 12, tzinfo=UTC), "Asia/Beirut")
@example("in 999 fortnights", datetime(2031, 12, 31, tzinfo=UTC), "UTC")
def test_windows_lie_ahead_and_in_order_unless_a_question_says_otherwise(text: str, now: datetime, zone: str) -> None:
    reading = read_at(text, now, zone)
    assert_sound(reading.windows)
    for ask in reading.questions:
        for alternative in ask.alternatives:
            assert alternative
            assert_sound(alternative)
            assert all(window.start.astimezone(UTC) >= now for window in alternative)
    if Doubt.PAST not in {ask.doubt for ask in reading.questions}:
        assert all(window.start.astimezone(UTC) >= now for window in reading.windows)
    for window in reading.windows:
        assert isinstance(window.start.tzinfo, ZoneInfo)
        assert window.start.tzinfo.key == reading.zone


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=600), moments, st.sampled_from(ZONES))
def test_any_text_is_answered(text: str, now: datetime, zone: str) -> None:
    assert_sound(read_at(text, now, zone).windows)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_name_is_taken_as_it_is(text: str, name: str) -> None:
    now = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
    read(f"{text} {name}", now=now, zone="UTC", default_minutes=45, names=(name,))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([phrase for phrase in PHRASES if len(phrase.text) < 200]), st.sampled_from(NO_HOURS), st.data())
def test_a_number_is_never_ignored(phrase: Phrase, number: str, data: st.DataObject) -> None:
    assume(number not in phrase.text)  # "Nov 24th" and "24 Nov 24th" are the same
    text = phrase.text.split()
    now = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
    at = data.draw(st.integers(0, len(text)))
    if at and text[at - 1].lower() in ("with", "w/"):
        return  # there it is a name
    without, reading = read_at(" ".join(text), now), read_at(" ".join([*text[:at], number, *text[at:]]), now)
    changed = (reading.windows, reading.minutes, reading.zone) != (without.windows, without.minutes, without.zone)
    assert changed or reading.unread or reading.questions


@pytest.mark.parametrize(
    "text",
    [
        *("9" * 10_000, "mon " * 2_500, "\u202e" * 10_000, "(" * 10_000, "3 or " * 2_000, "ﷺ" * 400),
        *("in two weeks or " * 16, "mon or tue at 3 or 4 and " * 9, "5-6 " * 25, "a b " * 31),  # short, but crowded
    ],
    ids=lambda text: ascii(text)[:24],
)
def test_a_text_beyond_all_measure_is_refused_at_once(text: str) -> None:
    reading = read_at(text, datetime(2026, 11, 22, 16, 2, tzinfo=UTC))
    assert [ask.doubt for ask in reading.questions] == [Doubt.TOO_LONG]
    assert reading.windows == ()


def test_a_start_lasts_the_length_asked_and_a_window_holds_what_it_says() -> None:
    now = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
    start = read_at("tomorrow 3pm for 30 min", now)
    assert (start.exact, start.minutes) == (True, 30)
    assert start.windows[0].end - start.windows[0].start == timedelta(minutes=30)
    window = read_at("tomorrow afternoon", now)
    assert (window.exact, window.minutes) == (False, None)


def test_words_in_any_order_give_some_answer_quickly() -> None:
    shuffled = random.Random(7)
    now = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
    for _ in range(300):
        assert_sound(read_at(" ".join(shuffled.choices(WORDS, k=12))[:490], now).windows)
