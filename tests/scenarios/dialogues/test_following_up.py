"""4.8, after the end: Ana is asked alone, rates, and writes a step for both, with which the next session begins."""

from __future__ import annotations

import pytest

from tests.visiting import Visitor

from .chat import Chat, dialogue


@pytest.fixture(params=("console", "slack", "teams"))
def way(request: pytest.FixtureRequest) -> str:
    """Jobs on PostgreSQL wait by the database's own clock, which no test can make jump: there the contracts ask."""
    return str(request.param)


async def test_a_session_leads_to_the_next(chat: Chat, visitor: Visitor) -> None:
    await chat.says("ana", "/book with my mentor")
    await chat.presses("ana", "1")
    await chat.told("sam")
    await visitor.drive("clock", now="2026-11-24T15:00:00Z")  # 10:00 in New York, 16:00 in Berlin: it is over

    assert await chat.told("ana") == dialogue("""
        Your session with Sam Okoye, Tue 24 Nov, 09:00 - 09:45 New York (15:00 - 15:45 Berlin): did it happen? \
Sam is not told what you answer.
        [Yes] [Moved] [No]
    """)
    useful = await chat.presses("ana", "Yes")
    assert useful.words == "How useful was it, from 1 to 5? Admins see averages of 5 people or more only."
    assert useful.buttons == ("1", "2", "3", "4", "5", "Skip")
    following = await chat.presses("ana", "5")
    assert following.words.startswith("Thank you.\nA next step? Write it: step ...\nNext time?\n")
    assert following.buttons[:2] == ("1", "2")
    await chat.says("ana", "step read the board paper")
    await chat.presses("ana", "Both of us")

    asked = await chat.told("sam")
    assert asked.buttons == ("Yes", "Moved", "No")
    assert (await chat.told("sam")).words == (
        "Ana Ruiz wrote a next step for both of you after your session of Tue 24 Nov: read the board paper. Your next "
        "session begins with it."
    )
    await chat.says("ana", "/book with my mentor")
    booked = await chat.presses("ana", "1")
    assert "From last time: read the board paper" in booked.words
    assert "From last time: read the board paper" in (await chat.told("sam")).words
