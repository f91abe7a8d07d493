"""4.5: what Sam reads of his own calendar, of what is next, and of who was shown his times."""

from __future__ import annotations

from tests.visiting import Visitor

from .chat import Chat, dialogue


async def test_status(chat: Chat) -> None:
    assert await chat.says("sam", "status") == dialogue("""
        Calendar: Outlook - Domain, working, checked 17:02. Mon-Fri 09:00 - 17:00 Berlin. \
            10 min around sessions, 24 h notice.
        Nothing is planned. This month: 0 held, 0 planned.
        [Find times] [Settings]
    """)

    await chat.says("ana", "/book with my mentor")
    booked = await chat.presses("ana", "1")
    await chat.told("sam")

    status = await chat.says("sam", "status")
    assert status == dialogue(f"""
        Calendar: Outlook - Domain, working, checked 17:02. Mon-Fri 09:00 - 17:00 Berlin. \
            10 min around sessions, 24 h notice.
        Next: Tue 24 Nov, 15:00 with Ana Ruiz. This month: 0 held, 1 planned.
        Join: {booked.link}
        [Settings]
    """)
    assert status.links == {"Join": booked.link}


async def test_privacy(chat: Chat) -> None:
    assert (await chat.says("sam", "privacy")).words.startswith("In the last 90 days nobody was shown your free times.")

    await chat.says("ana", "/book with my mentor")

    assert await chat.says("sam", "privacy") == dialogue("""
        Last 90 days: Ana Ruiz (your mentee) was shown your free times on 1 day, for 22 Nov - 6 Dec. Nobody else was.
        Admins can see: connected or not and why; sessions planned, held, cancelled, moved, missed. \
            Never: your free times, agenda, notes, own ratings.
        [Download my data] [Delete my data]
    """)


async def test_deleting_one_s_data(chat: Chat, visitor: Visitor) -> None:
    await chat.says("uma", "privacy")
    assert await chat.presses("uma", "Delete my data") == dialogue("""
        Delete everything about you? Your name, address, settings, receipts, messages, calendar connection and links \
            to chats are deleted; you leave every programme, and nobody here knows you afterwards. \
            Nothing has to stay. It cannot be undone.
        [Delete everything] [Keep my data]
    """)
    assert await chat.presses("uma", "Delete everything") == dialogue("""
        Deleted. I know nothing of you any more. If your programme enrols you again, you begin anew.
    """)
