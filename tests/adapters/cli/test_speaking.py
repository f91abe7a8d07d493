"""What an operator reads of the answers to words spoken for somebody."""

from __future__ import annotations

import pytest

from adapters.cli.speaking import as_shown
from bot.samples import SAMPLES


@pytest.mark.parametrize("name", ["booked about something", "sessions"])
@pytest.mark.parametrize("as_json", [True, False])
def test_what_two_people_want_to_talk_about_is_not_among_it(name: str, as_json: bool) -> None:
    shown = as_shown(SAMPLES[name], as_json=as_json)
    assert "Sam Okoye" in shown
    assert "presentation" not in shown


def test_what_may_rest_on_free_times_is_withheld() -> None:
    assert "Tue 24 Nov" not in as_shown(SAMPLES["times offered"], as_json=False)
