"""The form for another time, there and back; and the card that everybody of a chat may see."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.pressed import command_in
from adapters.teams.render import TimeForm, form_card, shared_card
from bot.buttons import token_of
from bot.commands import AskBack, Contact, FindSlots
from bot.replies import Reader
from bot.when.values import Doubt
from calendar_core.errors import OldButton
from calendar_core.interval import Interval
from calendar_core.people import MatchId

from .cards import actions, limits_broken, pieces, schema_of, shown

BERLIN = "Europe/Berlin"
WISH = FindSlots(match=MatchId(7), minutes=45)
FORM = TimeForm(WISH, date(2026, 11, 24), date(2026, 12, 22), (30, 45, 60), 45)
LANGUAGES = ["en-GB", "de", "fr", "es"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_valid_and_says_what_each_input_is(contracts: Path, language: str) -> None:
    made = form_card(FORM, Reader(language, BERLIN))
    assert limits_broken(made.card) == []
    assert schema_of(contracts)(made.card) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_asks_for_day_start_and_length(language: str) -> None:
    made = form_card(FORM, Reader(language, BERLIN))
    inputs = [piece for piece in pieces(made.card) if str(piece["type"]).startswith("Input.")]
    assert [each["id"] for each in inputs] == ["day", "start", "minutes"]
    assert all(each["isRequired"] for each in inputs)
    assert all(str(each["label"]) in made.summary for each in inputs)
    assert len({str(each["label"]) for each in inputs} | {str(each["errorMessage"]) for each in inputs}) == 6
    (look,) = actions(made.card)
    assert look["associatedInputs"] == "auto"
    assert "Berl" in made.summary  # Berlín


def filled_in(**fields: object) -> dict[str, object]:
    return {"token": token_of(WISH), "day": "2026-11-24", "start": "15:00", "minutes": "45", **fields}


def test_what_was_filled_in_is_the_wish_by_the_pressers_clock() -> None:
    when = Interval.lasting(datetime(2026, 11, 24, 14, 0, tzinfo=UTC), 30)
    assert command_in(filled_in(minutes="30"), BERLIN) == FindSlots(
        match=MatchId(7), minutes=30, windows=(when,), exact=True
    )


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({"day": ""}, Doubt.NO_SUCH_DATE),
        ({"day": "2026-02-30"}, Doubt.NO_SUCH_DATE),
        ({"day": "24.11.2026"}, Doubt.NO_SUCH_DATE),
        ({"day": "9999-12-31"}, Doubt.NO_SUCH_DATE),
        ({"day": "２０２６-11-24"}, Doubt.NO_SUCH_DATE),
        ({"start": ""}, Doubt.NO_SUCH_TIME),
        ({"start": "24:00"}, Doubt.NO_SUCH_TIME),
        ({"start": "3pm"}, Doubt.NO_SUCH_TIME),
        ({"day": "2026-03-29", "start": "02:30"}, Doubt.NO_SUCH_TIME),
        ({"day": "2026-10-25", "start": "02:30"}, Doubt.TWICE),
        ({"minutes": ""}, Doubt.LENGTH),
        ({"minutes": "0"}, Doubt.LENGTH),
        ({"minutes": "-45"}, Doubt.LENGTH),
        ({"minutes": "99999"}, Doubt.LENGTH),
    ],
)
def test_what_means_no_time_or_two_is_asked_about(fields: dict[str, object], doubt: Doubt) -> None:
    asked = command_in(filled_in(**fields), BERLIN)
    assert isinstance(asked, AskBack)
    assert asked.doubt == doubt
    assert len(asked.readings) == (2 if doubt is Doubt.TWICE else 0)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "token",
        {},
        {"token": None},
        {"token": 7},
        {"token": "A" * 10_000},
        {"token": token_of(WISH)[:-1]},
        filled_in(token=token_of(Contact())),
        filled_in(day=None),
        filled_in(start=["15:00"]),
        filled_in(minutes=45),
    ],
)
def test_what_no_card_of_ours_sends_is_an_old_button(data: object) -> None:
    with pytest.raises(OldButton):
        command_in(data, BERLIN)


@given(st.dictionaries(st.sampled_from(["token", "day", "start", "minutes", "verb"]), st.text(max_size=30) | st.none()))
def test_nothing_that_comes_back_breaks_it(data: dict[str, object]) -> None:
    for whole in (data, {**data, "token": token_of(WISH)}):
        try:
            assert isinstance(command_in(whole, BERLIN), FindSlots | AskBack)
        except OldButton:
            continue


def test_a_button_is_its_command() -> None:
    assert command_in({"verb": "press", "token": token_of(Contact())}, BERLIN) == Contact()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_for_everybody_has_no_times_and_draws_itself_anew(contracts: Path, language: str) -> None:
    viewers = [f"29:{at}" for at in range(80)]
    made = shared_card("Mina [x](https://evil.example)", "Marko", viewers, WISH, Reader(language, BERLIN))
    assert limits_broken(made.card) == []
    assert schema_of(contracts)(made.card) == []
    refresh = made.card["refresh"]
    assert isinstance(refresh, dict)
    assert refresh["userIds"] == viewers[:60]
    assert refresh["action"]["type"] == "Action.Execute"
    assert command_in(refresh["action"]["data"], BERLIN) == WISH
    assert not any(character.isdigit() for character in shown(made.card))
    assert "Marko" in made.summary
