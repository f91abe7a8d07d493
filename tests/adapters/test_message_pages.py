"""Long replies in several messages: nothing is lost, nothing changes places, and every message can be sent."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from adapters.message_pages import Page, cut, pages

ROOM = 20


def fits(pieces: Sequence[int], buttons: Sequence[int]) -> bool:
    return sum(pieces) + sum(buttons) <= ROOM


@given(st.lists(st.integers(1, 30)), st.lists(st.integers(1, 30)))
def test_everything_is_there_in_its_order_and_fits(pieces: list[int], buttons: list[int]) -> None:
    made: list[Page[int, int]] = pages(pieces, buttons, fits)
    assert [each for page in made for each in page.pieces] == pieces
    assert [each for page in made for each in page.buttons] == buttons
    for page in made:
        assert fits(page.pieces, page.buttons) or len(page.pieces + page.buttons) == 1
    with_buttons = [bool(each.buttons) for each in made]
    assert with_buttons == sorted(with_buttons), "the buttons stand below everything"


def test_what_fits_one_message_is_one() -> None:
    assert [(page.pieces, page.buttons) for page in pages([5, 5], [10], fits)] == [((5, 5), (10,))]
    nothing: list[int] = []
    assert [(page.pieces, page.buttons) for page in pages(nothing, nothing, fits)] == [((), ())]


@given(st.text(alphabet="ab ", max_size=60), st.integers(2, 12))
def test_a_long_text_keeps_its_letters(text: str, limit: int) -> None:
    parts = list(cut(text, limit))
    assert all(len(part) <= limit for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
