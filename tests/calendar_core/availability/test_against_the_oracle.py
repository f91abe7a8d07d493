"""Every slot that is offered, and every one that is not, as a minute-by-minute reckoning has it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from calendar_core.availability.bookable import Blocked, Obstacle, Question, candidates, slots, slots_with_each, why_not
from calendar_core.availability.free_busy import FreeBusy, Unanswered
from calendar_core.availability.side import Side
from calendar_core.availability.working_hours import working_time
from calendar_core.interval import Interval, merge, subtract
from calendar_core.itinerary import Trip, itinerary_of
from calendar_core.people import OrganisationId, ProgrammeId, UserId, WeeklyHours
from calendar_core.programme import Programme, Rules

from .cases import DAY, cases
from .oracle import Case, Person, Stretch


def test_slots_equal_a_reckoning_by_the_minute(proving: bool) -> None:
    @settings(max_examples=10_000 if proving else 200)
    @given(cases())
    def holds(case: Case) -> None:
        question, windows = question_of(case), intervals(case.windows)
        assert [slot.start_minute for slot in candidates(question, windows, case.minutes)] == case.candidates()
        assert [slot.start_minute for slot in slots(question, windows, case.minutes)] == case.listing()

    holds()


def test_the_verdict_on_one_slot_and_the_listing_are_one_decision(proving: bool) -> None:
    @settings(max_examples=2_000 if proving else 100)
    @given(cases())
    def holds(case: Case) -> None:
        question, windows = question_of(case), intervals(case.windows)
        listed = slots(question, windows, case.minutes)
        assert listed == tuple(
            slot for slot in candidates(question, windows, case.minutes) if why_not(slot, question) is None
        )

    holds()


def test_a_pool_is_answered_as_each_pair_would_be(proving: bool) -> None:
    @settings(max_examples=1_000 if proving else 50)
    @given(cases())
    def holds(case: Case) -> None:
        question, windows = question_of(case), intervals(case.windows)
        asker, *pool = question.sides
        assert list(slots_with_each(replace(question, sides=(asker,)), pool, windows, case.minutes)) == [
            slots(replace(question, sides=(asker, side)), windows, case.minutes) for side in pool
        ]

    holds()


def test_the_obstacle_of_any_start_is_the_first_that_applies(proving: bool) -> None:
    @settings(max_examples=2_000 if proving else 100)
    @given(cases())
    def holds(case: Case) -> None:
        question = question_of(case)
        first = case.windows[0][0]
        for start in range(first, first + 6 * 60, 11):
            found = case.obstacle(start)
            expected = found and Blocked(Obstacle(found[0]), None if found[1] is None else UserId(found[1]))
            assert why_not(Interval(start, start + case.minutes), question) == expected

    holds()


def question_of(case: Case) -> Question:
    rules = Rules(
        step=case.step,
        notice=case.notice,
        horizon_days=case.horizon_days,
        look_ahead_days=1,
        buffer=case.buffer,
        tentative_is_busy=case.tentative_is_busy,
    )
    programme = Programme(
        id=ProgrammeId(1),
        organisation=OrganisationId(1),
        name="Leaders 2026",
        time_zone=case.programme_zone,
        starts=case.starts,
        ends=case.ends,
        rules=rules,
    )
    first, last = min(start for start, _ in case.windows), max(end for _, end in case.windows)
    reach = Interval(first - DAY, last + DAY)
    return Question(
        programme=programme,
        now=case.now,
        zone=clocks_of(case.people[0]),
        sides=tuple(side_of(person, UserId(place), reach) for place, person in enumerate(case.people)),
        moving=Interval(*case.moving) if case.moving else None,
    )


def side_of(person: Person, user: UserId, reach: Interval) -> Side:
    hours, zone = WeeklyHours(days=person.hours), clocks_of(person)
    usual = working_time(hours, zone, reach)
    unpaused = working_time(hours, zone, reach, not_before=person.paused_until)
    working = working_time(hours, zone, reach, days_off=person.days_off, not_before=person.paused_until)
    seen: FreeBusy | Unanswered = Unanswered(reach)
    if person.seen:
        seen = FreeBusy(Interval(*person.seen), merge(intervals(person.busy)), merge(intervals(person.tentative)))
    return Side(
        user=user,
        working=working,
        held=intervals(person.held),
        seen=seen,
        holidays=subtract(unpaused, working),
        paused=subtract(usual, unpaused),
    )


def clocks_of(person: Person) -> str:
    return itinerary_of(person.zone, tuple(Trip(first, last, zone) for zone, first, last in person.trips))


def intervals(stretches: tuple[Stretch, ...]) -> tuple[Interval, ...]:
    return tuple(Interval(start, end) for start, end in stretches)
