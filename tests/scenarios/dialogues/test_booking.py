"""4.1: Ana books with her mentor. She reads what both calendars allow, presses once, and Sam is told."""

from __future__ import annotations

import pytest

from tests.visiting import Visitor

from .chat import Chat, dialogue
from .conftest import SLACK_ON_POSTGRES, WAYS

OFFERED = dialogue("""
    Times for you and Sam Okoye, 45 min, Google Meet. New York time (Berlin in brackets).
    1. Tue 24 Nov, 09:00 (15:00)
    2. Wed 25 Nov, 10:00 (16:00)
    3. Tue 1 Dec, 09:00 (15:00)
    Checked 11:02. Each of you sees only free or busy.
    [1] [2] [3] [See both calendars] [More]
""")
SAM_IS_TOLD = dialogue("""
    Ana Ruiz booked a session with you: Tue 24 Nov 2026, 15:00 - 15:45 Berlin (09:00 New York). \
        The link is in your calendar.
    [Looks good] [Cannot make it]
""")


@pytest.mark.parametrize("way", [*WAYS, "slack, Socket Mode", SLACK_ON_POSTGRES], indirect=True)
async def test_ana_books_and_sam_is_told(chat: Chat) -> None:
    assert await chat.says("ana", "/book with my mentor") == OFFERED

    booked = await chat.says("ana", "1")
    assert booked.link.startswith("https://meet.google.com/")
    assert booked == dialogue(f"""
        Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam Okoye.
        Join: {booked.link}. It is in both calendars; you are the organizer.
        Reminders: the day before and 15 min before.
    """)

    assert await chat.told("sam") == SAM_IS_TOLD
    assert await chat.presses("sam", "Looks good") == dialogue("""
        Accepted: Tue 24 Nov, 15:00 Berlin (09:00 New York) with Ana.
    """)


async def test_ana_sees_both_calendars_first(chat: Chat) -> None:
    await chat.says("ana", "/book with my mentor")

    both = await chat.presses("ana", "See both calendars")
    assert both == dialogue("""
        Tue 24 Nov, New York time (Berlin in brackets). You: busy 11:30 - 13:00, otherwise free 09:00 - 17:00. \
            Sam: free 09:00 - 11:00 (15:00 - 17:00), otherwise not free. Both free: 09:00 - 11:00.
        [Day] [Week] [Book 09:00] [Next]
    """)
    assert both.files == ("picture",)

    booked = await chat.presses("ana", "Book 09:00")
    assert booked.words.startswith("Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York")
    assert await chat.told("sam") == SAM_IS_TOLD


async def test_the_link_is_late(chat: Chat, visitor: Visitor) -> None:
    await visitor.drive("conference", suite="google", pending_answers=2)
    await chat.says("ana", "/book with my mentor")

    assert await chat.presses("ana", "1") == dialogue("""
        Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam Okoye.
        The meeting link is not ready yet; I will post it here within a few minutes.
        It is in both calendars; you are the organizer.
        Reminders: the day before and 15 min before.
    """)
    assert await chat.told("sam") == dialogue("""
        Ana Ruiz booked a session with you: Tue 24 Nov 2026, 15:00 - 15:45 Berlin (09:00 New York). \
            The meeting link comes within a few minutes.
        [Looks good] [Cannot make it]
    """)

    await visitor.drive("clock", jump_seconds=310)
    ready = await chat.told("ana")
    assert ready == dialogue(f"""
        The meeting link for Tue 24 Nov, 09:00 New York (15:00 Berlin) with Sam Okoye is ready.
        Join: {ready.link}
    """)
