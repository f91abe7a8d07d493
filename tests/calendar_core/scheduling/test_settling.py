"""What becomes of a held session when calendars are late, silent, lossy or refuse."""

from __future__ import annotations

import asyncio

import pytest

from calendar_core.errors import CalendarRefused
from calendar_core.happening import LinkMissing, LinkReady
from calendar_core.interval import Interval
from calendar_core.job import settle_job
from calendar_core.session import Link, Release, Session, SessionState, SessionUid
from sandbox.faults import Fault

from .stage import NOW, Stage, at

TUESDAY = at("2026-11-24T09:00", "America/New_York")


async def book(stage: Stage) -> Session:
    return await stage.scheduling.booking.book(stage.ana, stage.match.id, TUESDAY, via="console")


async def reserved(stage: Stage) -> Session:
    """A hold as a killed process leaves it: no job is left that would see to it."""
    return Session(
        uid=SessionUid("left@example.com"),
        match=stage.match.id,
        booked_by=stage.ana.id,
        pressed_by=stage.ana.id,
        organizer=stage.ana.id,
        attendee=stage.sam.id,
        when=TUESDAY,
        zone=stage.ana.time_zone,
        state=SessionState.HELD,
        booked_via="console",
        looked_at=NOW,
    )


async def held(stage: Stage) -> list[Interval]:
    """Times of either that no other session could have."""
    times = await stage.store.sessions.held([stage.ana.id, stage.sam.id], TUESDAY)
    return [each for of_one in times.values() for each in of_one]


async def comes_to(stage: Stage, uid: SessionUid, *states: SessionState) -> Session:
    """Lets the world's clock run ahead until the session is at rest."""
    async with asyncio.timeout(60):
        while True:
            session = await stage.store.sessions.session(uid)
            assert session is not None
            if session.state in states:
                return session
            await stage.drive("clock", jump_seconds=20)


async def test_a_link_that_comes_late_is_booked_without_and_told_when_it_is_there(stage: Stage) -> None:
    await stage.drive("conference", suite="google", pending_answers=4)
    session = await book(stage)
    assert (session.state, session.link, session.conference) == (SessionState.BOOKED, Link.PENDING, None)
    async with asyncio.timeout(60):
        while not any(isinstance(each, LinkReady) for each in stage.told.to(stage.sam)):
            await stage.drive("clock", jump_seconds=10)
    stored = await stage.store.sessions.session(session.uid)
    assert stored is not None
    assert stored.conference is not None
    assert stored.link is Link.READY


async def test_a_link_that_never_comes_is_said_once_to_both_and_still_asked_for(stage: Stage) -> None:
    await stage.drive("conference", suite="google", outcome="failure")
    session = await book(stage)
    async with asyncio.timeout(60):
        while not any(isinstance(each, LinkMissing) for each in stage.told.to(stage.sam)):
            await stage.drive("clock", jump_seconds=120)
    stored = await stage.store.sessions.session(session.uid)
    assert stored is not None
    assert stored.link is Link.OVERDUE
    await stage.told.hears(stage.ana, LinkMissing)


async def test_a_calendar_that_fails_for_a_while_is_tried_until_it_takes_the_event_once(stage: Stage) -> None:
    stage.sandbox.faults.add(Fault("status", operation="events.insert", status=503, times=6))
    session = await book(stage)
    assert session.state is SessionState.BOOKED
    assert len(stage.shown(stage.ana)) == 1


async def test_a_calendar_that_stays_silent_is_given_up_and_nothing_of_it_is_left(stage: Stage) -> None:
    stage.sandbox.faults.add(Fault("drop", operation="events.insert", after_commit=True, times=None))
    stage.sandbox.faults.add(Fault("status", operation="events.get", status=503, times=None))
    session = await reserved(stage)
    await stage.store.sessions.reserve(session)
    await stage.scheduling.settling.settle(settle_job(session.uid))
    assert len(stage.shown(stage.ana)) == 1, "no answer came, but the event is there"
    await comes_to(stage, session.uid, SessionState.RELEASING)
    stage.sandbox.faults.clear()
    released = await comes_to(stage, session.uid, SessionState.RELEASED, SessionState.BOOKED)
    assert (released.state, released.released_because) == (SessionState.RELEASED, Release.CALENDAR_SILENT)
    assert stage.shown(stage.ana) == stage.shown(stage.sam) == []
    assert not await held(stage)


async def test_an_event_deleted_under_its_key_is_made_again_under_the_next(stage: Stage) -> None:
    session = await reserved(stage)
    calendar = await stage.calendars.of(stage.ana)
    from calendar_core.event import EventDraft, Person

    draft = EventDraft(
        key=session.event_key,
        uid=session.uid,
        title="Mentoring session",
        when=TUESDAY,
        zone=stage.ana.time_zone,
        organizer=Person(stage.ana.email, stage.ana.name),
        attendee=Person(stage.sam.email, stage.sam.name),
    )
    await calendar.events.cancel((await calendar.events.create(draft)).id)
    await stage.store.sessions.reserve(session)
    booked = await comes_to(stage, session.uid, SessionState.BOOKED)
    assert booked.attempt == 2


async def test_a_job_that_starts_late_looks_again_and_lets_go_of_a_time_that_is_taken(stage: Stage) -> None:
    await stage.busy(stage.sam, "2026-11-24T15:00", "2026-11-24T16:00")
    await stage.drive("clock", jump_seconds=120)
    session = await reserved(stage)
    await stage.store.sessions.reserve(session)
    await comes_to(stage, session.uid, SessionState.RELEASED)
    assert not stage.shown(stage.ana)


async def test_a_write_that_is_forbidden_releases_both_times(stage: Stage) -> None:
    stage.sandbox.faults.add(Fault("status", operation="events.insert", status=403, reason="forbidden"))
    with pytest.raises(CalendarRefused):
        await book(stage)
    assert not await held(stage)
    again = await book(stage)
    assert again.state is SessionState.BOOKED


async def test_consent_withdrawn_before_the_write_releases_both_times(stage: Stage) -> None:
    session = await reserved(stage)
    await stage.drive("revoke", domain="example.com")
    await stage.store.sessions.reserve(session)
    released = await comes_to(stage, session.uid, SessionState.RELEASED, SessionState.BOOKED)
    assert released.released_because is Release.CALENDAR_REFUSED
    assert not await held(stage)
    assert stage.shown(stage.ana) == []


async def test_settling_what_is_at_rest_changes_nothing(stage: Stage) -> None:
    session = await book(stage)
    before = stage.sandbox.log.calls.copy()
    for _ in range(3):
        await stage.scheduling.settling.settle(settle_job(session.uid))
    assert await stage.store.sessions.session(session.uid) == session
    assert stage.sandbox.log.calls == before


async def test_a_calendar_disconnected_before_the_write_is_not_said_to_be_a_time_that_was_taken(stage: Stage) -> None:
    session = await reserved(stage)
    await stage.disconnect(stage.ana)
    await stage.store.sessions.reserve(session)
    released = await comes_to(stage, session.uid, SessionState.RELEASED)
    assert released.released_because is Release.CALENDAR_REFUSED


async def test_who_asked_in_time_is_booked_also_if_the_calendar_answers_after_the_notice(stage: Stage) -> None:
    await stage.rules(notice=45 * 60 + 58)  # to the minute: Tuesday 09:00 can be booked until now
    stage.sandbox.faults.add(Fault("status", operation="events.insert", status=503, times=0))
    session = await reserved(stage)
    await stage.store.sessions.reserve(session)
    await stage.drive("clock", jump_seconds=180)
    await stage.drive("faults/clear")
    booked = await comes_to(stage, session.uid, SessionState.BOOKED, SessionState.RELEASED)
    assert booked.state is SessionState.BOOKED


async def test_nothing_is_written_once_the_time_has_come(stage: Stage) -> None:
    session = await reserved(stage)
    await stage.drive("clock", now="2026-11-24T14:00:00Z")
    await stage.store.sessions.reserve(session)
    released = await comes_to(stage, session.uid, SessionState.RELEASED, SessionState.BOOKED)
    assert released.released_because is Release.CALENDAR_SILENT
    assert stage.shown(stage.ana) == []
