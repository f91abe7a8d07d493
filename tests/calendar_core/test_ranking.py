"""Which few times are offered, and the reasons given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calendar_core.interval import Interval
from calendar_core.people import UserId
from calendar_core.ranking import Edge, Ranked, Taste, Turn, Why, nearest, rank, whose_turn

from .wall_times import BERLIN, NEW_YORK, shown, time

ANA, SAM = UserId(1), UserId(2)
TASTE = Taste(NEW_YORK)
ZONES = {ANA: NEW_YORK, SAM: BERLIN}
BOTH_FREE = (
    "2026-11-24 09:00-11:00",
    "2026-11-25 10:00-11:00",
    "2026-11-27 09:30-10:30",
    "2026-11-30 10:00-11:00",
    "2026-12-01 09:00-10:00",
)


def every_quarter(*stretches: str, minutes: int = 45) -> list[Interval]:
    free = [time(stretch) for stretch in stretches]
    return [
        Interval(start, start + minutes)
        for stretch in free
        for start in range(stretch.start_minute, stretch.end_minute - minutes + 1, 15)
    ]


def offered(ranked: Ranked) -> list[str]:
    return [shown(slot) for slot in ranked.slots]


def test_the_soonest_another_day_and_a_week_later() -> None:
    ranked = rank(every_quarter(*BOTH_FREE), TASTE)
    assert offered(ranked) == ["Tue 24 Nov 09:00", "Wed 25 Nov 10:00", "Tue 01 Dec 09:00"]
    assert ranked.reasons == (Why.SOONEST, Why.SPREAD, Why.ANOTHER_WEEK)


def test_up_to_five_take_further_days_before_other_times_of_a_day() -> None:
    ranked = rank(every_quarter(*BOTH_FREE), TASTE, 5)
    days = ["Tue 24 Nov 09:00", "Wed 25 Nov 10:00", "Fri 27 Nov 09:30", "Mon 30 Nov 10:00", "Tue 01 Dec 09:00"]
    assert offered(ranked) == days


def test_within_one_week_the_third_is_on_a_third_day() -> None:
    ranked = rank(every_quarter(*BOTH_FREE[:3]), TASTE)
    assert offered(ranked) == ["Tue 24 Nov 09:00", "Wed 25 Nov 10:00", "Fri 27 Nov 09:30"]


def test_on_a_single_day_the_times_lie_apart() -> None:
    ranked = rank(every_quarter(BOTH_FREE[0]), TASTE)
    assert offered(ranked) == ["Tue 24 Nov 09:00", "Tue 24 Nov 09:30", "Tue 24 Nov 10:00"]
    assert ranked.reasons == (Why.SOONEST,)


def test_few_slots_are_all_offered_and_none_twice() -> None:
    slots = every_quarter("2026-11-24 09:00-10:00")
    assert rank(slots, TASTE).slots == tuple(slots)
    assert rank([], TASTE) == Ranked(())


def test_the_week_after_keeps_the_weekday_before_the_time() -> None:
    slots = every_quarter("2026-11-24 09:00-09:45", "2026-11-25 09:00-09:45", "2026-11-30 09:00-09:45")
    slots += every_quarter("2026-12-01 15:00-16:00")
    assert offered(rank(slots, TASTE))[2] == "Tue 01 Dec 15:00"


def test_a_week_later_is_by_the_wall_clock_when_clocks_change_between() -> None:
    slots = every_quarter("2027-03-09 09:00-09:45", "2027-03-16 08:00-12:00")
    assert "Tue 16 Mar 09:00" in offered(rank(slots, TASTE))


def test_preferred_hours_win_over_the_soonest_of_the_day_but_not_over_many_days() -> None:
    mornings_late = replace(TASTE, preferred=((10 * 60, 12 * 60),))
    ranked = rank(every_quarter(*BOTH_FREE), mornings_late)
    assert offered(ranked)[0] == "Tue 24 Nov 10:00"
    evenings = replace(TASTE, preferred=((17 * 60, 21 * 60),))
    assert offered(rank(every_quarter(*BOTH_FREE, "2026-12-03 18:00-19:00"), evenings))[0] == "Tue 24 Nov 09:00"


def test_who_had_the_early_times_comes_first_this_time() -> None:
    turn = whose_turn([time("2026-11-17 09:00-09:45")], ZONES)
    assert turn == Turn(ANA, NEW_YORK, Edge.EARLY, last_time=True)
    ranked = rank(every_quarter(*BOTH_FREE), replace(TASTE, turn=turn))
    assert offered(ranked) == ["Tue 24 Nov 10:00", "Wed 25 Nov 10:00", "Tue 01 Dec 09:15"]
    assert ranked.turn == turn
    assert Why.TURN in ranked.reasons


def test_turns_alternate() -> None:
    early_for_ana, late_for_sam = time("2026-11-10 09:00-09:45"), time("2026-11-17 10:15-11:00")
    assert whose_turn([late_for_sam], ZONES) == Turn(SAM, BERLIN, Edge.LATE, last_time=True)
    assert whose_turn([early_for_ana, late_for_sam], ZONES) is None
    assert whose_turn([late_for_sam, early_for_ana, time("2026-11-03 09:00-10:00")], ZONES) == Turn(
        ANA, NEW_YORK, Edge.EARLY, last_time=False
    )


def test_nobody_has_a_turn_before_the_first_session_or_within_one_zone() -> None:
    assert whose_turn([], ZONES) is None
    assert whose_turn([time("2026-11-17 09:00-09:45")], {ANA: NEW_YORK, SAM: NEW_YORK}) is None


def test_a_turn_that_changes_nothing_is_no_reason() -> None:
    turn = Turn(SAM, BERLIN, Edge.LATE, last_time=True)
    ranked = rank(every_quarter(*BOTH_FREE), replace(TASTE, turn=turn))
    assert ranked.turn is None
    assert Why.TURN not in ranked.reasons


def test_the_nearest_to_a_taken_slot_lie_half_an_hour_apart() -> None:
    left = every_quarter("2026-11-24 09:30-11:00", "2026-11-25 10:00-11:00")
    taken = time("2026-11-24 09:00-09:45")
    assert [shown(slot) for slot in nearest(left, taken, 2)] == ["Tue 24 Nov 09:30", "Tue 24 Nov 10:00"]
    assert nearest(every_quarter("2026-11-24 09:30-10:30"), taken, 2) == tuple(every_quarter("2026-11-24 09:30-10:30"))
    assert nearest([], taken, 2) == ()


@pytest.mark.parametrize("n", [0, 6])
def test_none_and_more_than_five_are_refused(n: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        rank([], TASTE, n)
