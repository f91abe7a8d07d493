"""Somebody who travels: each minute is in one zone, and days follow from that."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_core.interval import Interval, epoch_minute, instant_of
from calendar_core.itinerary import Trip, itinerary_named, itinerary_of
from calendar_core.wall_clock import DAY, day_parts, first_minute, local_time, wall_minute, zone_at

from .availability.cases import DAYS, ZONES, trips
from .availability.cases import epoch_minute as minute_of
from .availability.oracle import Person
from .wall_times import BERLIN, NEW_YORK, at

TOKYO = "Asia/Tokyo"
HERS = itinerary_of(BERLIN, (Trip(date(2026, 12, 3), date(2026, 12, 10), TOKYO),))


def test_a_trip_lasts_from_its_first_midnight_there_to_its_last() -> None:
    begins, ends = at("2026-12-03 00:00", TOKYO), at("2026-12-11 00:00", TOKYO)
    minutes = [epoch_minute(begins) - 1, epoch_minute(begins), epoch_minute(ends) - 1, epoch_minute(ends)]
    assert [zone_at(HERS, instant_of(minute)) for minute in minutes] == [BERLIN, TOKYO, TOKYO, BERLIN]


def test_a_day_begins_in_the_zone_it_is_spent_in() -> None:
    assert first_minute(HERS, date(2026, 12, 2)) == epoch_minute(at("2026-12-02 00:00", BERLIN))
    assert first_minute(HERS, date(2026, 12, 3)) == epoch_minute(at("2026-12-03 00:00", TOKYO))
    assert first_minute(HERS, date(2026, 12, 11)) == epoch_minute(at("2026-12-11 00:00", BERLIN))


def test_the_wall_of_a_traveller_says_in_which_zone_it_hangs() -> None:
    there = local_time(HERS, at("2026-12-04 09:00", TOKYO))
    assert (there.hour, str(there.tzinfo)) == (9, TOKYO)
    home = local_time(HERS, at("2026-12-12 09:00", BERLIN))
    assert (home.hour, str(home.tzinfo)) == (9, BERLIN)


def test_without_a_trip_it_is_the_zone_itself() -> None:
    assert itinerary_of(NEW_YORK, ()) == NEW_YORK


@pytest.mark.parametrize(
    "text", ["Europe/Berlin>", "Europe/Berlin>Asia/Tokyo", "Europe/Berlin>Mars 2026-12-03 2026-12-10"]
)
def test_what_is_no_itinerary_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"time zone|unpack"):
        itinerary_named(text)


def test_a_trip_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="after it begins"):
        Trip(date(2026, 12, 10), date(2026, 12, 3), TOKYO)


@given(st.sampled_from(ZONES), st.sampled_from(DAYS), st.data())
def test_parts_cover_every_minute_and_show_the_travellers_wall(zone: str, day: date, data: st.DataObject) -> None:
    planned = data.draw(trips(day))
    clocks = itinerary_of(zone, tuple(Trip(first, last, there) for there, first, last in planned))
    traveller = Person(zone=zone, hours=((),) * 7, trips=planned)
    start = minute_of(day) + data.draw(st.integers(-4 * DAY, 6 * DAY))
    parts = day_parts(clocks, Interval(start, start + 3 * DAY))
    assert all(earlier.end == later.start for earlier, later in pairwise(parts))
    minute = start + data.draw(st.integers(0, 3 * DAY - 1))
    shown = traveller.wall(minute)
    assert wall_minute(clocks, minute) % DAY == shown.hour * 60 + shown.minute
    (part,) = [part for part in parts if part.start <= minute < part.end]
    assert minute - part.midnight == shown.hour * 60 + shown.minute
