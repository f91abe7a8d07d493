"""A session is called off once: told once, gone from both calendars, its times free when that is sure."""

from __future__ import annotations

import asyncio

import pytest

from calendar_core.errors import SessionGone
from calendar_core.happening import (
    EventCleared,
    EventLeft,
    SessionAccepted,
    SessionBooked,
    SessionCancelled,
    SessionDeclined,
)
from calendar_core.integration import Trouble
from calendar_core.job import settle_job
from calendar_core.participation import Participation
from calendar_core.people import User
from calendar_core.session import Cancellation, Removal, Session, SessionState, SessionUid
from sandbox.faults import Fault

from .stage import NOW, Stage, at
from .test_settling import TUESDAY, book, comes_to, held, reserved


async def cancel(stage: Stage, user: User, session: Session, *, wait_seconds: float = 5) -> Session:
    return await stage.scheduling.cancelling.cancel(user, session.uid, wait_seconds=wait_seconds)


def told(stage: Stage, user: User, kind: type[SessionCancelled | EventCleared | EventLeft]) -> int:
    return len([each for each in stage.told.to(user) if isinstance(each, kind)])


async def told_all(stage: Stage) -> None:
    """Whatever was to be told by now has been: what is told after it was."""
    other = await stage.scheduling.booking.book(
        stage.ana, stage.match.id, at("2026-11-25T10:00", "America/New_York"), via="console"
    )
    async with asyncio.timeout(60):
        while SessionBooked(other.uid) not in stage.told.to(stage.sam):  # noqa: ASYNC110 - a job's work
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("who", ["ana", "sam"])
async def test_either_cancels_and_both_calendars_are_clear(stage: Stage, who: str) -> None:
    session, user = await book(stage), stage.people[who]
    other = stage.sam if who == "ana" else stage.ana
    cancelled = await cancel(stage, user, session)
    assert (cancelled.state, cancelled.sequence) == (SessionState.CANCELLED, session.sequence + 1)
    assert cancelled.cancelled is not None
    assert (cancelled.cancelled.by, cancelled.cancelled.because) == (user.id, Cancellation.ASKED_FOR)
    assert cancelled.cancelled.removal is Removal.DONE
    assert [each.status for each in stage.shown(stage.ana) if each.status != "cancelled"] == []
    assert [each.status for each in stage.shown(stage.sam) if each.status != "cancelled"] == []
    assert not await held(stage)
    await stage.told.hears(other, SessionCancelled)
    assert (await book(stage)).state is SessionState.BOOKED, "the time can be had again"


async def test_cancelling_is_told_once_however_often_and_by_whomever(stage: Stage) -> None:
    session = await book(stage)
    presses = [cancel(stage, user, session) for user in (stage.ana, stage.ana, stage.sam, stage.ana)]
    assert {each.state for each in await asyncio.gather(*presses)} == {SessionState.CANCELLED}
    ended = await cancel(stage, stage.sam, session)
    assert ended.cancelled is not None
    for user in (stage.ana, stage.sam):
        await stage.scheduling.booking.replied(user, ended.uid, sequence=ended.sequence)
    await told_all(stage)
    await stage.drive("clock", jump_seconds=60)
    await told_all_again(stage)
    assert told(stage, stage.ana, SessionCancelled) + told(stage, stage.sam, SessionCancelled) <= 1
    assert told(stage, stage.ana, EventCleared) == told(stage, stage.sam, EventCleared) == 0


async def told_all_again(stage: Stage) -> None:
    other = await stage.scheduling.booking.book(
        stage.ana, stage.match.id, at("2026-11-27T10:00", "America/New_York"), via="console"
    )
    async with asyncio.timeout(60):
        while SessionBooked(other.uid) not in stage.told.to(stage.sam):  # noqa: ASYNC110 - a job's work
            await asyncio.sleep(0.01)


async def test_whom_no_reply_reached_is_told_that_it_is_cancelled(stage: Stage) -> None:
    session = await book(stage)
    await cancel(stage, stage.ana, session)
    await stage.told.hears(stage.sam, SessionCancelled)
    assert told(stage, stage.ana, SessionCancelled) == 0
    await stage.drive("clock", jump_seconds=60)
    await stage.told.hears(stage.ana, SessionCancelled)


async def test_while_the_calendar_is_silent_it_is_cancelled_here_and_its_time_stays_held(stage: Stage) -> None:
    session = await book(stage)
    stage.sandbox.faults.add(Fault("status", operation="events.delete", status=503, times=None))
    waiting = await cancel(stage, stage.ana, session, wait_seconds=0.3)
    assert waiting.state is SessionState.CANCELLING
    await stage.told.hears(stage.sam, SessionCancelled)
    assert await held(stage) == [TUESDAY, TUESDAY]
    await stage.drive("clock", jump_seconds=600)
    stage.sandbox.faults.clear()
    cleared = await comes_to(stage, session.uid, SessionState.CANCELLED)
    assert cleared.cancelled is not None
    assert cleared.cancelled.removal is Removal.DONE
    assert not await held(stage)
    for user in (stage.ana, stage.sam):
        await stage.told.hears(user, EventCleared)
    assert [each for each in stage.shown(stage.ana) if each.status != "cancelled"] == []


async def test_a_calendar_that_lets_us_in_no_more_leaves_the_entry_to_its_people(stage: Stage) -> None:
    session = await book(stage)
    await stage.store.integrations.broke(stage.ana.id, Trouble.ACCESS_WITHDRAWN, NOW)
    cancelled = await cancel(stage, stage.sam, session)
    assert cancelled.cancelled is not None
    assert cancelled.cancelled.removal is Removal.LEFT
    assert not await held(stage)
    for user in (stage.ana, stage.sam):
        await stage.told.hears(user, EventLeft)


async def test_a_calendar_that_refuses_for_long_is_given_up(stage: Stage) -> None:
    session = await book(stage)
    refused = Fault("status", operation="events.delete", status=400, reason="badRequest", times=None)
    stage.sandbox.faults.add(refused)
    await cancel(stage, stage.ana, session, wait_seconds=0.3)
    left = await comes_to(stage, session.uid, SessionState.CANCELLED)
    assert left.cancelled is not None
    assert left.cancelled.removal is Removal.LEFT
    await stage.told.hears(stage.ana, EventLeft)


async def test_an_event_its_owner_has_deleted_is_no_trouble(stage: Stage) -> None:
    session = await book(stage)
    assert session.event_id is not None
    await (await stage.calendars.of(stage.ana)).events.cancel(session.event_id)
    assert (await cancel(stage, stage.ana, session)).state is SessionState.CANCELLED


async def test_a_lost_answer_to_the_removal_costs_nothing(stage: Stage) -> None:
    session = await book(stage)
    stage.sandbox.faults.add(Fault("drop", operation="events.delete", after_commit=True, times=2))
    assert (await cancel(stage, stage.ana, session)).state is SessionState.CANCELLED


async def test_nobody_else_cancels_it_and_nobody_after_it_began(stage: Stage) -> None:
    session = await book(stage)
    with pytest.raises(SessionGone):
        await cancel(stage, stage.people["uma"], session)
    with pytest.raises(SessionGone):
        await stage.scheduling.cancelling.cancel(stage.ana, SessionUid("none@example.com"))
    await stage.drive("clock", now="2026-11-24T14:00:00Z")
    with pytest.raises(SessionGone):
        await cancel(stage, stage.ana, session)
    stored = await stage.store.sessions.session(session.uid)
    assert stored == session


async def test_a_cancelled_session_reminds_nobody(stage: Stage) -> None:
    session = await book(stage)
    await cancel(stage, stage.ana, session)
    before = len(stage.told.messages)
    await stage.drive("clock", now="2026-11-24T13:50:00Z")
    await told_all_again(stage)
    assert not [each for _, key, each in stage.told.messages[before:] if key.startswith("remind")]


async def test_an_event_written_for_a_booking_given_up_meanwhile_does_not_stay(stage: Stage) -> None:
    """As if a killed process had written it, and another one had given the booking up before that."""
    session = await reserved(stage)
    await stage.store.sessions.reserve(session)
    await comes_to(stage, session.uid, SessionState.BOOKED)
    stored = await stage.store.sessions.session(session.uid)
    assert stored is not None
    unaware = Session(**{name: getattr(stored, name) for name in Session.__slots__} | {"state": SessionState.RELEASED})
    assert await stage.store.sessions.keep(unaware)
    await stage.scheduling.settling.settle(settle_job(session.uid))
    assert [each for each in stage.shown(stage.ana) if each.status != "cancelled"] == []


# --- answers taken back ----------------------------------------------------------------------------------------------


async def answer(stage: Stage, user: User, session: Session, given: Participation) -> Session:
    return await stage.scheduling.booking.answer(user, session.uid, given)


@pytest.mark.parametrize("who", ["ana", "sam"])
async def test_who_cannot_make_it_may_make_it_after_all(stage: Stage, who: str) -> None:
    session, user = await book(stage), stage.people[who]
    other = stage.sam if who == "ana" else stage.ana
    await answer(stage, user, session, Participation.DECLINED)
    await stage.told.hears(other, SessionDeclined)
    restored = [await answer(stage, user, session, Participation.ACCEPTED) for _ in range(2)][-1]
    assert restored.state is SessionState.BOOKED
    assert restored.answer_of(user.id) is Participation.ACCEPTED
    await stage.told.hears(other, SessionAccepted)
    await told_all(stage)
    assert len([each for each in stage.told.to(other) if isinstance(each, SessionAccepted)]) == 1


async def test_where_neither_could_one_of_them_is_not_enough(stage: Stage) -> None:
    session = await book(stage)
    for user in (stage.ana, stage.sam):
        await answer(stage, user, session, Participation.DECLINED)
    assert (await answer(stage, stage.sam, session, Participation.ACCEPTED)).state is SessionState.NEEDS_NEW_TIME
    assert (await answer(stage, stage.ana, session, Participation.ACCEPTED)).state is SessionState.BOOKED


async def test_an_acceptance_is_recorded_and_told_to_nobody(stage: Stage) -> None:
    session = await book(stage)
    accepted = await answer(stage, stage.sam, session, Participation.ACCEPTED)
    stored = await stage.store.sessions.session(session.uid)
    assert stored == accepted
    assert stored is not None
    assert stored.attendee_answer is Participation.ACCEPTED
    await told_all(stage)
    assert not [each for each in stage.told.to(stage.ana) if isinstance(each, SessionAccepted)]
