"""A name is the same however it is typed, wherever it is compared."""

from __future__ import annotations

import pytest

from calendar_core.name_search import calls, folded


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("jose", "José García"),
        ("José  GARCIA", "Jose\u0301 García"),
        ("O'Brien", "Síle O\u2019Brien"),
        ("ｓａｍ", "Sam Okoye"),
        ("strasse", "Ida Straße"),
        ("علیرضا", "علی\u200cرضا رضایی"),
        ("SAM@example.com", "Lea Brandt"),
    ],
)
def test_a_whole_name_any_word_of_it_or_the_address_calls_somebody(typed: str, name: str) -> None:
    assert calls(typed, name, "sam@example.com")
    assert folded(folded(typed)) == folded(typed)


@pytest.mark.parametrize("typed", ["", " ", "\u200c", "\u0301", "Jos", "García José", "example.com"])
def test_nothing_else_does(typed: str) -> None:
    assert not calls(typed, "José García", "sam@example.com")
    assert not calls(typed, "José García")
