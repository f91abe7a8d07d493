"""The weekends on which clocks change: every offered time is right by both walls, and none is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from calendar_core.availability.bookable import slots
from calendar_core.interval import MINUTE, Interval
from calendar_core.people import WeeklyHours
from calendar_core.programme import Rules
from tests.calendar_core.wall_times import BERLIN, LONDON, NEW_YORK, SYDNEY, at

from .questions import ANA, SAM, Pair, person

WEEKENDS = (date(2026, 11, 1), date(2027, 3, 14), date(2027, 3, 28))
ALSO = (date(2026, 10, 4), date(2026, 10, 25), date(2027, 4, 4))  # when Sydney and Europe change
# Zone, and the wall clock hours between which each may be asked, every day of the week.
NEW_YORK_AND_BERLIN = ((NEW_YORK, 9, 17), (BERLIN, 9, 17))
SYDNEY_AND_LONDON = ((SYDNEY, 17, 22), (LONDON, 7, 12))
NIGHTS = ((NEW_YORK, 0, 6), (BERLIN, 0, 12))

Hours = tuple[str, int, int]


@pytest.mark.parametrize("sunday", [*WEEKENDS, *ALSO], ids=str)
@pytest.mark.parametrize("pair", [NEW_YORK_AND_BERLIN, SYDNEY_AND_LONDON, NIGHTS], ids=["days", "far apart", "nights"])
def test_what_is_offered_is_what_both_walls_show(pair: tuple[Hours, Hours], sunday: date) -> None:
    (zone, _, _), _ = pair
    friday = at(f"{sunday - timedelta(days=2)} 00:00", zone)
    window = Interval.lasting(friday, 5 * 24 * 60)
    ana, sam = (person(user, each[0], hours=daily(*each[1:])) for user, each in zip((ANA, SAM), pair, strict=True))
    rules = Rules(notice=0, buffer=0)
    question = Pair(ana=ana, sam=sam, rules=rules, now=friday - timedelta(days=1)).question()
    offered = [slot.start for slot in slots(question, [window], 45)]
    assert offered == list(by_the_walls(pair, window))
    assert offered


def by_the_walls(pair: tuple[Hours, Hours], window: Interval) -> Iterator[datetime]:
    """Each quarter hour at which a session of 45 minutes shows only hours of both, on both walls, all the while."""
    for start in range(window.start_minute, window.end_minute - 44, 15):
        minutes = [Interval(start, start + 45).start + n * MINUTE for n in range(45)]
        if all(
            time(first) <= minute.astimezone(ZoneInfo(zone)).time() and minute.astimezone(ZoneInfo(zone)).hour < end
            for minute in minutes
            for zone, first, end in pair
        ):
            yield minutes[0]


def test_new_york_and_berlin_are_five_hours_apart_between_the_two_changes_of_spring() -> None:
    question = Pair(now=at("2027-03-10 09:00", NEW_YORK)).question()
    for day, (first, last) in {"2027-03-12": (9, 11), "2027-03-16": (9, 12), "2027-03-30": (9, 11)}.items():
        found = slots(question, [Interval.lasting(at(f"{day} 00:00", NEW_YORK), 24 * 60)], 60)
        wall = [slot.start.astimezone(ZoneInfo(NEW_YORK)).hour for slot in found]
        assert (wall[0], wall[-1] + 1) == (first, last)


def test_the_hour_that_clocks_repeat_is_offered_twice_and_the_one_they_skip_never() -> None:
    night = person(ANA, NEW_YORK, hours=daily(1, 3))
    rules = Rules(step=60, notice=0, buffer=0)

    def starts(day: str) -> list[str]:
        question = Pair(ana=night, sam=night, rules=rules, now=at(f"{day} 00:00", NEW_YORK)).question()
        found = slots(question, [Interval.lasting(question.now, 6 * 60)], 60)
        assert all(earlier.end_minute == later.start_minute for earlier, later in pairwise(found))
        return [slot.start.astimezone(ZoneInfo(NEW_YORK)).strftime("%H:%M%z") for slot in found]

    assert starts("2026-11-01") == ["01:00-0400", "01:00-0500", "02:00-0500"]
    assert starts("2027-03-14") == ["01:00-0500"]


def daily(first: int, end: int) -> WeeklyHours:
    return WeeklyHours(days=(((first * 60, end * 60),),) * 7)
