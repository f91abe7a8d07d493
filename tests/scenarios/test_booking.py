"""The main story: a mentee books with her mentor, or he with her, and both calendars have it."""

from __future__ import annotations

from tests.visiting import Visitor

SESSION = ("2026-11-24T14:00:00+00:00", "2026-11-24T14:45:00+00:00")


async def test_the_mentee_books_and_both_calendars_have_it(visitor: Visitor) -> None:
    booked = await visitor.press("ana", await visitor.say("ana", "/book with my mentor"), "1")
    (anas,) = await visitor.events("ana")
    (sams,) = await visitor.events("sam")
    assert anas["uid"] == sams["uid"]
    for copy in (anas, sams):
        assert (copy["start"], copy["end"]) == SESSION
        assert copy["organizer"] == "ana@example.com"
        assert "sam@example.com" in [attendee["email"] for attendee in copy["attendees"]]
        assert copy["busy"]
        assert copy["conference"] is not None
        assert copy["conference"]["kind"] == "Meet"
        assert copy["conference"]["url"] in booked["text"]
    assert booked["text"].startswith(
        "Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam Okoye.\n"
        "Join: https://meet.google.com/"
    )
    assert (
        "It is in both calendars; you are the organizer.\nReminders: the day before and 15 min before."
        in (booked["text"])
    )


async def test_the_mentor_books_and_it_is_a_teams_session_of_his(visitor: Visitor) -> None:
    offered = await visitor.say("sam", "book with my mentee")
    assert offered["text"].startswith("Times for you and Ana Ruiz, 45 min, Microsoft Teams. Berlin time")
    await visitor.say("sam", "1")
    (anas,) = await visitor.events("ana")
    (sams,) = await visitor.events("sam")
    for copy in (anas, sams):
        assert (copy["start"], copy["end"]) == SESSION
        assert copy["organizer"] == "sam@example.com"
        assert "ana@example.com" in [attendee["email"] for attendee in copy["attendees"]]
        assert copy["busy"]
        assert copy["conference"] is not None
        assert copy["conference"]["kind"] == "Teams"
    await visitor.hears("ana", "Sam Okoye booked a session with you: Tue 24 Nov 2026, 09:00 - 09:45 New York")


async def test_the_partner_answers_and_the_organizers_calendar_shows_it(visitor: Visitor) -> None:
    await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "1")
    told = await visitor.hears("sam", "booked a session with you")
    await visitor.press("sam", told, "Looks good")
    (anas,) = await visitor.events("ana")
    assert {"email": "sam@example.com", "response": "accepted"} in anas["attendees"]


async def test_a_second_press_books_no_second_session(visitor: Visitor) -> None:
    offered = await visitor.say("ana", "book with my mentor")
    first = await visitor.press("ana", offered, "1")
    second = await visitor.press("ana", offered, "1")
    assert len(await visitor.events("ana")) == 1
    assert first["text"] == second["text"]


async def test_both_calendars_are_shown_to_the_minute(visitor: Visitor) -> None:
    shown = await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "See both calendars")
    assert shown["text"].startswith(
        "Tue 24 Nov, New York time (Berlin in brackets). You: busy 11:30 - 13:00, otherwise free 09:00 - 17:00. "
        "Sam: free 09:00 - 11:00 (15:00 - 17:00), otherwise not free. Both free: 09:00 - 11:00."
    )
    await visitor.drive(
        "event", mailbox="sam@example.com", start="2026-11-24T14:07:00Z", end="2026-11-24T14:52:00Z", title="Dentist"
    )
    again = await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "See both calendars")
    assert "Dentist" not in again["text"]
    day = await visitor.say("ana", "calendars tuesday")
    assert "free 09:00 - 09:07 (15:00 - 15:07), 09:52 - 11:00 (15:52 - 17:00)" in day["text"]


async def test_reminders_come_when_the_clock_does(visitor: Visitor) -> None:
    await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "1")
    await visitor.drive("clock", now="2026-11-23T14:00:01Z")
    await visitor.hears("ana", "Tomorrow: Tue 24 Nov")
    await visitor.drive("clock", now="2026-11-24T13:45:01Z")
    await visitor.hears("sam", "In 15 minutes: your session with Ana")
