"""Zone names: what Outlook is told, and what of its own is understood."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_core.providers.microsoft.zones import name_for, zone_named
from sandbox.rules.graph_zones import zone_named as outlook_understands

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("America/New_York", "Eastern Standard Time"),
        ("Europe/Berlin", "W. Europe Standard Time"),
        ("Europe/Kyiv", "FLE Standard Time"),
        ("Asia/Kolkata", "India Standard Time"),
        ("Asia/Kathmandu", "Nepal Standard Time"),
        ("US/East-Indiana", "US Eastern Standard Time"),
        ("UTC", "UTC"),
        ("GMT", "UTC"),
        ("Antarctica/Troll", "UTC"),  # Windows knows no such zone
    ],
)
def test_a_zone_is_called_as_outlook_calls_it(zone: str, name: str) -> None:
    assert name_for(zone, NOON) == name


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_the_wall_time_under_the_name_is_the_instant_that_was_meant(zone: str, instant: datetime) -> None:
    whole = instant.replace(microsecond=0)
    name = name_for(zone, whole)
    understood = outlook_understands(name)
    assert understood is not None
    wall = whole.astimezone(zone_named(name)).replace(tzinfo=None, fold=0)
    assert wall.replace(tzinfo=understood).astimezone(UTC) == whole


@pytest.mark.parametrize("minutes", [-30, 30])
def test_an_hour_that_comes_twice_is_told_in_utc(minutes: int) -> None:
    the_change = datetime(2026, 11, 1, 6, tzinfo=UTC)
    assert name_for("America/New_York", the_change + timedelta(minutes=minutes)) == "UTC"


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        (" W. Europe Standard Time ", "Europe/Berlin"),
        ("eastern standard time", "America/New_York"),
        ("Europe/Madrid", "Europe/Madrid"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("Kamchatka Standard Time", "Asia/Kamchatka"),
        ("utc", "UTC"),
    ],
)
def test_outlooks_names_are_understood(name: str, zone: str) -> None:
    assert zone_named(name) == ZoneInfo(zone)


@pytest.mark.parametrize("name", ["Customized Time Zone", "tzone://Microsoft/Custom", "", "../etc/passwd", "Mars"])
def test_a_name_that_tells_no_rules_is_not_guessed(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        zone_named(name)
