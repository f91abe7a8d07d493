"""What people write a session to be about: one visible line, whatever was typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_core.topic import LONGEST, topic_of


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("My first presentation", "My first presentation"),
        ("  two\n\nlines\tand  blanks ", "two lines and blanks"),
        ("\u202ereversed\u200b marks", "reversed marks"),
        ("*bold* <!channel> `x`", "*bold* <!channel> `x`"),
        ("\x00\x01 \u2028", ""),
        ("x" * 300, "x" * (LONGEST - 1) + "…"),
    ],
)
def test_it_is_one_visible_line(typed: str, topic: str) -> None:
    assert topic_of(typed) == topic


@given(st.text(max_size=500))
def test_whatever_was_typed_is_short_clean_and_the_same_again(typed: str) -> None:
    topic = topic_of(typed)
    assert len(topic) <= LONGEST
    assert topic_of(topic) == topic
    assert not {unicodedata.category(each) for each in topic} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
