"""4.3, as far as its commands exist: Sam cannot make it, and Ana learns that nothing is cancelled by that."""

from __future__ import annotations

from .chat import Chat, dialogue


async def test_sam_declines(chat: Chat) -> None:
    await chat.says("ana", "/book with my mentor")
    await chat.presses("ana", "1")
    await chat.told("sam")

    assert await chat.presses("sam", "Cannot make it") == dialogue("""
        Noted: you cannot make Tue 24 Nov, 15:00 Berlin (09:00 New York). Ana was told; it is not cancelled yet.
        [Find another time]
    """)
    assert await chat.told("ana") == dialogue("""
        Sam declined Tue 24 Nov, 09:00 New York (15:00 Berlin). It is not cancelled yet.
        [Find another time]
    """)
    for who in ("ana", "sam"):
        assert " (needs a new time). This month: 0 held, 0 planned." in (await chat.says(who, "status")).words
    others = await chat.presses("ana", "Find another time")
    assert others.words.startswith("I read: Sam Okoye, 45 min.\nTimes for you and Sam Okoye, 45 min, Google Meet.")

    assert await chat.presses("sam", "Looks good") == dialogue("""
        Accepted: Tue 24 Nov, 15:00 Berlin (09:00 New York) stands again. Ana was told.
    """)
    assert await chat.told("ana") == dialogue("""
        Sam can make Tue 24 Nov, 09:00 New York (15:00 Berlin) after all: it stands.
    """)
