"""The main story beyond its words, which tests/scenarios/dialogues tell: the answers as data, and twice is once."""

from __future__ import annotations

from .talking import Talking


async def test_a_choice_has_a_whole_name_and_its_time(talk: Talking) -> None:
    ana = talk.stage.ana
    offered = await talk.say(ana, "/book with my mentor")
    assert offered["kind"] == "SlotsOffered"
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
    assert booked["join"]


async def test_both_calendars_of_a_week(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.stage.busy(ana, "2026-11-24T11:30", "2026-11-24T13:00")
    await talk.stage.busy(sam, "2026-11-24T17:00", "2026-11-24T17:30")
    offered = await talk.say(ana, "book with my mentor")
    shown = await talk.press(ana, offered, "See both calendars")
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


async def test_what_was_read_is_data_too(talk: Talking) -> None:
    offered = await talk.say(talk.stage.ana, "/book with Sam next Friday morning 30 min")
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


async def test_the_same_button_twice_books_once(talk: Talking) -> None:
    ana = talk.stage.ana
    offered = await talk.say(ana, "book")
    first = await talk.press(ana, offered, "1")
    again = await talk.press(ana, offered, "1")
    assert again["text"] == first["text"]
    assert len(talk.stage.shown(ana)) == 1
