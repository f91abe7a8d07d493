"""The main story, word by word: a mentee books with her mentor."""

from __future__ import annotations

from calendar_core.happening import SessionBooked, SessionDeclined

from .talking import Talking


async def test_ana_books_with_her_mentor_and_sam_is_told(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    offered = await talk.say(ana, "/book with my mentor")
    assert offered["kind"] == "SlotsOffered"
    assert offered["text"].splitlines() == [
        "Times for you and Sam Okoye, 45 min, Google Meet. New York time (Berlin in brackets).",
        "1. Tue 24 Nov, 09:00 (15:00)",
        "2. Wed 25 Nov, 09:00 (15:00)",
        "3. Tue 1 Dec, 09:00 (15:00)",
        "Checked 11:02. Each of you sees only free or busy.",
        "[1] [2] [3] [See both calendars] [More]",
    ]
    assert offered["choices"][0] == {
        "label": "1",
        "name": "Book Tue 24 Nov, 09:00",
        "token": offered["choices"][0]["token"],
        "start": "2026-11-24T09:00:00-05:00",
        "end": "2026-11-24T09:45:00-05:00",
        "url": None,
    }

    booked = await talk.say(ana, "1")
    assert booked["kind"] == "SessionShown"
    link = booked["join"]
    assert link is not None
    assert link.startswith("https://meet.google.com/")
    assert booked["text"].splitlines() == [
        "Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam Okoye.",
        f"Join: {link}. It is in both calendars; you are the organizer.",
        "Reminders: the day before and 15 min before.",
    ]

    told = await talk.told(sam, SessionBooked)
    assert told["text"].splitlines() == [
        (
            "Ana Ruiz booked a session with you: Tue 24 Nov 2026, 15:00 - 15:45 Berlin (09:00 New York). "
            "The link is in your calendar."
        ),
        "[Looks good] [Cannot make it]",
    ]
    good = await talk.press(sam, told, "Looks good")
    assert good["text"] == "Accepted: Tue 24 Nov, 15:00 Berlin (09:00 New York) with Ana."


async def test_both_calendars_are_shown_as_text_and_a_time_is_booked_from_there(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.busy(ana, "2026-11-24T11:30", "2026-11-24T13:00")
    await talk.stage.busy(sam, "2026-11-24T17:00", "2026-11-24T17:30")
    offered = await talk.say(ana, "book with my mentor")
    shown = await talk.press(ana, offered, "See both calendars")
    assert shown["text"].splitlines() == [
        (
            "Tue 24 Nov, New York time (Berlin in brackets). You: busy 11:30 - 13:00, otherwise free 09:00 - 17:00. "
            "Sam: free 09:00 - 11:00 (15:00 - 17:00), otherwise not free. Both free: 09:00 - 11:00."
        ),
        "[Day] [Week] [Book 09:00] [Next]",
    ]
    week = await talk.press(ana, shown, "Week")
    assert [line.split(".")[0] for line in week["text"].splitlines()[:-1]][1:] == [
        "Wed 25 Nov",
        "Thu 26 Nov",
        "Fri 27 Nov",
        "Sat 28 Nov",
        "Sun 29 Nov",
        "Mon 30 Nov",
    ]
    booked = await talk.press(ana, shown, "Book 09:00")
    assert booked["text"].startswith("Booked. Tue 24 Nov 2026, 09:00")


async def test_what_was_read_is_said_before_the_list(talk: Talking) -> None:
    offered = await talk.say(talk.stage.ana, "/book with Sam next Friday morning 30 min")
    assert offered["text"].startswith(
        "I read: Sam Okoye, Fri 27 Nov, 08:00 - 12:00 New York, 30 min.\n"
        "Times for you and Sam Okoye, 30 min, Google Meet."
    )
    assert offered["read"] == {
        "partner": "Sam Okoye",
        "windows": [["2026-11-27T08:00:00-05:00", "2026-11-27T12:00:00-05:00"]],
        "minutes": 30,
    }


async def test_what_is_ambiguous_is_asked_and_a_number_answers(talk: Talking) -> None:
    ana = talk.stage.ana
    asked = await talk.say(ana, "book with Sam on Tuesday at 10")
    assert asked["kind"] == "Question"
    assert asked["text"].splitlines() == [
        "Which do you mean by “at 10”?",
        "1. Tue 24 Nov, 10:00 - 10:45 New York",
        "2. Tue 24 Nov, 22:00 - 22:45 New York",
        "[1] [2]",
    ]
    offered = await talk.say(ana, "1")
    assert offered["text"].splitlines()[2] == "1. Tue 24 Nov, 10:00 (16:00)"


async def test_a_mentor_books_the_same_way_and_gets_a_link_of_the_organizers_suite(talk: Talking) -> None:
    sam = talk.stage.sam
    offered = await talk.say(sam, "book with my mentee")
    assert "Berlin time (New York in brackets)" in offered["text"]
    assert offered["choices"][1]["start"] == "2026-11-25T15:00:00+01:00"
    booked = await talk.press(sam, offered, "2")
    assert booked["text"].splitlines()[0] == (
        "Booked. Wed 25 Nov 2026, 15:00 - 15:45 Berlin (09:00 - 09:45 New York), with Ana Ruiz."
    )
    (event,) = talk.stage.shown(sam)
    assert event.organizer.email == "sam@example.com"
    assert event.conference is not None
    assert booked["join"] == event.conference.url


async def test_a_declined_session_is_told_and_another_time_offered(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    offered = await talk.say(ana, "book")
    await talk.press(ana, offered, "1")
    told = await talk.told(sam, SessionBooked)
    declined = await talk.press(sam, told, "Cannot make it")
    assert declined["text"].startswith("Noted: you cannot make Tue 24 Nov, 15:00 Berlin (09:00 New York). Ana was told")
    heard = await talk.told(ana, SessionDeclined)
    assert heard["text"].startswith("Sam declined Tue 24 Nov, 09:00 New York (15:00 Berlin). It is not cancelled yet.")
    again = await talk.press(ana, heard, "Find another time")
    assert again["kind"] == "SlotsOffered"


async def test_a_taken_slot_is_said_with_the_nearest_and_nothing_is_booked(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    offered = await talk.say(ana, "book")
    await talk.stage.busy(sam, "2026-11-24T15:00", "2026-11-24T15:30")
    refused = await talk.press(ana, offered, "1")
    assert refused["kind"] == "Refused"
    assert refused["text"].splitlines()[0] == (
        "Tuesday 09:00 was just taken; nothing was booked. Nearest that fit both:"
    )
    assert refused["text"].splitlines()[1].startswith("1. Tue 24 Nov, 09:45 New York (15:45 Berlin)")
    assert talk.stage.shown(ana) == []
    booked = await talk.say(ana, "1")
    assert booked["text"].startswith("Booked. Tue 24 Nov 2026, 09:45")


async def test_the_same_button_twice_books_once(talk: Talking) -> None:
    ana = talk.stage.ana
    offered = await talk.say(ana, "book")
    first = await talk.press(ana, offered, "1")
    again = await talk.press(ana, offered, "1")
    assert again["text"] == first["text"]
    assert len(talk.stage.shown(ana)) == 1
