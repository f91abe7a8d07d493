"""The dialog's cards, and those of a session that is put before others: as Teams takes them, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from .cards import limits_broken, pieces, schema_of, shown
from .further import TOPIC, TWO, further

LANGUAGES = ["en-GB", "de", "fr", "es"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_within_teams_limits(language: str) -> None:
    for name, made in further(language).items():
        assert limits_broken(made.card) == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_valid(contracts: Path, language: str) -> None:
    complaints = schema_of(contracts)
    for name, made in further(language).items():
        assert complaints(made.card) == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dialog_asks_for_day_length_time_and_topic_each_by_its_name(language: str) -> None:
    card = further(language)["dialog day"].card
    inputs = [piece for piece in pieces(card) if str(piece["type"]).startswith("Input.")]
    assert [each["id"] for each in inputs] == ["day", "minutes", "slot", "topic"]
    assert len({str(each["label"]) for each in inputs}) == 4
    assert inputs[-1]["value"] == TOPIC


def test_everybody_sees_no_link_and_nothing_of_what_it_is_about() -> None:
    made = further("en-GB")
    everybodys, theirs = made["session for everybody"], made["session for the two"]
    assert TOPIC not in str(everybodys)
    assert "actions" not in everybodys.card
    assert TOPIC in shown(theirs.card)
    for each in (everybodys, theirs):
        refresh = each.card["refresh"]
        assert isinstance(refresh, dict)
        assert refresh["userIds"] == list(TWO)
