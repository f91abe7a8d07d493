"""Looking at each other's time: what is shown, what is recorded, and what is said when a calendar is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from calendar_core.availability.bookable import Obstacle
from calendar_core.errors import CalendarSilent, NotIntegrated, TooManyLookups
from calendar_core.interval import Interval, subtract
from calendar_core.people import WeeklyHours
from calendar_core.request import Basis
from calendar_core.scheduling.outcomes import Wish
from sandbox.faults import Fault

from .stage import Stage, at

TUESDAY = date(2026, 11, 24)
NEW_YORK = "America/New_York"


async def test_a_look_leaves_a_receipt_that_its_owner_can_read(stage: Stage) -> None:
    await stage.find(stage.ana)
    (receipt,) = await stage.store.receipts.of(stage.sam.id, date(2026, 11, 1))
    assert (receipt.viewer, receipt.first, receipt.last) == (stage.ana.id, date(2026, 11, 22), date(2026, 12, 6))
    assert await stage.store.receipts.of(stage.ana.id, date(2026, 11, 1)) == ()


async def test_the_look_ups_of_a_day_are_limited_and_the_limit_is_for_each_pair(stage: Stage) -> None:
    await stage.rules(lookups_a_day=2)
    for _ in range(2):
        await stage.find(stage.ana)
    with pytest.raises(TooManyLookups):
        await stage.find(stage.ana)
    await stage.drive("clock", jump_seconds=24 * 3600)
    await stage.find(stage.ana)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("who", ["ana", "sam"])
async def test_a_calendar_that_did_not_answer_is_unknown_and_it_is_said_whose(
    stage: Stage, status: int, who: str
) -> None:
    stage.sandbox.faults.add(Fault("status", mailbox=f"{who}@example.com", status=status, times=0))
    with pytest.raises(CalendarSilent) as silent:
        await stage.find(stage.ana)
    assert silent.value.user == stage.people[who].id


async def test_where_only_the_asker_is_connected_the_times_are_the_askers_own(
    stage: Stage,
) -> None:
    await stage.disconnect(stage.sam)
    await stage.busy(stage.ana, "2026-11-24T09:00", "2026-11-24T12:00")
    offer = await stage.find(stage.ana)
    assert (offer.basis, offer.by_request) == (Basis.PROPOSER_FREE, True)
    assert offer.ranked.slots[0] == at("2026-11-23T11:15", NEW_YORK)
    assert {call.mailbox for call in stage.sandbox.log.of(operation="freebusy.query")} == {"ana@example.com"}
    assert await stage.store.receipts.of(stage.sam.id, date(2026, 1, 1)) == ()


async def test_the_asker_never_sees_the_free_times_of_a_partner_when_not_connected(stage: Stage) -> None:
    await stage.disconnect(stage.ana)
    offer = await stage.find(stage.ana)
    assert offer.basis is Basis.PLAIN
    assert stage.sandbox.log.calls == []
    with pytest.raises(NotIntegrated):
        await stage.scheduling.looking.calendars(await stage.pair(stage.ana), TUESDAY, 1, 45)


async def test_both_calendars_equal_what_the_sandbox_holds_to_the_minute(stage: Stage) -> None:
    await stage.busy(stage.ana, "2026-11-24T11:33", "2026-11-24T13:07")
    await stage.busy(stage.sam, "2026-11-24T08:00", "2026-11-24T15:01")
    seen = await stage.scheduling.looking.calendars(await stage.pair(stage.ana), TUESDAY, 1, 45)
    (day,) = seen.view.days
    hours = at("2026-11-24T09:00", NEW_YORK, 480)
    busy = Interval.between(*_bounds("2026-11-24T11:33", "2026-11-24T13:07", NEW_YORK))
    assert day.hours == (hours,)
    assert day.yours.not_free == (busy,)
    assert day.yours.free == subtract((hours,), (busy,))
    theirs = Interval.between(*_bounds("2026-11-24T15:01", "2026-11-24T17:00", "Europe/Berlin"))
    assert day.theirs.free == (theirs,)
    assert day.both_free == (theirs,)


async def test_holidays_of_the_asker_are_left_out_and_can_be_included(stage: Stage) -> None:
    thanksgiving = date(2026, 11, 26)
    whole_day = (at("2026-11-26T00:00", NEW_YORK, 24 * 60),)
    offer = await stage.find(stage.ana, Wish(windows=whole_day))
    assert offer.ranked.slots == ()
    assert offer.explanation is not None
    assert offer.explanation.own[Obstacle.HOLIDAY] > 0
    assert thanksgiving in offer.holidays
    included = Wish(windows=whole_day, included=frozenset({thanksgiving}))
    assert (await stage.find(stage.ana, included)).ranked.slots


async def test_more_shows_others_than_before(stage: Stage) -> None:
    first = await stage.find(stage.ana)
    second = await stage.find(stage.ana, Wish(skip=3))
    assert first.more
    assert not set(first.ranked.slots) & set(second.ranked.slots)


async def test_no_common_hours_at_all_is_its_own_reason(stage: Stage) -> None:
    nights = WeeklyHours(days=(((0, 120),),) * 7)
    await stage.store.people.update(replace(stage.sam, hours=nights))
    offer = await stage.find(stage.ana)
    assert offer.explanation is not None
    assert not offer.explanation.common_hours


def _bounds(start: str, end: str, zone: str) -> tuple[datetime, datetime]:
    first, last = (datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)) for wall in (start, end))
    return first, last
