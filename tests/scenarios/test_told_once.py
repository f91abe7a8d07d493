"""Everything is told once, to whom it concerns, by their own clock; and nothing of what never came to be."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from adapters.main.application import PERIODIC
from calendar_core.interval import EPOCH
from calendar_core.job import SWEEP
from calendar_core.store.schema import job, tick
from sandbox.faults import Fault
from tests.visiting import Visitor

HALF_A_DAY = timedelta(hours=12)


async def heard(visitor: Visitor, who: str) -> list[str]:
    """The first line of each message that was pushed."""
    return [message["text"].splitlines()[0] for message in await visitor.inbox(who)]


async def pass_by(visitor: Visitor, until: str) -> None:
    """Time passes in leaps; after each all the work that is due by then is done."""
    clock, end = visitor.stage.application.clock, datetime.fromisoformat(until)
    while clock.now() < end:
        visitor.stage.sandbox.clock.set(min(end, clock.now() + HALF_A_DAY))
        await all_done(visitor)


async def all_done(visitor: Visitor) -> None:
    """Returns once what happens every so often was begun for the present time, and no job that is due is left."""
    application, period = visitor.stage.application, PERIODIC[SWEEP]

    def read(connection: Connection) -> bool:
        now = application.clock.now()
        begun = select(tick.c.number).where(tick.c.name == SWEEP, tick.c.number >= (now - EPOCH) // period)
        left = select(job.c.id).where(job.c.due_at <= now, job.c.dead_because.is_(None))
        return connection.execute(begun).first() is not None and connection.execute(left).first() is None

    await visitor.until(lambda: application.store.database.read(read), True)


async def test_a_session_is_told_once_and_reminded_of_twice_and_asked_about_in_working_hours(visitor: Visitor) -> None:
    await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "1")
    await visitor.hears("sam", "booked a session with you")
    await pass_by(visitor, "2026-11-24T13:50:00Z")
    await visitor.hears("ana", "In 15 minutes")
    await visitor.hears("sam", "In 15 minutes")
    await pass_by(visitor, "2026-11-26T12:00:00Z")
    assert await heard(visitor, "ana") == [  # who was asleep at each leap, and has a holiday now
        "Tomorrow: Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 Berlin) with Sam Okoye.",
        "In 15 minutes: your session with Sam.",
    ]
    assert await heard(visitor, "sam") == [
        (
            "Ana Ruiz booked a session with you: Tue 24 Nov 2026, 15:00 - 15:45 Berlin (09:00 New York). "
            "The link is in your calendar."
        ),
        "Tomorrow: Tue 24 Nov 2026, 15:00 - 15:45 Berlin (09:00 New York) with Ana Ruiz.",
        "In 15 minutes: your session with Ana.",
        (
            "Your session with Ana Ruiz, Tue 24 Nov, 15:00 - 15:45 Berlin (09:00 - 09:45 New York): did it happen? Ana "
            "is not told what you answer."
        ),
    ]
    for other in ("uma", "priya", "kai"):
        assert await heard(visitor, other) == []


async def test_a_session_that_was_declined_is_not_reminded_of(visitor: Visitor) -> None:
    await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "1")
    told = await visitor.hears("sam", "booked a session with you")
    await asyncio.gather(*(visitor.press("sam", told, "Cannot make it") for _ in range(3)))
    await visitor.hears("ana", "declined")
    await pass_by(visitor, "2026-11-26T12:00:00Z")
    assert len(await heard(visitor, "ana")) == 1
    assert len(await heard(visitor, "sam")) == 1


@pytest.mark.parametrize("who", ["ana", "sam"])
async def test_of_a_booking_that_was_given_up_only_the_one_who_pressed_hears(visitor: Visitor, who: str) -> None:
    partner = {"ana": "mentor", "sam": "mentee"}[who]
    offered = await visitor.say(who, f"book with my {partner}")
    for operation in ("events.insert", "events.create"):
        visitor.stage.sandbox.faults.add(Fault("status", operation=operation, status=400, reason=None))
    refused = await visitor.press(who, offered, "1")
    assert "nothing was booked" in refused["text"]
    await pass_by(visitor, "2026-11-26T12:00:00Z")
    assert await heard(visitor, "ana") == await heard(visitor, "sam") == []
