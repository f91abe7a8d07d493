"""What walls show, also on the days clocks jump."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_core.interval import Interval, instant_of
from calendar_core.itinerary import zone_named
from calendar_core.wall_clock import DAY, day_numbered, day_parts, first_minute, wall_minute

from .availability.cases import ZONES
from .wall_times import at

YEARS = (-(5 * 366 * DAY), 80 * 366 * DAY)


@given(st.sampled_from(ZONES), st.integers(*YEARS), st.integers(1, 20 * DAY))
def test_parts_follow_each_other_and_cover_the_window(zone: str, start: int, length: int) -> None:
    parts = day_parts(zone, Interval(start, start + length))
    assert parts[0].start <= start
    assert start + length <= parts[-1].end
    assert all(earlier.end == later.start for earlier, later in pairwise(parts))


@settings(max_examples=300)
@given(st.sampled_from(ZONES), st.integers(*YEARS), st.integers(0, 3 * DAY))
def test_a_part_shows_what_the_wall_shows(zone: str, start: int, into: int) -> None:
    minute = start + into
    shown = instant_of(minute).astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0)
    (part,) = [part for part in day_parts(zone, Interval(start, start + 4 * DAY)) if part.start <= minute < part.end]
    midnight = datetime.combine(day_numbered(part.day), datetime.min.time())
    assert midnight + timedelta(minutes=minute - part.midnight) == shown
    assert wall_minute(zone, minute) == part.day * DAY + minute - part.midnight


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", date(2026, 11, 1), 25),
        ("America/New_York", date(2027, 3, 14), 23),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Australia/Lord_Howe", date(2027, 4, 4), 24.5),
        ("Antarctica/Troll", date(2027, 3, 28), 22),
        ("Africa/Casablanca", date(2027, 2, 7), 25),
        ("Pacific/Chatham", date(2026, 9, 27), 23),
    ],
)
def test_some_days_are_not_24_hours_long(zone: str, day: date, hours: float) -> None:
    number = (day - date(1970, 1, 1)).days
    around = Interval.lasting(datetime(day.year, day.month, day.day, tzinfo=UTC), DAY).padded(DAY)
    parts = [part for part in day_parts(zone, around) if part.day == number]
    assert sum(part.end - part.start for part in parts) == hours * 60
    assert len(parts) == 2


def test_a_day_whose_midnight_is_skipped_begins_at_the_jump() -> None:
    begins = first_minute("Africa/Cairo", date(2027, 4, 30))
    assert instant_of(begins) == at("2027-04-30 01:00", "Africa/Cairo")
    assert wall_minute("Africa/Cairo", begins) % DAY == 60


@pytest.mark.parametrize("key", ["Mars/Olympus", "", "../../etc/passwd", "/etc/passwd", "Europe", "\0", "New York"])
def test_a_zone_that_does_not_exist_is_a_value_error(key: str) -> None:
    with pytest.raises(ValueError, match="no time zone called"):
        zone_named(key)
