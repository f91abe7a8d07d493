"""A press is no free look at the other's calendar: each counts, is bounded, and leaves a receipt (decisions 9, 14)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from calendar_core.errors import CalendarSilent, NotBookable, SlotTaken, TooManyLookups
from calendar_core.interval import Interval
from calendar_core.scheduling.lookups import LAST_PRESSES
from calendar_core.scheduling.outcomes import Wish
from sandbox.faults import Fault

from .stage import Stage, at

NEW_YORK = "America/New_York"
LIMIT = 4
TIMES = tuple(
    at(f"2026-11-{day}T{hour:02}:{minute}", NEW_YORK) for day in (24, 25) for hour in (9, 10) for minute in ("00", 15)
)


@pytest.fixture(autouse=True)
async def all_taken(stage: Stage) -> None:
    """Sam has no time at all; Ana does not know."""
    await stage.rules(lookups_a_day=LIMIT)
    await stage.busy(stage.sam, "2026-11-22T00:00", "2026-12-20T00:00")


async def book(stage: Stage, when: Interval) -> None:
    await stage.scheduling.booking.book(stage.ana, stage.match.id, when, via="console")


async def ask(stage: Stage, when: Interval) -> None:
    await stage.scheduling.asking.propose(stage.ana, stage.match.id, Wish(), (when,))


async def ask_also_now(stage: Stage, when: Interval) -> None:
    """One of the times within reach, so that a window over both would be as long as anybody likes."""
    await stage.scheduling.asking.propose(stage.ana, stage.match.id, Wish(), (TIMES[0], when))


@pytest.mark.parametrize("probe", [book, ask])
async def test_probing_time_after_time_ends_with_the_days_look_ups(
    stage: Stage, probe: Callable[[Stage, Interval], Awaitable[None]]
) -> None:
    told = []
    for when in TIMES:
        try:
            await probe(stage, when)
        except (SlotTaken, TooManyLookups) as refused:
            told.append(type(refused))
    assert told == [SlotTaken] * (LIMIT + LAST_PRESSES) + [TooManyLookups] * (len(TIMES) - LIMIT - LAST_PRESSES)


async def test_probing_all_at_once_learns_no_more(stage: Stage) -> None:
    told = await asyncio.gather(*(book(stage, when) for when in TIMES), return_exceptions=True)
    assert len([each for each in told if isinstance(each, SlotTaken)]) == LIMIT + LAST_PRESSES
    assert len([each for each in told if isinstance(each, TooManyLookups)]) == len(TIMES) - LIMIT - LAST_PRESSES


async def test_past_the_limit_no_calendar_is_asked(stage: Stage) -> None:
    for when in TIMES:
        with pytest.raises((SlotTaken, TooManyLookups)):
            await book(stage, when)
    asked = stage.sandbox.log.of(operation="freebusy.query", mailbox="sam@example.com")
    assert len(asked) == LIMIT + LAST_PRESSES


async def test_silence_counts_too_for_it_tells_hours_from_nights(stage: Stage) -> None:
    stage.sandbox.faults.add(Fault("status", mailbox="sam@example.com", status=503, times=0))
    told = []
    for when in TIMES:
        with pytest.raises((CalendarSilent, TooManyLookups)) as refused:
            await book(stage, when)
        told.append(refused.type)
    assert told.count(CalendarSilent) == LIMIT + LAST_PRESSES


async def test_the_nearest_other_times_are_in_the_receipt(stage: Stage) -> None:
    with pytest.raises(SlotTaken):
        await book(stage, TIMES[0])
    (receipt,) = await stage.store.receipts.of(stage.sam.id, date(2026, 11, 1))
    assert (receipt.viewer, receipt.first, receipt.last) == (stage.ana.id, date(2026, 11, 22), date(2026, 12, 1))


async def test_the_last_list_of_the_day_can_still_be_pressed(stage: Stage) -> None:
    for _ in range(LIMIT):
        await stage.find(stage.ana)
    with pytest.raises(TooManyLookups):
        await stage.find(stage.ana)
    with pytest.raises(SlotTaken):
        await book(stage, TIMES[0])


async def test_where_the_other_has_no_calendar_nothing_is_looked_at_and_nothing_counts(stage: Stage) -> None:
    await stage.disconnect(stage.sam)
    for when in TIMES:
        await ask(stage, when)
    assert await stage.store.receipts.of(stage.sam.id, date(2026, 11, 1)) == ()


@pytest.mark.parametrize("wall", ["2026-11-20T09:00", "2027-06-01T09:00", "2199-12-31T09:00"])
@pytest.mark.parametrize("probe", [book, ask_also_now])
async def test_no_calendar_is_asked_about_what_is_past_or_beyond_the_horizon(
    stage: Stage, probe: Callable[[Stage, Interval], Awaitable[None]], wall: str
) -> None:
    with pytest.raises(NotBookable):
        await probe(stage, at(wall, NEW_YORK))
    assert stage.sandbox.log.calls == []
