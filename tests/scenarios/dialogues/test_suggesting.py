"""4.1, S14: Sam is sent times to choose from. He picks one, offers others, or says not now."""

from __future__ import annotations

from tests.visiting import Visitor

from .chat import Chat, dialogue
from .world import change_rules

SUGGESTED = dialogue("""
    Ana Ruiz would like 45 min with you. Times when Ana is free:
    1. Tue 24 Nov, 15:00 Berlin (09:00 New York)
    2. Wed 25 Nov, 16:00 (10:00)
    3. Tue 1 Dec, 15:00 (09:00)
    Press one to book it.
    [1] [2] [3] [Offer other times] [Not now]
""")


async def ana_asks_sam(chat: Chat) -> None:
    await chat.says("ana", "/book with my mentor")
    assert await chat.presses("ana", "More") == dialogue("""
        What would you like to change?
        [Other times] [Take 30 min] [Take 60 min] [Why these] [Ask Sam]
    """)
    assert await chat.presses("ana", "Ask Sam") == dialogue("""
        Asked Sam: Tue 24 Nov, 09:00, Wed 25 Nov, 10:00 or Tue 1 Dec, 09:00 (New York time). \
            Nothing is booked until Sam picks one.
    """)
    assert await chat.told("sam") == SUGGESTED


async def test_sam_picks_one_of_three(chat: Chat) -> None:
    await ana_asks_sam(chat)

    booked = await chat.says("sam", "2")
    assert booked == dialogue(f"""
        Booked. Wed 25 Nov 2026, 16:00 - 16:45 Berlin (10:00 - 10:45 New York), with Ana Ruiz.
        Join: {booked.link}. It is in both calendars; Ana is the organizer.
        Reminders: the day before and 15 min before.
    """)

    assert await chat.told("ana") == dialogue(f"""
        Sam Okoye picked Wed 25 Nov 2026, 10:00 - 10:45 New York (16:00 - 16:45 Berlin): it is booked.
        Join: {booked.link}. It is in both calendars; you are the organizer.
        [Cannot make it]
    """)


async def test_sam_offers_other_times_and_ana_picks(chat: Chat) -> None:
    await ana_asks_sam(chat)

    assert await chat.presses("sam", "Offer other times") == dialogue("""
        Choose up to three to offer Ana, 45 min. Berlin time (New York in brackets).
        1. Tue 24 Nov, 15:15 (09:15)
        2. Wed 25 Nov, 16:15 (10:15)
        3. Fri 27 Nov, 15:30 (09:30)
        4. Mon 30 Nov, 16:00 (10:00)
        5. Tue 1 Dec, 15:15 (09:15)
        [1] [2] [3] [4] [5] [Not now]
    """)
    await chat.presses("sam", "2")
    await chat.presses("sam", "1")
    assert await chat.presses("sam", "Send") == dialogue("""
        Offered Ana: Tue 24 Nov, 15:15 or Wed 25 Nov, 16:15 (Berlin time). Nothing is booked until Ana picks one.
    """)

    assert await chat.told("ana") == dialogue("""
        Sam Okoye offers other times, 45 min. Times when Sam is free:
        1. Tue 24 Nov, 09:15 New York (15:15 Berlin)
        2. Wed 25 Nov, 10:15 (16:15)
        Press one to book it.
        [1] [2] [Offer other times] [Not now]
    """)
    booked = await chat.presses("ana", "1")
    assert booked.words.startswith("Booked. ")
    assert (await chat.told("sam")).words.startswith("Ana Ruiz booked a session with you: Tue 24 Nov 2026, 15:15")


async def test_not_now(chat: Chat) -> None:
    await ana_asks_sam(chat)

    assert await chat.presses("sam", "Not now") == dialogue("""
        All right, not now. Ana was told.
    """)
    assert await chat.told("ana") == dialogue("""
        Sam cannot do a session now. You can ask again later.
        [Find times]
    """)
    assert (await chat.presses("sam", "1")).words.startswith("That request is closed")


async def test_where_sam_approves_first_ana_s_choice_is_sent_to_him(chat: Chat, visitor: Visitor) -> None:
    await change_rules(visitor.stage, approval=True)

    assert await chat.says("ana", "/book with my mentor") == dialogue("""
        Times for you and Sam Okoye, 45 min, Google Meet. New York time (Berlin in brackets).
        1. Tue 24 Nov, 09:00 (15:00)
        2. Wed 25 Nov, 10:00 (16:00)
        3. Tue 1 Dec, 09:00 (15:00)
        Checked 11:02. Each of you sees only free or busy. Sam approves sessions first: press one and I ask.
        [1] [2] [3] [See both calendars] [More]
    """)
    assert await chat.presses("ana", "1") == dialogue("""
        Asked Sam: Tue 24 Nov, 09:00 (New York time). Nothing is booked until Sam picks one.
    """)

    assert await chat.told("sam") == dialogue("""
        Ana Ruiz would like 45 min with you. Times when Ana is free:
        1. Tue 24 Nov, 15:00 Berlin (09:00 New York)
        Press one to book it.
        [1] [Offer other times] [Not now]
    """)
    assert (await chat.presses("sam", "1")).words.startswith("Booked. Tue 24 Nov 2026, 15:00 - 15:45 Berlin")
