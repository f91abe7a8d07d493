"""Time words (decision 16, invariant 12): cities, both clocks, offsets where a clock changes, 12 and 24 hours."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.replies import Reader
from bot.sentences import Across, sentence
from bot.wording import LocalTimes, Voice
from bot.wording.slot_list import slot_items, zone_line
from bot.words import Words
from calendar_core.interval import Interval
from calendar_core.people import OFFICE_HOURS, WeeklyHours

NEW_YORK, BERLIN, LONDON, SYDNEY = "America/New_York", "Europe/Berlin", "Europe/London", "Australia/Sydney"


def at(wall: str, zone: str, minutes: int = 45) -> Interval:
    return Interval.lasting(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)), minutes)


def items(zone: str, other: str | None, *slots: Interval, language: str = "en-GB", labelled: bool = False) -> list[str]:
    return list(slot_items(slots, Voice(Reader(language, zone)), other, labelled=labelled))


def test_the_partners_weekday_is_said_where_the_date_differs() -> None:
    assert items(NEW_YORK, SYDNEY, at("2026-11-24T09:00", NEW_YORK)) == ["Tue 24 Nov, 09:00 (Wed 01:00)"]
    booked = sentence(Words.BOOKED, when=Across(at("2026-11-24T09:00", NEW_YORK), SYDNEY), partner="Kai")
    assert Voice(Reader("en-GB", NEW_YORK)).say(booked) == (
        "Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (Wed 01:00 - 01:45 Sydney), with Kai."
    )


def test_offsets_are_shown_where_a_clock_changes_within_the_list() -> None:
    before, after = at("2026-10-30T09:00", NEW_YORK), at("2026-11-02T09:00", NEW_YORK)
    assert items(NEW_YORK, BERLIN, before, after) == [
        "Fri 30 Oct, 09:00 UTC-4 (14:00)",
        "Mon 2 Nov, 09:00 UTC-5 (15:00)",
    ]
    assert items(NEW_YORK, BERLIN, after) == ["Mon 2 Nov, 09:00 (15:00)"]


def test_offsets_of_the_partner_are_shown_where_only_that_clock_changes() -> None:
    before, after = at("2027-03-26T10:00", NEW_YORK), at("2027-03-29T10:00", NEW_YORK)
    assert items(NEW_YORK, BERLIN, before, after) == [
        "Fri 26 Mar, 10:00 (15:00 UTC+1)",
        "Mon 29 Mar, 10:00 (16:00 UTC+2)",
    ]


def test_two_cities_with_the_same_clock_are_shown_once() -> None:
    slot = at("2026-11-24T09:00", BERLIN)
    voice = Voice(Reader("en-GB", BERLIN))
    assert items(BERLIN, "Europe/Madrid", slot) == ["Tue 24 Nov, 09:00"]
    assert zone_line([slot], voice, "Europe/Madrid") == "Berlin time."
    assert zone_line([slot], voice, LONDON) == "Berlin time (London in brackets)."


def test_a_time_that_the_clock_shows_twice_carries_its_offset() -> None:
    slot = Interval.lasting(datetime(2026, 11, 1, 5, 30, tzinfo=UTC), 30)
    assert LocalTimes.of("en-GB", NEW_YORK).span(slot) == "01:30 UTC-4 - 01:00 UTC-5"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", "Tue 24 Nov, 14:00"),
        ("en", "Tue 24 Nov, 14:00"),
        ("en-US", "Tue, Nov 24, 2:00 PM"),
        ("de-DE", "Di., 24. Nov., 14:00"),
        ("fr-FR", "mar. 24 nov., 14:00"),
        ("es-ES", "mar 24 nov, 14:00"),
        ("tlh", "Tue 24 Nov, 14:00"),
        ("", "Tue 24 Nov, 14:00"),
    ],
)
def test_days_and_times_are_written_as_the_language_writes_them(language: str, expected: str) -> None:
    assert items(BERLIN, None, at("2026-11-24T14:00", BERLIN), language=language) == [expected]


@pytest.mark.parametrize(
    ("zone", "city"),
    [
        (NEW_YORK, "New York"),
        ("US/Eastern", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Asia/Ho_Chi_Minh", "Ho Chi Minh City"),
        ("UTC", "UTC"),
    ],
)
def test_zones_are_called_by_their_city(zone: str, city: str) -> None:
    assert LocalTimes.of("en-GB", zone).city(datetime(2026, 11, 22, tzinfo=UTC)) == city


def test_half_hour_offsets_are_written_out() -> None:
    times = LocalTimes.of("en-GB", "Asia/Kathmandu")
    assert times.offset(datetime(2026, 11, 24, tzinfo=UTC)) == "UTC+5:45"


def test_hours_of_alike_days_share_a_part() -> None:
    times = LocalTimes.of("en-GB", BERLIN)
    assert times.hours(OFFICE_HOURS) == "Mon-Fri 09:00 - 17:00"
    odd = WeeklyHours(days=(((540, 720), (780, 1020)), ((540, 720),), (), (), (), (), ((0, 1440),)))
    assert times.hours(odd) == "Mon 09:00 - 12:00, 13:00 - 17:00, Tue 09:00 - 12:00, Sun 00:00 - 00:00"


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (at("2026-11-27T00:00", NEW_YORK, 1440), ("Fri 27 Nov",)),
        (at("2026-11-23T00:00", NEW_YORK, 3 * 1440), ("Mon 23 Nov - Wed 25 Nov",)),
        (at("2026-11-27T08:00", NEW_YORK, 240), ("Fri 27 Nov", "08:00 - 12:00 New York")),
        (at("2026-11-27T18:00", NEW_YORK, 360), ("Fri 27 Nov", "18:00 - 00:00 New York")),
        (at("2026-11-22T11:02", NEW_YORK, 2 * 1440 - 662), ("Sun 22 Nov, 11:02 New York - Mon 23 Nov",)),
    ],
)
def test_a_window_is_said_by_its_day_and_hours(window: Interval, said: tuple[str, ...]) -> None:
    assert LocalTimes.of("en-GB", NEW_YORK).window(window) == said


def test_a_short_month_is_the_languages_own() -> None:
    assert LocalTimes.of("en-GB", BERLIN).day(date(2026, 9, 1), year=True) == "Tue 1 Sept 2026"


WEEKENDS = ("2026-10-31", "2026-11-01", "2027-03-13", "2027-03-14", "2027-03-27", "2027-03-28", "2027-04-04")


@pytest.mark.parametrize(
    ("zone", "other"), [(NEW_YORK, BERLIN), (BERLIN, NEW_YORK), (SYDNEY, LONDON), (LONDON, SYDNEY)]
)
@pytest.mark.parametrize("day", WEEKENDS)
def test_around_a_change_of_clocks_both_times_are_right(day: str, zone: str, other: str) -> None:
    """Read back with the offset that is shown, or else with the zone's own of that day, each is the instant meant."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    slots = [Interval.lasting(midnight + timedelta(hours=hours), 45) for hours in range(-12, 48, 3)]
    for slot, item in zip(slots, items(zone, other, *slots), strict=True):
        mine, theirs = re.findall(r"(\d\d:\d\d)(?: UTC([+-]\d+))?", item)
        for (shown, offset), name in ((mine, zone), (theirs, other)):
            wall = slot.start.astimezone(ZoneInfo(name))
            assert shown == f"{wall:%H:%M}"
            assert not offset or wall.utcoffset() == timedelta(hours=int(offset))
