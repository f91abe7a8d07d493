"""Other people's text: one visible line, whatever comes in."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.plain_text import LONGEST_SHOWN, plain_text


@given(st.text())
def test_nothing_invisible_and_no_second_line_is_left(text: str) -> None:
    shown = plain_text(text)
    assert len(shown) <= LONGEST_SHOWN
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for character in shown)
    assert plain_text(shown) == shown


def test_bidi_marks_controls_and_stacked_accents_are_taken_out() -> None:
    assert plain_text("a\u202eb\u200fc\x00d\ne") == "abcd e"
    assert len(plain_text("z" + "\u0336" * 100)) == 4
    assert plain_text("\u00a0  Ana\t Ruiz ") == "Ana Ruiz"


def test_long_text_is_cut_and_says_so() -> None:
    assert plain_text("x" * 10_000) == "x" * 59 + "…"


def test_markup_stays_as_it_was_typed() -> None:
    assert plain_text("**Sam** <@U1> `x`") == "**Sam** <@U1> `x`"
