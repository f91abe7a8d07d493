"""4.1, Free/Busy Only: Mia and Theo are invited by mail, and are told what that means."""

from __future__ import annotations

import pytest

from tests.visiting import Visitor

from .chat import Chat, dialogue

MIA, THEO = "mia@example.org", "theo@example.org"


@pytest.fixture
def workspace() -> str:
    """Theirs."""
    return "example.org"


async def test_an_invitation_is_sent_and_a_link_added(chat: Chat, visitor: Visitor) -> None:
    assert await chat.says(MIA, "/book with my mentor") == dialogue("""
        Times for you and Theo Marchetti, 45 min. Paris time.
        1. Tue 24 Nov, 10:45
        2. Wed 25 Nov, 09:00
        3. Fri 4 Dec, 10:30
        Checked 17:02. Each of you sees only free or busy.
        [1] [2] [3] [See both calendars] [More]
    """)
    assert await chat.presses(MIA, "1") == dialogue("""
        Invitation sent: Tue 24 Nov, 10:45 - 11:30 Paris, with Theo.
        Please accept it in your mail.
        It has no meeting link.
        If you cannot make it, tell me; changes made in Outlook do not move it.
        Reminders: the day before and 15 min before.
        [Add a link] [Cannot make it]
    """)
    assert await chat.told(THEO) == dialogue("""
        Mia Castel booked a session with you: Tue 24 Nov 2026, 10:45 - 11:30 Rome. \
            The invitation comes by mail; please accept it there.
        It has no meeting link.
        If you cannot make it, tell me; changes made in Outlook do not move it.
        [Add a link] [Cannot make it]
    """)
    for who in (MIA, THEO):
        (letter,) = await visitor.gets(who, 1)
        assert letter["invitation"] is not None

    assert (await chat.presses(MIA, "Add a link")).words.startswith("Send me the link for ")
    added = await chat.says(MIA, "add link https://video.example.org/room")
    assert added.words.startswith("Link added to ")
    assert "https://video.example.org/room" in (await chat.told(THEO)).words
