"""What [See both calendars] tells, and what it keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from calendar_core.availability.free_busy import FreeBusy, Unanswered, Unconnected
from calendar_core.availability.shared_view import Stretches, shared_view
from calendar_core.interval import Interval, merge
from calendar_core.programme import Rules
from tests.calendar_core.wall_times import NEW_YORK, at, time

from .cases import cases
from .oracle import Case
from .questions import Pair
from .test_against_the_oracle import question_of

TUESDAY = date(2026, 11, 24)


def test_the_day_of_the_dialogue() -> None:
    pair = Pair(ana_busy=[time("2026-11-24 11:30-13:00")], sam_busy=[time("2026-11-24 03:00-09:00")])
    (day,) = shared_view(pair.question(), TUESDAY).days
    assert day.hours == (time("2026-11-24 09:00-17:00"),)
    assert day.yours.not_free == (time("2026-11-24 11:30-13:00"),)
    assert day.theirs.free == day.both_free == (time("2026-11-24 09:00-11:00"),)
    assert day.theirs.not_free == (time("2026-11-24 11:00-17:00"),)


def test_nothing_is_shown_outside_the_askers_own_hours() -> None:
    days = shared_view(Pair().question(), date(2026, 11, 23), 7).days
    assert [len(day.hours) for day in days] == [1, 1, 1, 1, 1, 0, 0]
    assert days[5].theirs == Stretches((), (), ())


def test_the_past_is_never_shown() -> None:
    question = Pair(now=at("2026-11-24 10:30", NEW_YORK)).question()
    assert shared_view(question, TUESDAY).days[0].hours == (time("2026-11-24 10:30-17:00"),)
    assert shared_view(question, date(2026, 11, 23)).days[0].hours == ()


def test_nothing_is_shown_beyond_the_horizon() -> None:
    question = Pair(now=at("2026-11-10 10:30", NEW_YORK), rules=Rules(horizon_days=14)).question()
    assert shared_view(question, TUESDAY).days[0].hours == (time("2026-11-24 09:00-10:30"),)
    assert shared_view(question, date(2026, 11, 25)).days[0].hours == ()


@pytest.mark.parametrize("seen", [Unanswered(time("2026-11-24 00:00-24:00")), Unconnected()], ids=["silent", "absent"])
def test_without_an_answer_all_is_unknown(seen: Unanswered | Unconnected) -> None:
    (day,) = shared_view(Pair(sam_seen=seen).question(), TUESDAY).days
    assert day.theirs == Stretches((), (), day.hours)
    assert day.both_free == ()
    assert day.yours.free == day.hours


def test_a_calendar_asked_for_half_the_day_leaves_the_rest_unknown() -> None:
    seen = FreeBusy(time("2026-11-24 00:00-10:00"), ())
    (day,) = shared_view(Pair(sam_seen=seen).question(), TUESDAY).days
    assert day.theirs.free == (time("2026-11-24 09:00-10:00"),)
    assert day.theirs.unknown == (time("2026-11-24 10:00-17:00"),)


def test_a_view_needs_two() -> None:
    with pytest.raises(ValueError, match="two"):
        shared_view(replace(Pair().question(), sides=(Pair().ana_side(),)), TUESDAY)


@settings(max_examples=50)
@given(cases())
def test_the_three_kinds_fill_the_hours_and_never_overlap(case: Case) -> None:
    question = question_of(case)
    if len(question.sides) != 2:
        return
    first = Interval(*case.windows[0]).start.date()
    for day in shared_view(question, first, 3).days:
        for stretches in (day.yours, day.theirs):
            parts = (*stretches.free, *stretches.not_free, *stretches.unknown)
            assert merge(parts) == merge(day.hours)
            assert sum(part.minutes for part in parts) == sum(part.minutes for part in day.hours)
        shown: tuple[Interval, ...] = day.both_free
        assert all(any(free.covers(each) for free in day.theirs.free) for each in shown)
