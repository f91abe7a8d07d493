"""4.1, variants: what Ana reads when she asks in words, has two mentors, is too quick, too late, or nothing fits."""

from __future__ import annotations

from datetime import date

from calendar_core.people import WeeklyHours
from tests.visiting import Visitor

from .chat import Chat, dialogue
from .world import end_programme, set_hours

SAM_IS_BUSY = (  # but for half an hour on Friday, and while Ana does not work yet on Monday
    ("2026-11-22T00:00:00Z", "2026-11-27T14:20:00Z"),
    ("2026-11-27T15:10:00Z", "2026-11-30T12:50:00Z"),
    ("2026-11-30T13:55:00Z", "2026-12-07T00:00:00Z"),
)
NIGHTS = WeeklyHours(days=(((0, 3 * 60),),) * 7)


async def test_in_words(chat: Chat) -> None:
    assert await chat.says("ana", "/book with Sam next Friday morning 30 min") == dialogue("""
        I read: Sam Okoye, Fri 27 Nov, 08:00 - 12:00 New York, 30 min.
        Times for you and Sam Okoye, 30 min, Google Meet. New York time (Berlin in brackets).
        1. Fri 27 Nov, 09:30 (15:30)
        2. Fri 27 Nov, 10:00 (16:00)
        3. Fri 27 Nov, 10:30 (16:30)
        Checked 11:02. Each of you sees only free or busy.
        [1] [2] [3] [See both calendars] [More]
    """)

    # not understood
    assert await chat.says("ana", "/book with Sam on Friday at noonish") == dialogue("""
        I read: Sam Okoye, Fri 27 Nov.
        I did not understand “noonish”. Please say when in other words, for example “next Friday morning” \
            or “27 Nov 15:00”.
    """)

    # too soon for the programme's notice
    assert await chat.says("ana", "/book with Sam tomorrow 09:00") == dialogue("""
        I read: Sam Okoye, Mon 23 Nov, 09:00 - 09:45 New York.
        The programme asks for 24 hours' notice; the first time you can book is Mon 23 Nov, 11:15. \
            Looking 2 weeks ahead: 25 times.
        [Look 2 weeks ahead] [Ask Sam] [Why?]
    """)


async def test_with_which_of_two_mentors(chat: Chat) -> None:
    assert await chat.says("kai", "/book with my mentor 30 min") == dialogue("""
        I read: 30 min.
        You have two matches. With whom?
        1. Milan Okafor (Leaders 2026)
        2. Anton Silva (Leaders 2026)
        [1] [2]
    """)
    assert (await chat.says("kai", "2")).words.startswith(
        "I read: Anton Silva, 30 min.\nTimes for you and Anton Silva, 30 min"
    )


async def test_a_time_that_was_taken_meanwhile(chat: Chat, visitor: Visitor) -> None:
    await chat.says("ana", "/book with my mentor")
    await visitor.drive("event", mailbox="sam@example.com", start="2026-11-24T14:00:00Z", end="2026-11-24T14:20:00Z")

    assert await chat.presses("ana", "1") == dialogue("""
        Tuesday 09:00 was just taken; nothing was booked. Nearest that fit both:
        1. Tue 24 Nov, 09:30 New York (15:30 Berlin)
        2. Tue 24 Nov, 10:00 (16:00)
        3. Wed 25 Nov, 10:00 (16:00)
        [1] [2] [3] [Find times]
    """)
    assert await visitor.events("ana") == []
    assert (await chat.says("ana", "1")).words.startswith("Booked. Tue 24 Nov 2026, 09:30 - 10:15 New York")


async def test_nothing_fits(chat: Chat, visitor: Visitor) -> None:
    for start, end in SAM_IS_BUSY:
        await visitor.drive("event", mailbox="sam@example.com", start=start, end=end)

    assert await chat.says("ana", "/book with my mentor") == dialogue("""
        Nothing fits both of you in the next 14 days. 30 min instead of 45: 1 time. From 08:00 your time: 1 time. \
            Looking 4 weeks ahead: 26 times. Thu 26 Nov is left out (Thanksgiving).
        [Use 30 min] [From 08:00] [Look 4 weeks ahead] [Include it] [Ask Sam] [Why?]
    """)
    why = await chat.presses("ana", "Why?")
    assert why.words.startswith("Of ")
    assert "not free for both" in why.words
    assert (await chat.presses("ana", "Use 30 min")).words.splitlines()[:3] == [
        "I read: Sam Okoye, 30 min.",
        "Times for you and Sam Okoye, 30 min, Google Meet. New York time (Berlin in brackets).",
        "1. Fri 27 Nov, 09:30 (15:30)",
    ]
    await chat.says("ana", "/book with my mentor")
    assert "1. Mon 30 Nov, 08:00 (14:00)" in (await chat.presses("ana", "From 08:00")).words
    assert (await chat.presses("ana", "1")).words.startswith("Booked. Mon 30 Nov 2026, 08:00 - 08:45 New York")


async def test_no_common_working_hours(chat: Chat, visitor: Visitor) -> None:
    await set_hours(visitor.stage, "sam", NIGHTS)

    assert await chat.says("ana", "/book with my mentor") == dialogue("""
        Your working hours and Sam's have no time in common, so nothing can fit. Until 19:00 your time: 18 times. \
            Thu 26 Nov is left out (Thanksgiving).
        [Until 19:00] [Look 60 days ahead] [Include it] [Ask Sam] [Why?]
    """)


async def test_why_these(chat: Chat, visitor: Visitor) -> None:
    await chat.says("ana", "/book with my mentor")
    await chat.presses("ana", "1")
    await chat.says("ana", "feedback off")  # nothing comes in between
    await visitor.drive("clock", now="2026-11-24T15:00:00Z")  # that session was early for her, and is over
    await chat.says("ana", "/book with my mentor")
    await chat.presses("ana", "More")

    assert await chat.presses("ana", "Why these") == dialogue("""
        The soonest both are free, spread over days; last time was early for you, so later ones come first.
        [Other times]
    """)


async def test_outside_the_programmes_dates(chat: Chat, visitor: Visitor) -> None:
    await end_programme(visitor.stage, date(2026, 10, 30), "Leaders 2025")

    assert await chat.says("ana", "/book with my mentor") == dialogue("""
        Your programme Leaders 2025 ended on 30 Oct, so new sessions are closed. Your contact: help@example.com.
        [Past sessions] [Contact]
    """)
    assert (await chat.presses("ana", "Past sessions")).words == "You have no past sessions."
