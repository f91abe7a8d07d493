"""The rules of a slot, one by one, and their limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_core.availability.bookable import Blocked, Obstacle, Question, candidates, slots, why_not
from calendar_core.availability.free_busy import FreeBusy, Unanswered, Unconnected
from calendar_core.availability.side import Side
from calendar_core.interval import Interval
from calendar_core.people import UserId, WeeklyHours
from calendar_core.programme import Rules
from tests.calendar_core.wall_times import NEW_YORK, at, shown, time

from .questions import ANA, NOW, SAM, Pair, person, programme

TUESDAY = time("2026-11-24 00:00-24:00")
AROUND_THE_CLOCK = WeeklyHours(days=(((0, 24 * 60),),) * 7)


def starts(question: Question, window: Interval = TUESDAY, minutes: int = 45) -> list[str]:
    return [shown(slot, question.zone)[-5:] for slot in slots(question, [window], minutes)]


def test_two_free_people_are_offered_every_step_of_their_common_hours() -> None:
    assert starts(Pair().question()) == ["09:00", "09:15", "09:30", "09:45", "10:00", "10:15"]


def test_a_slot_touching_a_busy_time_is_still_offered() -> None:
    busy = [time("2026-11-24 08:00-09:30"), time("2026-11-24 10:15-10:30")]
    assert starts(Pair(sam_busy=busy).question()) == ["09:30"]


def test_the_buffer_keeps_clear_of_busy_and_held_times_and_leaves_the_hours_whole() -> None:
    pair = Pair(ana_busy=[time("2026-11-24 10:30-10:45")], rules=Rules(buffer=10))
    assert starts(pair.question()) == ["09:00", "09:15", "09:30"]
    pair = Pair(sam_held=[time("2026-11-24 08:00-09:00")], rules=Rules(buffer=10))
    assert starts(pair.question()) == ["09:15", "09:30", "09:45", "10:00", "10:15"]


def test_a_day_busy_from_end_to_end_offers_nothing() -> None:
    assert starts(Pair(ana_busy=[TUESDAY]).question()) == []


def test_a_person_without_hours_is_never_offered() -> None:
    pair = Pair(sam=person(SAM, NEW_YORK, hours=WeeklyHours(days=((),) * 7)))
    assert starts(pair.question()) == []
    assert why_not(time("2026-11-24 09:00-09:45"), pair.question()) == Blocked(Obstacle.HOURS, SAM)


def test_hours_around_the_clock_run_through_midnight() -> None:
    ana, sam = person(ANA, NEW_YORK, hours=AROUND_THE_CLOCK), person(SAM, NEW_YORK, hours=AROUND_THE_CLOCK)
    over_midnight = Interval.lasting(at("2026-11-24 23:30", NEW_YORK), 60)
    assert why_not(over_midnight, Pair(ana=ana, sam=sam).question()) is None


def test_notice_that_is_met_to_the_minute_is_met() -> None:
    exact = replace(Pair(), now=at("2026-11-23 09:00", NEW_YORK)).question()
    assert starts(exact)[0] == "09:00"
    a_second_late = replace(exact, now=exact.now + timedelta(seconds=1))
    assert starts(a_second_late)[0] == "09:15"
    assert why_not(time("2026-11-24 09:00-09:45"), a_second_late) == Blocked(Obstacle.NOTICE)


def test_what_has_begun_is_past() -> None:
    question = Pair(now=at("2026-11-24 09:15", NEW_YORK), rules=Rules(notice=0, buffer=0)).question()
    assert starts(question)[0] == "09:15"
    assert why_not(time("2026-11-24 09:00-09:45"), question) == Blocked(Obstacle.PAST)


def test_a_session_must_end_by_the_horizon() -> None:
    rules = Rules(horizon_days=14, notice=0, buffer=0)
    question = Pair(now=at("2026-11-10 10:00", NEW_YORK), rules=rules).question()
    assert starts(question) == ["09:00", "09:15"]
    assert why_not(time("2026-11-24 09:30-10:15"), question) == Blocked(Obstacle.HORIZON)


def test_the_programme_runs_through_its_last_day_in_its_own_zone() -> None:
    def question(first: date, last: date) -> Question:
        bounded = replace(programme(), time_zone="Asia/Tokyo", starts=first, ends=last)
        return replace(Pair().question(), programme=bounded)

    until_tuesday = question(date(2026, 1, 1), date(2026, 11, 24))  # in Tokyo, which ends at 10:00 in New York
    assert starts(until_tuesday) == ["09:00", "09:15"]
    assert why_not(time("2026-11-24 09:30-10:15"), until_tuesday) == Blocked(Obstacle.PROGRAMME)
    assert starts(question(date(2026, 11, 25), date(2026, 12, 31))) == ["10:00", "10:15"]


def test_tentative_counts_as_the_programme_says() -> None:
    pair = Pair()
    seen = FreeBusy(pair.reach(), (), (time("2026-11-24 09:00-10:00"),))
    assert starts(replace(pair, sam_seen=seen).question()) == ["10:00", "10:15"]
    relaxed = Rules(buffer=0, tentative_is_busy=False)
    assert len(starts(replace(pair, sam_seen=seen, rules=relaxed).question())) == 6


def test_a_silent_calendar_is_unknown_and_never_free() -> None:
    question = Pair(sam_seen=Unanswered(TUESDAY)).question()
    assert starts(question) == []
    assert why_not(time("2026-11-24 09:00-09:45"), question) == Blocked(Obstacle.UNKNOWN, SAM)


def test_a_calendar_asked_for_too_little_leaves_the_rest_unknown() -> None:
    seen = FreeBusy(time("2026-11-24 08:00-10:00"), ())
    question = Pair(sam_seen=seen, rules=Rules(buffer=10)).question()
    assert starts(question) == ["09:00"]
    assert why_not(time("2026-11-24 09:15-10:00"), question) == Blocked(Obstacle.UNKNOWN, SAM)


def test_without_a_calendar_only_the_owners_own_choice_counts() -> None:
    slot = time("2026-11-24 09:00-09:45")
    assert why_not(slot, Pair(sam_seen=Unconnected()).question()) == Blocked(Obstacle.UNKNOWN, SAM)
    assert why_not(slot, Pair(sam_seen=Unconnected(), sam_chose=True).question()) is None


def test_a_choice_stands_in_for_hours_but_not_for_a_held_time() -> None:
    evening = time("2026-11-24 14:00-14:45")  # 20:00 in Berlin
    assert why_not(evening, Pair(sam_seen=Unconnected(), sam_chose=True).question()) is None
    held = Pair(sam_seen=Unconnected(), sam_chose=True, sam_held=[evening])
    assert why_not(evening, held.question()) == Blocked(Obstacle.HELD, SAM)


def test_a_choice_never_overrules_a_calendar_or_its_silence() -> None:
    slot = time("2026-11-24 09:00-09:45")
    busy = Pair(sam_busy=[slot], sam_chose=True)
    assert why_not(slot, busy.question()) == Blocked(Obstacle.BUSY, SAM)
    silent = Pair(sam_seen=Unanswered(slot), sam_chose=True)
    assert why_not(slot, silent.question()) == Blocked(Obstacle.UNKNOWN, SAM)


def test_a_session_that_moves_does_not_stand_in_its_own_way() -> None:
    session = time("2026-11-24 09:00-09:45")
    pair = Pair(ana_busy=[session], sam_busy=[session], ana_held=[session], sam_held=[session], rules=Rules(buffer=10))
    assert starts(pair.question()) == ["10:00", "10:15"]
    assert len(starts(replace(pair, moving=session).question())) == 6


def test_the_askers_own_obstacle_is_named_before_the_partners() -> None:
    slot = time("2026-11-24 09:00-09:45")
    question = Pair(ana_busy=[slot], sam=person(SAM, "Asia/Tokyo")).question()
    assert why_not(slot, question) == Blocked(Obstacle.BUSY, ANA)


def test_a_holiday_takes_the_day_of_the_person_whose_region_keeps_it() -> None:
    pair = Pair(ana=person(ANA, NEW_YORK, region="US"))
    thanksgiving = time("2026-11-26 09:00-09:45")
    assert why_not(thanksgiving, pair.question()) == Blocked(Obstacle.HOLIDAY, ANA)
    assert why_not(thanksgiving, Pair().question()) is None


def test_a_pause_ends_on_its_day() -> None:
    pair = Pair(sam=replace(person(SAM, "Europe/Berlin"), paused_until=date(2026, 11, 25)))
    assert why_not(time("2026-11-24 09:00-09:45"), pair.question()) == Blocked(Obstacle.PAUSED, SAM)
    assert why_not(time("2026-11-25 09:00-09:45"), pair.question()) is None


def test_steps_are_counted_by_the_askers_wall_clock() -> None:
    kathmandu = person(ANA, "Asia/Kathmandu", hours=AROUND_THE_CLOCK)
    berlin = person(SAM, "Europe/Berlin", hours=AROUND_THE_CLOCK)
    question = Pair(ana=kathmandu, sam=berlin, rules=Rules(step=60, buffer=0)).question()
    window = time("2026-11-25 09:10-12:00", "Asia/Kathmandu")
    assert starts(question, window, 60) == ["10:00", "11:00"]


def test_an_odd_start_is_bookable_when_asked_for_by_itself() -> None:
    question, odd = Pair().question(), time("2026-11-24 09:10-09:55")
    assert why_not(odd, question) is None
    assert slots(question, [odd], 45) == candidates(question, [odd], 45) == (odd,)
    assert slots(Pair(sam_busy=[odd]).question(), [odd], 45) == ()


def test_exact_times_that_touch_do_not_become_a_window() -> None:
    windows = [time("2026-11-24 09:00-09:45"), time("2026-11-24 09:45-10:30")]
    assert slots(Pair().question(), windows, 45) == tuple(windows)


def test_a_window_holds_the_whole_session() -> None:
    windows = [time("2026-11-24 08:00-09:50"), time("2026-11-24 10:00-11:00")]
    assert [shown(slot)[-5:] for slot in slots(Pair().question(), windows, 45)] == ["09:00", "10:00", "10:15"]


def test_the_asker_alone_is_a_question_too() -> None:
    alone = replace(Pair().question(), sides=(Pair().ana_side(),))
    assert starts(alone)[-1] == "16:15"


def test_three_people_must_all_be_free() -> None:
    pair = Pair()
    third = Side(UserId(3), pair.sam_side().working, (), pair.seen([time("2026-11-24 09:00-10:00")]))
    assert starts(replace(pair.question(), sides=(*pair.question().sides, third))) == ["10:00", "10:15"]


def test_a_question_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="asker"):
        Question(programme=programme(), now=NOW, zone=NEW_YORK, sides=())
