"""Why nothing fits, what would help, and what is never told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from calendar_core.availability.bookable import Obstacle, slots
from calendar_core.availability.explanation import (
    EarlierStart,
    LaterEnd,
    LookFurther,
    ShorterSession,
    explain,
)
from calendar_core.availability.free_busy import Unanswered
from calendar_core.interval import Interval, subtract
from calendar_core.people import WeeklyHours
from calendar_core.programme import Rules
from tests.calendar_core.wall_times import NEW_YORK, at, shown, time

from .questions import ANA, NOW, SAM, Pair, person

WEEKS = Interval.lasting(NOW, 14 * 24 * 60)
TUESDAY = time("2026-11-24 00:00-24:00")
EARLY = WeeklyHours(days=(((6 * 60, 22 * 60),),) * 7)


def busy_except(*free: str, within: Interval = WEEKS) -> tuple[Interval, ...]:
    return subtract([within.padded(24 * 60)], [time(each) for each in free])


def test_thirty_minutes_instead_of_forty_five_is_the_smallest_change() -> None:
    sam = person(SAM, "Europe/Berlin", hours=EARLY)
    pair = Pair(sam=sam, sam_busy=busy_except("2026-11-24 08:00-08:45", "2026-11-25 09:30-10:00"), asked_days=14)
    found = explain(pair.question(), [WEEKS], 45).relaxations
    assert [type(each) for each in found] == [ShorterSession, EarlierStart, LookFurther]
    shorter, earlier, further = found
    assert isinstance(shorter, ShorterSession)
    assert (shorter.minutes, [shown(slot) for slot in shorter.slots]) == (30, ["Wed 25 Nov 09:30"])
    assert isinstance(earlier, EarlierStart)
    assert (earlier.by, earlier.from_wall, [shown(slot) for slot in earlier.slots]) == (
        60,
        8 * 60,
        ["Tue 24 Nov 08:00"],
    )
    assert further == LookFurther(28, None)


def test_two_hours_are_asked_for_only_where_one_does_not_help() -> None:
    sam = person(SAM, "Europe/Berlin", hours=WeeklyHours(days=(((0, 24 * 60),),) * 7))
    busy = busy_except("2026-11-24 07:15-08:00", "2026-11-24 18:00-19:00")
    found = explain(Pair(sam=sam, sam_busy=busy, asked_days=14).question(), [WEEKS], 45).relaxations
    hours = [each for each in found if isinstance(each, EarlierStart | LaterEnd)]
    assert [(type(each), each.by) for each in hours] == [(EarlierStart, 120), (LaterEnd, 120)]
    assert [each.until_wall for each in hours if isinstance(each, LaterEnd)] == [19 * 60]


def test_only_the_askers_day_is_stretched() -> None:
    early_ana = person(ANA, NEW_YORK, hours=EARLY)
    busy = busy_except("2026-11-24 11:00-12:00")  # 17:00 in Berlin: an hour later on Sam's side would help
    found = explain(Pair(ana=early_ana, ana_busy=busy, asked_days=14).question(), [WEEKS], 45).relaxations
    assert found == (LookFurther(28, None),)


def test_looking_further_shows_its_times_where_the_calendars_were_asked_that_far() -> None:
    pair = Pair(sam_busy=busy_except("2026-12-10 09:00-10:00", within=Interval.lasting(NOW, 80 * 24 * 60)))
    (further,) = explain(pair.question(), [WEEKS], 60).relaxations
    assert isinstance(further, LookFurther)
    assert further.slots
    assert (further.days, [shown(slot) for slot in further.slots]) == (28, ["Thu 10 Dec 09:00"])


def test_a_narrow_window_widens_to_the_first_look() -> None:
    pair = Pair(ana_busy=[TUESDAY], asked_days=14)
    (further,) = explain(pair.question(), [TUESDAY], 45).relaxations
    assert isinstance(further, LookFurther)
    assert further.days == 14
    assert further.slots


def test_nothing_helps_at_the_end_of_the_horizon() -> None:
    pair = Pair(sam_busy=[Interval.lasting(NOW, 90 * 24 * 60)], rules=Rules(horizon_days=14, buffer=0))
    assert explain(pair.question(), [WEEKS], 45).relaxations == ()


def test_own_reasons_are_counted_by_name_and_the_partners_only_together() -> None:
    pair = Pair(
        ana_busy=[time("2026-11-24 09:00-10:00")],
        sam_busy=[time("2026-11-24 10:00-11:00")],
        sam_held=[time("2026-11-24 16:00-17:00")],
    )
    found = explain(pair.question(), [TUESDAY], 60)
    every_quarter = 4 * 23 + 1
    assert found.own == {Obstacle.HOURS: every_quarter - 29, Obstacle.BUSY: 4}
    assert found.not_free_for_both == 25
    assert found.unknown == 0


def test_why_the_partner_is_not_free_makes_no_difference_to_what_is_told() -> None:
    out_of_hours = Pair(sam=person(SAM, "Asia/Tokyo"))
    on_holiday = Pair(sam=person(SAM, NEW_YORK, region="US"))
    paused = Pair(sam=replace(person(SAM, NEW_YORK), paused_until=(NOW + timedelta(days=90)).date()))
    busy = Pair(sam=person(SAM, NEW_YORK), sam_busy=[WEEKS.padded(24 * 60)])
    held = Pair(sam=person(SAM, NEW_YORK), sam_held=[WEEKS.padded(24 * 60)])
    thanksgiving = time("2026-11-26 09:00-12:00")
    told = {
        repr(replace(explain(each.question(), [thanksgiving], 60), relaxations=(), common_hours=True))
        for each in (out_of_hours, on_holiday, paused, busy, held)
    }
    assert len(told) == 1


def test_hours_that_never_meet_are_said_as_such() -> None:
    assert explain(Pair(sam_busy=[WEEKS.padded(60)]).question(), [WEEKS], 45).common_hours
    assert not explain(Pair(sam=person(SAM, "Asia/Kolkata")).question(), [WEEKS], 45).common_hours


def test_a_pause_or_a_holiday_is_not_a_lack_of_common_hours() -> None:
    paused = replace(person(SAM, "Europe/Berlin"), paused_until=(NOW + timedelta(days=90)).date())
    assert explain(Pair(sam=paused).question(), [WEEKS], 45).common_hours


def test_the_first_time_by_notice_is_on_a_step() -> None:
    found = explain(Pair().question(), [WEEKS], 45)
    assert shown(Interval(found.first_by_notice, found.first_by_notice + 1)) == "Mon 23 Nov 11:15"


def test_silence_is_counted_as_unknown() -> None:
    found = explain(Pair(sam_seen=Unanswered(WEEKS)).question(), [time("2026-11-24 09:00-12:00")], 45)
    assert (found.unknown, found.not_free_for_both, found.relaxations) == (6, 4, ())


def test_each_relaxation_holds_exactly_the_times_it_makes_bookable() -> None:
    pair = Pair(sam=person(SAM, NEW_YORK, hours=EARLY), sam_busy=busy_except("2026-11-24 08:00-08:45"))
    (earlier, *_) = explain(pair.question(), [WEEKS], 45).relaxations
    assert isinstance(earlier, EarlierStart)
    from_eight = replace(person(ANA, NEW_YORK), hours=WeeklyHours(days=(((8 * 60, 17 * 60),),) * 5 + ((), ())))
    assert earlier.slots == slots(replace(pair, ana=from_eight).question(), [WEEKS], 45)
    assert earlier.slots[0].start == at("2026-11-24 08:00", NEW_YORK)
