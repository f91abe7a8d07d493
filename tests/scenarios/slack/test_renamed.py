"""Commands that the operator has named otherwise (PAIRTIME_SLACK_COMMANDS), typed in Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack_values import commands_in
from tests.faults.couples import Hamlet, Suites, settled

from .in_hamlet import couple, members
from .member import Members

__all__ = ["couple", "members"]


@pytest.fixture
async def hamlet(tmp_path: Path) -> AsyncIterator[Hamlet]:
    commands = commands_in("book=/termin,sessions=/treffen,pairtime=/mentoring")
    async with settled(tmp_path, [Suites("google", "google")], slack=True, commands=commands) as hamlet:
        yield hamlet


async def test_each_does_what_it_did_by_its_own_name(hamlet: Hamlet, members: Members) -> None:
    who = hamlet.couples[0].mentee.email
    offered = await members.command(who, "/termin with my mentor")
    assert offered.lines[0].startswith("Times for you and Mentor 0")
    booked = await members.command(who, "/termin 1")
    assert booked.lines[0].startswith("Booked. ")
    assert "with Mentor 0" in (await members.command(who, "/treffen")).text
    assert (await members.command(who, "/mentoring status")).lines[0].startswith("Calendar: Google - Domain")
    assert (await members.command(who, "/mentoring")).lines[0] == "You can say:"
    assert "- book: times that fit" in (await members.command(who, "/termin help")).text
