"""A person's own working hours, as Outlook has them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from calendar_core.people import WeeklyHours
from calendar_core.ports import Calendar, OwnHours
from calendar_core.providers.connections import open_connections
from calendar_core.providers.microsoft.own_hours import hours_in
from sandbox.app import Sandbox
from sandbox.graph import OutlookSettings
from sandbox.world import Mailbox, WorkingHours

from .opened import domain_for, open_for, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
SAM = Mailbox("sam@example.com", "Sam", "microsoft", "Europe/Berlin", hours=WorkingHours((0, 1, 4), 8 * 60, 16 * 60))
DAY = ((8 * 60, 16 * 60),)
HOURS = OwnHours("Europe/Berlin", WeeklyHours((DAY, DAY, (), (), DAY, (), ())))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(SAM)
        yield running


@pytest.fixture
async def calendar(sandbox: Sandbox) -> AsyncIterator[Calendar]:
    async with open_connections() as connections:
        yield await open_for(domain_for(sandbox, settings_for(sandbox), connections), SAM.address)


async def test_they_come_with_the_schedule_and_need_no_permission(sandbox: Sandbox, calendar: Calendar) -> None:
    assert calendar.hours is not None
    assert await calendar.hours.working_hours() == HOURS
    assert [each.operation for each in sandbox.log.of(vendor="graph")] == ["getSchedule"]


async def test_a_zone_that_has_no_name_tells_none(sandbox: Sandbox, calendar: Calendar) -> None:
    sandbox.graph.outlook.set(SAM.address, OutlookSettings(custom_zone=True))
    assert calendar.hours is not None
    assert await calendar.hours.working_hours() is None


def schedule(start: str = "08:00:00.0000000", end: str = "16:00:00.0000000", **changes: object) -> dict[str, object]:
    days = ["Monday", "tuesday", "friday"]
    zone = {"name": "W. Europe Standard Time"}
    told: dict[str, object] = {"daysOfWeek": days, "startTime": start, "endTime": end, "timeZone": zone}
    return {"workingHours": told | changes}


def test_midnight_is_the_end_of_a_day() -> None:
    to_midnight = ((8 * 60, 24 * 60),)
    for end in ("00:00:00.0000000", "24:00:00.0000000"):
        told = hours_in(schedule(end=end))
        assert told is not None
        assert told.hours.days[0] == to_midnight


@pytest.mark.parametrize(
    "told",
    [{}, schedule(daysOfWeek=[]), schedule(end="07:00:00"), schedule(end="08:00:00"), schedule(timeZone={"bias": 60})],
    ids=["none", "no days", "past midnight", "no time", "custom"],
)
def test_what_tells_no_hours_tells_none(told: dict[str, object]) -> None:
    assert hours_in(told) is None


@pytest.mark.parametrize(
    "told", [schedule(start="early"), schedule(timeZone={"name": "Mars"}), schedule(start="-1:00:00")], ids=range(3)
)
def test_hours_that_make_no_sense_are_refused(told: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        hours_in(told)
