"""A person's side: hours by the wall clock, regional holidays, pauses, longer days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_core.availability.free_busy import Unconnected
from calendar_core.availability.holidays import check_region, days_off
from calendar_core.availability.side import holidays_of, side_of, stretched
from calendar_core.availability.working_hours import working_time
from calendar_core.interval import Interval
from calendar_core.people import WeeklyHours
from tests.calendar_core.wall_times import BERLIN, NEW_YORK, time

from .cases import DAY, DAYS, ZONES, epoch_minute, stretches_of_day
from .oracle import Person, Stretch
from .questions import ANA, person

THANKSGIVING_WEEK = Interval(time("2026-11-23 00:00-24:00").start_minute, time("2026-11-29 00:00-24:00").end_minute)


@settings(max_examples=150)
@given(
    st.sampled_from(ZONES),
    st.sampled_from(DAYS),
    st.lists(stretches_of_day(), min_size=7, max_size=7),
    st.integers(-DAY, DAY),
    st.integers(1, 2 * DAY),
)
def test_working_time_is_when_the_wall_shows_hours(
    zone: str, day: date, days: list[tuple[Stretch, ...]], start: int, length: int
) -> None:
    window = Interval(epoch_minute(day) + start, epoch_minute(day) + start + length)
    found = working_time(WeeklyHours(days=tuple(days)), zone, window)
    keeper = Person(zone=zone, hours=tuple(days))
    minutes = {minute for each in found for minute in range(each.start_minute, each.end_minute)}
    assert minutes == {m for m in range(window.start_minute, window.end_minute) if keeper.keeps_hours_at(m)}
    assert sum(each.minutes for each in found) == len(minutes)


def test_a_holiday_is_left_out_unless_its_owner_includes_it() -> None:
    ana = person(ANA, NEW_YORK, region="US")
    assert holidays_of(ana, THANKSGIVING_WEEK) == {date(2026, 11, 26): "Thanksgiving"}
    side = side_of(ana, THANKSGIVING_WEEK, Unconnected())
    assert side.holidays == (time("2026-11-26 09:00-17:00"),)
    assert len(side.working) == 4
    included = side_of(ana, THANKSGIVING_WEEK, Unconnected(), included=frozenset({date(2026, 11, 26)}))
    assert (len(included.working), included.holidays) == (5, ())


def test_a_holiday_on_a_day_without_hours_takes_nothing_away() -> None:
    weekends_only = WeeklyHours(days=((),) * 5 + (((0, DAY),),) * 2)
    assert holidays_of(person(ANA, NEW_YORK, region="US", hours=weekends_only), THANKSGIVING_WEEK) == {}


def test_a_pause_takes_the_hours_before_its_day() -> None:
    ana = replace(person(ANA, NEW_YORK), paused_until=date(2026, 11, 26))
    side = side_of(ana, THANKSGIVING_WEEK, Unconnected())
    assert side.working == (time("2026-11-26 09:00-17:00"), time("2026-11-27 09:00-17:00"))
    assert len(side.paused) == 3


def test_no_region_no_holidays() -> None:
    assert days_off("", date(2026, 1, 1), date(2026, 12, 31)) == {}


def test_a_subdivision_adds_its_own_holidays() -> None:
    womens_day = date(2027, 3, 8)
    assert womens_day in days_off("DE-BE", womens_day, womens_day)
    assert womens_day not in days_off("DE-BY", womens_day, womens_day)


def test_names_come_in_the_readers_language_where_the_tables_have_it() -> None:
    christmas = date(2026, 12, 25)
    assert days_off("DE", christmas, christmas, "de") == {christmas: "Erster Weihnachtstag"}
    assert days_off("DE", christmas, christmas, "en-GB") == {christmas: "Christmas Day"}


@pytest.mark.parametrize("region", ["XX", "us", "USA", "US-ZZ", "US-", "DE-DE-BE", " US"])
def test_an_unknown_region_is_a_value_error(region: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        check_region(region)


@pytest.mark.parametrize("region", ["", "US", "DE-BE", "GB-SCT"])
def test_a_known_region_is_accepted(region: str) -> None:
    check_region(region)


def test_a_longer_day_keeps_its_breaks_and_stays_within_itself() -> None:
    day = WeeklyHours(days=(((30, 9 * 60), (10 * 60, 23 * 60)),) + ((),) * 6)
    window = time("2026-11-23 00:00-24:00", BERLIN).padded(DAY)
    side = stretched(side_of(person(ANA, BERLIN, hours=day), window, Unconnected()), BERLIN, earlier=60, later=120)
    assert side.working == (time("2026-11-23 00:00-09:00", BERLIN), time("2026-11-23 10:00-24:00", BERLIN))
