"""Tokens: every command comes back as it went, and nothing else is taken for one."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import LONGEST, NUMBERED, VERSION, command_of, token_of
from bot.commands import (
    AskFreeBusyOnly,
    BookSession,
    Command,
    DecidePlanned,
    FindSlots,
    Help,
    PlainTimes,
    ShowCalendars,
    ShowMore,
    WhyNone,
)
from bot.commands.following_up import SayHappened
from bot.commands.own import DeleteData
from bot.grammar.times import MOST_WINDOWS
from calendar_core.ended import Plan
from calendar_core.errors import OldButton
from calendar_core.feedback import Happened
from calendar_core.interval import Interval
from calendar_core.people import MatchId, ProgrammeId
from calendar_core.request import RequestId
from calendar_core.session import SessionUid

minutes = st.integers(min_value=0, max_value=100_000)
ids = st.integers(min_value=0, max_value=2**63 - 1)
intervals = st.builds(
    lambda start, length: Interval(start, start + length),
    st.integers(min_value=0, max_value=100_000_000),
    st.integers(min_value=1, max_value=1440),
)
for kind, strategy in (
    (Interval, intervals),
    (int, minutes),
    (MatchId, ids.map(MatchId)),
    (RequestId, ids.map(RequestId)),
    (ProgrammeId, ids.map(ProgrammeId)),
    (SessionUid, st.text(max_size=60).map(SessionUid)),
):
    st.register_type_strategy(kind, strategy)

SLOT = Interval(29_930_220, 29_930_265)
every_command = st.one_of([st.from_type(kind) for kind in NUMBERED.values()])


def signed(payload: bytes) -> str:
    whole = payload + hashlib.blake2b(payload, digest_size=3).digest()
    return base64.urlsafe_b64encode(whole).rstrip(b"=").decode()


def test_every_command_has_a_number() -> None:
    assert set(NUMBERED.values()) == set(get_args(Command))


@given(every_command)
def test_a_command_comes_back_as_it_went(command: Command) -> None:
    try:
        token = token_of(command)
    except ValueError:
        return  # too much for a button: the handler has to cut it down
    assert len(token) <= LONGEST
    assert command_of(token) == command


def test_the_usual_buttons_are_short() -> None:
    wish = FindSlots(match=MatchId(12_345), minutes=30, windows=(SLOT,) * 5)
    assert len(token_of(BookSession(MatchId(12_345), SLOT))) <= 24
    assert len(token_of(wish)) <= 80


def test_the_longest_wish_that_words_can_make_fits_a_button() -> None:
    days = tuple(Interval(SLOT.start_minute + day * 2_880, SLOT.start_minute + day * 2_880 + 240) for day in range(14))
    wish = FindSlots(match=MatchId(10**9), minutes=45, windows=days, included=(date(2026, 11, 26), date(2026, 12, 25)))
    assert len(days) == MOST_WINDOWS
    for command in (wish, ShowMore(replace(wish, skip=99)), WhyNone(wish)):
        assert command_of(token_of(command)) == command


@given(st.text(max_size=200))
def test_any_other_text_is_an_old_button(text: str) -> None:
    with pytest.raises(OldButton):
        command_of(text)


@given(st.binary(max_size=100))
def test_bytes_with_a_right_check_are_a_command_or_an_old_button(payload: bytes) -> None:
    token = signed(bytes((VERSION,)) + payload)
    try:
        command = command_of(token)
    except OldButton:
        return
    assert token_of(command) == token


@given(every_command, st.data())
def test_a_truncated_or_altered_token_is_an_old_button(command: Command, data: st.DataObject) -> None:
    try:
        token = token_of(command)
    except ValueError:
        return
    at = data.draw(st.integers(min_value=0, max_value=len(token) - 1))
    with pytest.raises(OldButton):
        command_of(token[:at])
    with pytest.raises(OldButton):
        command_of(token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :])


@pytest.mark.parametrize(
    ("token", "command"),
    [
        ("AQEBuWAAAAEeAAAAAAAAAIWc1g", FindSlots(match=MatchId(12_345), minutes=30)),
        ("AWQHATgj5g", DecidePlanned(MatchId(7), Plan.CANCEL)),
        ("AWUB4AG4", AskFreeBusyOnly(send=True)),
        ("AVYBAL9fIQ", DeleteData(sure=True)),
        ("AXgCczEBQS_Y", SayHappened(SessionUid("s1"), Happened.MOVED)),
    ],
)
def test_buttons_that_have_long_been_in_chats_still_mean_the_same(token: str, command: Command) -> None:
    assert command_of(token) == command


def test_a_token_of_another_version_is_an_old_button() -> None:
    with pytest.raises(OldButton):
        command_of(signed(bytes((VERSION + 1, 20))))
    assert command_of(signed(bytes((VERSION, 20)))) is not None


@pytest.mark.parametrize(
    "command",
    [
        Help(about="x" * 200),
        PlainTimes(partner="é" * 80),
        ShowCalendars(FindSlots(), days=-1),
        FindSlots(minutes=10**9),
        FindSlots(windows=(Interval(0, 10**12),)),
    ],
    ids=str,
)
def test_what_does_not_fit_a_button_is_said_at_once(command: Command) -> None:
    with pytest.raises(ValueError, match=r"too long|out of bounds"):
        token_of(command)
