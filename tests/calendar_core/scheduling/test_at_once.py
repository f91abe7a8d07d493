"""Several presses at the same moment: one session, and every reply tells what became of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from calendar_core.enrolment import Batch, MatchEnrolled
from calendar_core.errors import CalendarRefused, SessionGone, SlotTaken
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.people import MatchId, User
from calendar_core.session import Session, SessionState
from sandbox.faults import Fault

from .stage import NOW, Stage, at

TUESDAY = at("2026-11-24T09:00", "America/New_York")


async def press(stage: Stage, user: User, when: Interval = TUESDAY) -> Session:
    return await stage.scheduling.booking.book(user, stage.match.id, when, via="console")


async def matched_with_uma(stage: Stage) -> MatchId:
    match = MatchEnrolled(
        organisation="example.com", programme="Leaders 2026", mentor="sam@example.com", mentee="uma@example.com"
    )
    (made,) = (await stage.store.enrolments.apply(Batch(matches=(match,)), NOW)).matches
    await stage.store.programmes.opened(made, NOW)
    return made


async def test_presses_at_the_same_moment_all_hear_of_the_one_session(stage: Stage) -> None:
    sessions = await asyncio.gather(*(press(stage, stage.ana) for _ in range(6)))
    assert {(each.uid, each.state) for each in sessions} == {(sessions[0].uid, SessionState.BOOKED)}
    assert len(stage.shown(stage.ana)) == len(stage.shown(stage.sam)) == 1


async def test_both_who_book_each_other_at_the_same_moment_hear_of_the_one_session(stage: Stage) -> None:
    stage.sandbox.faults.latency_ms[""] = 20
    anas, sams = await asyncio.gather(press(stage, stage.ana), press(stage, stage.sam))
    assert anas == sams
    assert len(stage.shown(stage.ana)) == len(stage.shown(stage.sam)) == 1


async def test_overlapping_times_at_the_same_moment_are_booked_once(stage: Stage) -> None:
    later = at("2026-11-24T09:30", "America/New_York")
    told = await asyncio.gather(press(stage, stage.ana), press(stage, stage.sam, later), return_exceptions=True)
    assert sorted(type(each).__name__ for each in told) == ["Session", "SlotTaken"]
    assert len(stage.shown(stage.ana)) == len(stage.shown(stage.sam)) == 1


async def test_a_second_press_is_not_told_of_a_booking_that_was_given_up(stage: Stage) -> None:
    refused = Fault("status", operation="events.insert", status=403, reason="quotaExceeded", delay_ms=300)
    stage.sandbox.faults.add(replace(refused, times=None))  # also whoever comes late and books anew is refused
    first = asyncio.create_task(press(stage, stage.ana))
    async with asyncio.timeout(60):
        while await stage.store.sessions.standing(stage.match.id, TUESDAY) is None:  # noqa: ASYNC110 - a job's work
            await asyncio.sleep(0.01)
    told = await asyncio.gather(first, press(stage, stage.ana), press(stage, stage.sam), return_exceptions=True)
    assert [type(each) for each in told] == [CalendarRefused] * 3
    assert stage.shown(stage.ana) == []


async def test_two_mentees_of_one_mentor_get_one_session_between_them(stage: Stage) -> None:
    other, later = await matched_with_uma(stage), at("2026-11-24T09:30", "America/New_York")
    told = await asyncio.gather(
        press(stage, stage.ana),
        stage.scheduling.booking.book(stage.people["uma"], other, later, via="console"),
        return_exceptions=True,
    )
    (refused,) = [each for each in told if isinstance(each, SlotTaken)]
    (booked,) = [each for each in told if isinstance(each, Session)]
    assert len(stage.shown(stage.sam)) == 1
    assert refused.nearest
    assert not any(slot.overlaps(booked.when) for slot in refused.nearest)


@pytest.mark.parametrize("who", ["ana", "sam"])
async def test_a_session_that_is_over_cannot_be_declined(stage: Stage, who: str) -> None:
    session = await press(stage, stage.ana)
    await stage.drive("clock", now="2026-11-24T15:00:00Z")
    with pytest.raises(SessionGone):
        await stage.scheduling.booking.answer(stage.people[who], session.uid, Participation.DECLINED)
