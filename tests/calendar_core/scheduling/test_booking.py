"""A mentee books with a mentor: one press, one event, both told."""

from __future__ import annotations

import asyncio
from zoneinfo import ZoneInfo

import pytest

from calendar_core.errors import (
    ApprovalNeeded,
    CalendarRefused,
    CalendarSilent,
    NotBookable,
    NotIntegrated,
    NotMatched,
    SlotTaken,
)
from calendar_core.happening import SessionBooked, SessionDeclined
from calendar_core.integration import Suite
from calendar_core.participation import Participation
from calendar_core.scheduling.outcomes import Wish
from calendar_core.session import Link, Session, SessionState
from sandbox.faults import Fault

from .stage import Stage, at

NEW_YORK = "America/New_York"
TUESDAY, WEDNESDAY = at("2026-11-24T09:00", NEW_YORK), at("2026-11-25T09:00", NEW_YORK)


async def book(stage: Stage) -> Session:
    return await stage.scheduling.booking.book(stage.ana, stage.match.id, TUESDAY, via="console")


async def test_the_times_offered_fit_both_and_one_press_books(stage: Stage) -> None:
    await stage.busy(stage.sam, "2026-11-23T09:00", "2026-11-23T17:00")
    offer = await stage.find(stage.ana)
    assert offer.ranked.slots[0] == TUESDAY
    assert offer.suite is Suite.GOOGLE
    session = await book(stage)
    assert (session.state, session.link) == (SessionState.BOOKED, Link.READY)


async def test_both_calendars_show_the_session_as_busy_with_organizer_and_attendee(stage: Stage) -> None:
    session = await book(stage)
    for user in (stage.ana, stage.sam):
        (event,) = stage.shown(user)
        assert event.uid == session.event_uid
        assert event.organizer.email == "ana@example.com"
        assert [attendee.email for attendee in event.attendees if attendee.email != "ana@example.com"] == [
            "sam@example.com"
        ]
        assert event.is_busy


async def test_a_listing_asks_each_calendar_once_and_a_booking_once_more(stage: Stage) -> None:
    log = stage.sandbox.log
    await stage.find(stage.ana)
    assert len(log.of(operation="freebusy.query")) == 2
    await book(stage)
    assert len(log.of(operation="freebusy.query")) == 4
    assert len(log.of(operation="events.insert")) == 1
    assert len(log.of(operation="events.get")) <= 1


async def test_a_second_press_finds_what_the_first_has_made(stage: Stage) -> None:
    first, second = await asyncio.gather(book(stage), book(stage))
    third = await book(stage)
    assert first.uid == second.uid == third.uid
    assert third.state is SessionState.BOOKED
    assert len(stage.shown(stage.ana)) == 1


async def test_a_slot_that_has_been_taken_meanwhile_is_not_booked_and_the_nearest_are_named(stage: Stage) -> None:
    await stage.busy(stage.sam, "2026-11-24T15:00", "2026-11-24T15:30")
    with pytest.raises(SlotTaken) as refused:
        await book(stage)
    assert refused.value.nearest
    assert all(not slot.overlaps(TUESDAY) for slot in refused.value.nearest)
    assert not stage.shown(stage.ana)


async def test_the_partner_is_told_and_the_booker_only_if_no_answer_reached_them(stage: Stage) -> None:
    session = await book(stage)
    await stage.scheduling.booking.replied(stage.ana, session.uid)
    await stage.drive("clock", jump_seconds=60)
    assert (await stage.told.hears(stage.sam, SessionBooked)).session == session.uid
    assert not any(isinstance(each, SessionBooked) for each in stage.told.to(stage.ana))


async def test_an_answer_lost_after_the_event_was_made_makes_no_second_event(stage: Stage) -> None:
    stage.sandbox.faults.add(Fault("drop", operation="events.insert", after_commit=True))
    session = await book(stage)
    assert session.state is SessionState.BOOKED
    assert len(stage.shown(stage.ana)) == 1


async def test_a_calendar_that_refuses_leaves_nothing_behind(stage: Stage) -> None:
    stage.sandbox.faults.add(Fault("status", operation="events.insert", status=403, reason="quotaExceeded"))
    with pytest.raises(CalendarRefused):
        await book(stage)
    held = await stage.store.sessions.held([stage.ana.id, stage.sam.id], TUESDAY)
    assert not any(held.values())


@pytest.mark.parametrize("wall", ["2026-11-20T09:00", "2026-11-23T09:00", "2027-06-01T09:00", "1971-03-01T09:00"])
async def test_a_time_outside_the_rules_is_refused_whatever_a_button_says(stage: Stage, wall: str) -> None:
    with pytest.raises(NotBookable):
        await stage.scheduling.booking.book(stage.ana, stage.match.id, at(wall, NEW_YORK), via="console")


async def test_somebody_who_is_not_matched_learns_nothing_and_no_calendar_is_asked(stage: Stage) -> None:
    with pytest.raises(NotMatched):
        await stage.find(stage.people["uma"])
    with pytest.raises(NotMatched):
        await stage.scheduling.pairs.resolve(stage.people["uma"], "Sam Okoye")
    assert stage.sandbox.log.calls == []


async def test_where_a_side_is_not_connected_a_press_does_not_book(stage: Stage) -> None:
    await stage.disconnect(stage.sam)
    with pytest.raises(NotIntegrated):
        await book(stage)


async def test_where_the_mentor_approves_first_a_press_becomes_a_request(stage: Stage) -> None:
    await stage.rules(approval=True)
    with pytest.raises(ApprovalNeeded):
        await book(stage)


async def test_a_time_listed_beyond_ones_own_hours_can_be_booked_beyond_the_partners_not(
    stage: Stage,
) -> None:
    early = Wish(windows=(at("2026-11-24T07:00", NEW_YORK, 60),), earlier=120)
    offer = await stage.find(stage.ana, early)
    booked = await stage.scheduling.booking.book(stage.ana, stage.match.id, offer.ranked.slots[0], via="console")
    assert (booked.state, booked.when) == (SessionState.BOOKED, at("2026-11-24T07:00", NEW_YORK))
    with pytest.raises(SlotTaken) as refused:
        await stage.scheduling.booking.book(stage.ana, stage.match.id, at("2026-11-24T13:00", NEW_YORK), via="console")
    walls = [slot.start.astimezone(ZoneInfo(NEW_YORK)) for slot in refused.value.nearest]
    assert all(9 <= wall.hour < 17 for wall in walls), "what is offered lies within the asker's hours"


async def test_a_holiday_that_was_included_can_be_booked(stage: Stage) -> None:
    thanksgiving = at("2026-11-26T09:00", NEW_YORK)
    assert (
        await stage.scheduling.booking.book(stage.ana, stage.match.id, thanksgiving, via="console")
    ).when == thanksgiving


async def test_a_calendar_that_lets_us_in_again_is_asked_again(stage: Stage) -> None:
    await stage.drive("revoke", mailbox="sam@example.com")
    with pytest.raises(CalendarSilent):
        await stage.find(stage.ana)
    await stage.drive("restore", mailbox="sam@example.com")
    with pytest.raises(CalendarSilent):
        await stage.find(stage.ana)
    await stage.drive("clock", jump_seconds=90)
    assert (await stage.find(stage.ana)).ranked.slots
    assert (await stage.store.integrations.of(stage.sam.id)).usable


async def test_no_calendar_is_asked_about_a_time_beyond_the_horizon_or_past(stage: Stage) -> None:
    ages = (at("1971-03-01T09:00", NEW_YORK), at("2190-03-01T09:00", NEW_YORK))
    with pytest.raises(NotBookable):
        await stage.scheduling.asking.propose(stage.ana, stage.match.id, Wish(), ages)
    with pytest.raises(NotBookable):
        await stage.scheduling.booking.book(stage.ana, stage.match.id, ages[1], via="console")
    assert stage.sandbox.log.calls == []


@pytest.mark.parametrize(("status", "reason"), [(401, None), (403, "insufficientPermissions"), (400, "badRequest")])
async def test_who_cannot_be_written_for_any_more_can_still_decline(
    stage: Stage, status: int, reason: str | None
) -> None:
    session = await book(stage)
    stage.sandbox.faults.add(Fault("status", mailbox="sam@example.com", status=status, reason=reason, times=None))
    declined = await stage.scheduling.booking.answer(stage.sam, session.uid, Participation.DECLINED)
    assert declined.state is SessionState.NEEDS_NEW_TIME
    await stage.told.hears(stage.ana, SessionDeclined)


async def test_declining_all_at_once_is_told_once(stage: Stage) -> None:
    session = await book(stage)
    answers = (stage.scheduling.booking.answer(stage.sam, session.uid, Participation.DECLINED) for _ in range(4))
    assert {each.state for each in await asyncio.gather(*answers)} == {SessionState.NEEDS_NEW_TIME}
    await stage.told.hears(stage.ana, SessionDeclined)
    await book_another(stage)  # whose notice comes after all of those
    assert len([each for each in stage.told.to(stage.ana) if isinstance(each, SessionDeclined)]) == 1


async def book_another(stage: Stage) -> None:
    session = await stage.scheduling.booking.book(stage.ana, stage.match.id, WEDNESDAY, via="console")
    async with asyncio.timeout(60):
        while SessionBooked(session.uid) not in stage.told.to(stage.sam):  # noqa: ASYNC110 - a job's work
            await asyncio.sleep(0.01)
