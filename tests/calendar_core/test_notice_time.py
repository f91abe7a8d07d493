"""When a notice that can wait is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from calendar_core.availability.working_hours import working_time
from calendar_core.interval import Interval
from calendar_core.notice_time import notice_time
from calendar_core.people import OFFICE_HOURS, OrganisationId, User, UserId, WeeklyHours

SAM = User(UserId(1), OrganisationId(1), "sam@example.com", "Sam Okoye", "Europe/Berlin")
NEVER = WeeklyHours(((),) * 7)


def told(reader: User, wall: str) -> str:
    """By the reader's own clock."""
    zone = ZoneInfo(reader.time_zone)
    at = notice_time(reader, datetime.fromisoformat(wall).replace(tzinfo=zone).astimezone(UTC))
    return at.astimezone(zone).strftime("%a %d %b %H:%M:%S")


def test_within_working_hours_it_is_told_at_once() -> None:
    assert told(SAM, "2026-11-23T09:00:00") == "Mon 23 Nov 09:00:00"
    assert told(SAM, "2026-11-23T16:59:30") == "Mon 23 Nov 16:59:30"


def test_at_night_and_over_the_weekend_it_waits_for_the_next_working_hour() -> None:
    assert told(SAM, "2026-11-23T08:59:59") == "Mon 23 Nov 09:00:00"
    assert told(SAM, "2026-11-23T17:00:00") == "Tue 24 Nov 09:00:00"
    assert told(SAM, "2026-11-21T12:00:00") == "Mon 23 Nov 09:00:00"


def test_a_lunch_break_is_waited_for_and_so_are_clocks_that_jump() -> None:
    day = ((9 * 60, 12 * 60), (13 * 60, 17 * 60))
    assert told(replace(SAM, hours=WeeklyHours((day,) * 7)), "2026-11-23T12:10:00") == "Mon 23 Nov 13:00:00"
    assert told(replace(SAM, hours=WeeklyHours((day,) * 7)), "2027-03-28T01:30:00") == "Sun 28 Mar 09:00:00"


def test_holidays_of_the_reader_s_region_are_no_working_hours() -> None:
    assert told(replace(SAM, region="DE-BE"), "2026-12-24T18:00:00") == "Mon 28 Dec 09:00:00"
    assert told(SAM, "2026-12-24T18:00:00") == "Fri 25 Dec 09:00:00"


def test_a_pause_takes_away_sessions_and_no_notices() -> None:
    assert told(replace(SAM, paused_until=date(2027, 1, 1)), "2026-11-23T10:00:00") == "Mon 23 Nov 10:00:00"


def test_whoever_has_no_hours_is_told_within_office_hours() -> None:
    assert told(replace(SAM, hours=NEVER), "2026-11-21T12:00:00") == "Mon 23 Nov 09:00:00"


@given(
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    st.integers(0, 2 * 365 * 24 * 60 * 60),
)
def test_it_is_never_told_early_and_never_when_it_could_have_been_told_before(zone: str, seconds: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    due = notice_time(replace(SAM, time_zone=zone), now)
    assert now <= due <= now + timedelta(days=4)
    assert working_time(OFFICE_HOURS, zone, Interval.lasting(due, 1))
    if due > now:
        between = Interval.between(now, due)
        assert working_time(OFFICE_HOURS, zone, between) == ()
