"""4.9: what is not understood is said, with what can be; and a number that may not be meant is asked about."""

from __future__ import annotations

import pytest

from .chat import Chat, dialogue
from .conftest import WAYS


@pytest.mark.parametrize("way", [*WAYS, "slack, Socket Mode"], indirect=True)
async def test_helo(chat: Chat) -> None:
    assert await chat.says("sam", "helo") == dialogue("""
        I did not understand helo. You can say: book, sessions, status, connect, privacy, pause, help; \
            or in your words: book next Friday morning.
        [Help]
    """)
    helped = await chat.presses("sam", "Help")
    assert helped.words.startswith("You can say:\n- book: times that fit you and your match;")


async def test_a_number_after_something_else(chat: Chat) -> None:
    await chat.says("ana", "/book with my mentor")
    await chat.says("ana", "help")

    assert await chat.says("ana", "2") == dialogue("""
        Something came in between. Do you mean 2, Wed 25 Nov, 10:00?
        [Yes, Wed 25 Nov, 10:00]
    """)
    assert (await chat.presses("ana", "Yes, Wed 25 Nov, 10:00")).words.startswith("Booked. Wed 25 Nov 2026, 10:00")
