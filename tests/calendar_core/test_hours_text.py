"""Weekly hours, read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_core.hours_text import DAYS, hours_text, parse_hours
from calendar_core.people import OFFICE_HOURS, WeeklyHours

from .availability.cases import stretches_of_day


@given(st.lists(stretches_of_day(), min_size=7, max_size=7))
def test_what_is_written_is_read_as_the_same_hours(days: list[tuple[tuple[int, int], ...]]) -> None:
    hours = WeeklyHours(days=tuple(days))
    assert parse_hours(hours_text(hours)) == hours


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Mon-Fri 09:00-17:00; Sat 10:00-12:00,13:00-15:00", "Mon-Fri 09:00-17:00; Sat 10:00-12:00,13:00-15:00"),
        ("mon , WED 9:00 \u2013 12:00 ;", "Mon 09:00-12:00; Wed 09:00-12:00"),
        ("Sat-Mon 00:00-24:00", "Mon 00:00-24:00; Sat-Sun 00:00-24:00"),
        ("Fri 13:00-15:00, 10:00-13:00", "Fri 10:00-15:00"),
        ("None", "none"),
    ],
)
def test_spellings_that_are_understood(text: str, written: str) -> None:
    assert hours_text(parse_hours(text)) == written


def test_office_hours() -> None:
    assert parse_hours("Mon-Fri 09:00-17:00") == OFFICE_HOURS


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "'' is not days and hours"),
        ("Mon", "'Mon' is not days and hours"),
        ("Funday 09:00-17:00", "'Funday' is not a day"),
        ("Mon- 09:00-17:00", "is not days and hours|is not a"),
        ("Mon 9-17", "'9-17' is not a stretch"),
        ("Mon 09:00-17:00,", "'' is not a stretch"),
        ("Mon 09:60-17:00", "no clock shows"),
        ("Mon 09:00-24:01", "no clock shows"),
        ("Mon 22:00-06:00", "two stretches"),
        ("Mon 09:00-09:00", "ends before it starts"),
        ("Mon 09:00-12:00; Mon-Tue 11:00-13:00", "Mon has hours that overlap: 11:00 lies before 12:00"),
        ("Mon \u0661\u0660:00-12:00", "is not a stretch"),
        ("x" * 501, "more than 500"),
    ],
)
def test_what_is_wrong_is_named(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        parse_hours(text)


pieces = st.sampled_from([*"0123456789:-,; \u2013", *DAYS, "none", "09:00-17:00"])


@given(st.lists(pieces, max_size=60).map("".join) | st.text())
def test_no_text_ends_in_anything_but_hours_or_a_value_error(text: str) -> None:
    try:
        hours = parse_hours(text)
    except ValueError:
        return
    assert parse_hours(hours_text(hours)) == hours
