"""What people set for themselves, said in words and seen in what is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.buttons import token_of
from bot.commands.own import CountCalendar
from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.happening import LinkReady, SessionBooked, SessionSoon
from calendar_core.integration import Trouble
from calendar_core.itinerary import Trip
from calendar_core.people import OFFICE_HOURS, Role, Source, User
from calendar_core.session import Conference
from sandbox.google.account import CLIENT_EMAIL
from tests.calendar_core.scheduling.stage import NOW

from .talking import Talking

NEW_YORK, TOKYO = "America/New_York", "Asia/Tokyo"


async def stored(talk: Talking, user: User) -> User:
    return await talk.stage.store.people.user(user.id)


async def test_a_pause_ends_on_its_day_and_is_seen_by_the_partner_as_not_free(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    paused = await talk.say(sam, "pause until 1 Dec")
    assert paused["text"].splitlines() == [
        "Paused until Tue 1 Dec 2026. Nobody is offered times with you before that day. Planned sessions stay.",
        "[Resume] [Settings]",
    ]
    offered = await talk.say(ana, "book with my mentor")
    assert all((each["start"] or "2026-12-01") >= "2026-12-01" for each in offered["choices"])
    assert "paus" not in offered["text"].lower()
    assert (await talk.press(sam, paused, "Resume"))["text"].startswith("You take sessions again.")
    assert ((await talk.say(ana, "book with my mentor"))["choices"][0]["start"] or "") < "2026-12-01"


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("pause until 1 Dec", date(2026, 12, 1)),
        ("pause till next Monday", date(2026, 11, 23)),
        ("pause for two weeks", date(2026, 12, 6)),
        ("pause for a week", date(2026, 11, 29)),
        ("pause for 3 days", date(2026, 11, 25)),
        ("pause until tomorrow", date(2026, 11, 23)),
        ("settings pause until 3 January", date(2027, 1, 3)),
    ],
)
async def test_a_pause_is_read_from_words(talk: Talking, words: str, until: date) -> None:
    await talk.say(talk.stage.ana, words)
    assert (await stored(talk, talk.stage.ana)).paused_until == until


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("pause", "Until when?"),
        ("pause until the cows come home", "as no day ahead"),
        ("pause until 20 Nov 2026", "as no day ahead"),
        ("pause until 1 Dec 2028", "A pause lasts a year at most"),
    ],
)
async def test_what_is_no_day_pauses_nothing(talk: Talking, words: str, answer: str) -> None:
    assert answer in (await talk.say(talk.stage.ana, words))["text"]
    assert (await stored(talk, talk.stage.ana)).paused_until is None


async def test_a_day_that_may_be_two_is_asked_about(talk: Talking) -> None:
    await talk.stage.drive("clock", now="2026-11-23T09:00:00-05:00")
    asked = await talk.say(talk.stage.ana, "pause until next Friday")
    assert asked["text"].splitlines()[0] == "Which day do you mean by “next Friday”?"
    await talk.press(talk.stage.ana, asked, "2")
    assert (await stored(talk, talk.stage.ana)).paused_until == date(2026, 11, 27)


async def test_hours_are_said_and_bound_what_is_offered(talk: Talking) -> None:
    ana = talk.stage.ana
    said = await talk.say(ana, "hours Mon-Thu 9-12, 13-17; Fri 9am-1pm")
    assert said["text"].splitlines()[0] == (
        "Working hours: Mon-Thu 09:00 - 12:00, 13:00 - 17:00, Fri 09:00 - 13:00, New York time. "
        "Sessions are offered within them."
    )
    assert (await stored(talk, ana)).own.hours_from is Source.PERSON
    await talk.say(ana, "hours Mon-Fri 10-11")
    offered = await talk.say(ana, "book")
    assert {each["start"][11:16] for each in offered["choices"] if each["start"]} <= {"10:00", "10:15"}


async def test_hours_that_are_none_are_refused_with_an_example(talk: Talking) -> None:
    refused = await talk.say(talk.stage.ana, "hours whenever")
    assert "I did not understand “whenever” as working hours, so nothing was changed." in refused["text"]
    assert "hours Mon-Fri 9-17" in refused["text"]
    assert (await stored(talk, talk.stage.ana)).hours == OFFICE_HOURS


async def test_hours_are_taken_from_the_calendar(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "hours Mon-Fri 6-7")
    said = await talk.say(ana, "hours from my calendar")
    assert said["text"].startswith("Working hours: Mon-Fri 09:00 - 17:00, New York time.")
    now = await stored(talk, ana)
    assert (now.hours, now.own.hours_from, now.own.zone_from) == (OFFICE_HOURS, Source.CALENDAR, Source.CALENDAR)


async def test_a_zone_is_said_by_its_city(talk: Talking) -> None:
    ana = talk.stage.ana
    said = await talk.say(ana, "zone Berlin")
    assert said["text"].splitlines()[0] == (
        "Your zone is Berlin. All times are shown, and your hours counted, by its clock."
    )
    assert (await stored(talk, ana)).time_zone == "Europe/Berlin"
    unknown = await talk.say(ana, "zone Atlantis")
    assert unknown["text"].startswith("I know no place called “Atlantis” with a zone of its own")
    assert (await talk.say(ana, "zone"))["text"].startswith("Your zone is Berlin (as you said).")


async def test_what_was_said_stays_when_people_are_imported_again(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "zone Berlin")
    await talk.say(ana, "hours Mon-Fri 8-12")
    again = PersonEnrolled(
        organisation="example.com",
        programme="Leaders 2026",
        role=Role.MENTEE,
        email="ana@example.com",
        name="Ana Ruiz-Vega",
        time_zone="Europe/Madrid",
        hours=OFFICE_HOURS,
    )
    await talk.stage.store.enrolments.apply(Batch((again,)), NOW)
    now = await stored(talk, ana)
    assert (now.name, now.time_zone) == ("Ana Ruiz-Vega", "Europe/Berlin")
    assert now.hours.days[0] == ((480, 720),)


async def test_on_a_trip_hours_times_and_words_go_by_the_clock_there(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(talk.stage.sam, "hours Mon-Fri 8-17")
    said = await talk.say(ana, "travel Tokyo 3-10 Dec")
    assert said["text"].splitlines()[0] == (
        "Tokyo, Thu 3 Dec - Thu 10 Dec. On these days your hours, all times shown to you and reminders "
        "go by the clock there."
    )
    assert (await stored(talk, ana)).own.trips == (Trip(date(2026, 12, 3), date(2026, 12, 10), TOKYO),)
    offered = await talk.say(ana, "book with Sam on 4 Dec 4pm")
    assert "Fri 4 Dec, 16:00 - 16:45 Tokyo" in offered["text"]
    booked = await talk.press(ana, offered, "1")
    assert "Fri 4 Dec 2026, 16:00 - 16:45 Tokyo (08:00 - 08:45 Berlin)" in booked["text"]


async def test_times_at_home_and_away_are_told_apart(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "travel Tokyo 3-10 Dec")
    await talk.say(ana, "hours Mon-Sun 0-24")
    offered = await talk.say(ana, "book with Sam on 2 Dec or 4 Dec")
    assert offered["text"].splitlines()[1].startswith("Times for you and Sam Okoye")
    assert "New York" in offered["text"]
    assert "Tokyo" in offered["text"]


async def test_a_trip_takes_the_place_of_one_on_the_same_days(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "travel Tokyo 3-10 Dec")
    said = await talk.say(ana, "travelling to Berlin from 9 Dec to 12 Dec")
    assert "It takes the place of Tokyo, Thu 3 Dec - Thu 10 Dec." in said["text"]
    assert [each.zone for each in (await stored(talk, ana)).own.trips] == ["Europe/Berlin"]
    assert (await talk.say(ana, "no travel"))["text"].startswith("No trips any more.")
    assert (await stored(talk, ana)).own.trips == ()


async def test_saying_where_one_lives_ends_the_trip_one_is_on(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "travel Tokyo 20-25 Nov 2026")
    said = await talk.say(ana, "zone New York")
    assert "Your days in Tokyo end with that." in said["text"]
    assert (await stored(talk, ana)).own.trips == ()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("travel", "Where, and on which days?"),
        ("travel Atlantis 3-10 Dec", "I know no place at the beginning of “Atlantis 3-10 Dec”"),
        ("travel Tokyo", "On which days are you in Tokyo?"),
        ("travel Tokyo soonish", "On which days are you in Tokyo?"),
        ("travel Tokyo 3 Dec - 3 Sep 2027", "more days than a trip can have"),
    ],
)
async def test_what_is_no_trip_changes_nothing(talk: Talking, words: str, answer: str) -> None:
    assert answer in (await talk.say(talk.stage.ana, words))["text"]
    assert (await stored(talk, talk.stage.ana)).own.trips == ()


@pytest.mark.parametrize(
    "address",
    [
        "http://zoom.example/j/1",
        "javascript:alert(1)",
        "https://user:secret@zoom.example/j",
        "https://localhost/x",
        "https://10.0.0.1/x",
        "https://printer.local/x",
        "https://zoom.example:8443/x",
        "https://zoom.example/\u202egpj.exe",
        "https://zoom.example/a b",
        'https://zoom.example/"><script>',
        "https://zoom",
        "my office",
        "https://zoom.example/" + "x" * 300,
    ],
)
async def test_hostile_rooms_are_refused(talk: Talking, address: str) -> None:
    refused = await talk.say(talk.stage.ana, f"room {address}")
    assert refused["text"].startswith("That is no https address of a room that others could open")
    assert (await stored(talk, talk.stage.ana)).own.room == ""


async def test_a_room_is_kept_and_forgotten(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "settings room <https://zoom.example.com/j/123|my room>")
    assert (await stored(talk, ana)).own.room == "https://zoom.example.com/j/123"
    assert (await talk.say(ana, "room"))["text"].startswith("Your standing room is https://zoom.example.com/j/123.")
    await talk.say(ana, "room off")
    assert (await stored(talk, ana)).own.room == ""


async def test_a_private_event_is_private_in_the_organizers_calendar(talk: Talking) -> None:
    ana = talk.stage.ana
    assert (await talk.say(ana, "private events on"))["text"].startswith("From now on new sessions are marked private")
    await talk.press(ana, await talk.say(ana, "book"), "1")
    await talk.stage.told.hears(talk.stage.sam, SessionBooked)
    (event,) = talk.stage.shown(ana)
    assert event.private


async def test_settings_show_all_of_it_with_the_words(talk: Talking) -> None:
    ana = talk.stage.ana
    await talk.say(ana, "travel Tokyo 3-10 Dec")
    await talk.say(ana, "pause until 1 Dec")
    shown = await talk.say(ana, "settings")
    assert shown["lines"] == [
        "Calendar: Google - Domain, working.",
        "Working hours: Mon-Fri 09:00 - 17:00 (from your programme). hours Mon-Fri 9-17",
        "Zone: New York (from your programme). zone Berlin",
        "Away: Tokyo, Thu 3 Dec - Thu 10 Dec. no travel",
        "Pause: until Tue 1 Dec. resume",
        "Calendars that count: your main one. my calendars",
        "Standing room: none. room https://...",
        "Your sessions' calendar entries: as your calendar usually shows them. private events on",
        "Group message in Slack: none. group confirmations on",
        "After a session: I ask how it was. feedback off",
    ]


async def test_group_confirmations_are_switched_by_words_and_by_a_button(talk: Talking) -> None:
    ana = talk.stage.ana
    shown = await talk.press(ana, await talk.say(ana, "settings"), "Group confirmations on")
    assert shown["text"].startswith("New sessions are confirmed in a group message in Slack, too,")
    assert (await stored(talk, ana)).own.group_confirmations
    assert "if your partner wants it too. group confirmations off" in (await talk.say(ana, "settings"))["text"]
    await talk.say(ana, "group confirmations off")
    assert not (await stored(talk, ana)).own.group_confirmations
    await talk.say(ana, "set group messages on")
    assert (await stored(talk, ana)).own.group_confirmations


async def test_opting_out_stops_look_ups_at_once_and_tells_the_partner_nothing(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    calls = len(talk.stage.sandbox.log.calls)
    said = await talk.say(sam, "do not use my calendar")
    assert said["text"].startswith("Your calendar is not used any more.")
    seen = await talk.say(ana, "book with Sam")
    assert "Sam has not connected a calendar" in seen["text"]
    assert "opted" not in seen["text"]
    assert len(talk.stage.sandbox.log.calls) == calls
    assert (await talk.say(sam, "status"))["text"].startswith("Calendar: not used, as you said.")
    again = await talk.press(sam, said, "Use my calendar")
    assert again["text"].startswith("Your calendar may be used again.")


async def test_no_success_and_no_failure_brings_back_who_has_opted_out(talk: Talking) -> None:
    sam, store = talk.stage.sam, talk.stage.store
    before = await store.integrations.of(sam.id)
    await talk.say(sam, "don't use my calendar")
    opted_out = await store.integrations.of(sam.id)
    await store.integrations.worked(sam.id, talk.core.clock.now())
    await store.integrations.broke(sam.id, Trouble.NOT_ANSWERING, talk.core.clock.now())
    await store.integrations.connected(replace(before))
    assert await store.integrations.of(sam.id) == opted_out
    assert (opted_out.kind, str(opted_out.trouble)) == (None, "opted out")


async def test_reminders_and_notices_of_a_traveller_use_the_clock_there(talk: Talking) -> None:
    sam = talk.stage.sam
    await talk.say(sam, "travel Tokyo 23-27 Nov")
    await talk.say(sam, "hours Mon-Sun 0-24")
    offered = await talk.say(talk.stage.ana, "book with Sam on Wednesday 9am")
    assert "Wed 25 Nov, 09:00 (23:00)" in offered["text"]
    assert "New York time (Tokyo in brackets)." in offered["text"]
    await talk.press(talk.stage.ana, offered, "1")
    sam = await stored(talk, sam)
    told = await talk.told(sam, SessionBooked)
    assert "Wed 25 Nov 2026, 23:00 - 23:45 Tokyo (09:00 New York)" in told["text"]
    await talk.stage.drive("clock", now="2026-11-24T14:01:00+00:00")
    reminded = await talk.told(sam, SessionSoon)
    assert reminded["text"].startswith("Tomorrow: Wed 25 Nov 2026, 23:00 - 23:45 Tokyo (09:00 New York)")


ALL_SCOPES = (
    "calendar.events.owned",
    "calendar.freebusy",
    "calendar.calendars.readonly",
    "calendar.calendarlist.readonly",
)


def may_list(talk: Talking) -> None:
    """As an administrator who has entered the scope for it, too."""
    google = talk.stage.sandbox.google
    google.access.delegate(CLIENT_EMAIL, "example.com", ALL_SCOPES)


async def test_further_calendars_count_once_their_owner_wants_it(talk: Talking) -> None:
    ana, choir = talk.stage.ana, f"c_{'a' * 64}@group.calendar.google.com"
    may_list(talk)
    await talk.stage.drive("calendar", mailbox=ana.email, name="Choir", id=choir)
    await talk.stage.drive("event", mailbox=choir, start="2026-11-24T09:00:00-05:00", end="2026-11-24T17:00:00-05:00")
    free = (await talk.say(ana, "book with Sam on Tuesday"))["choices"]
    shown = await talk.say(ana, "my calendars")
    assert shown["text"].splitlines() == [
        "Your main calendar always counts. Press another of your own to have it count, or not:",
        "1. Choir: does not count",
        "[1]",
    ]
    assert (await talk.press(ana, shown, "1"))["text"].startswith("Choir counts now")
    assert (await stored(talk, ana)).own.calendars == (choir,)
    busy = (await talk.say(ana, "book with Sam on Tuesday"))["choices"]
    assert free[0]["start"] == "2026-11-24T09:00:00-05:00"
    assert not [each for each in busy if each["start"] and each["start"].startswith("2026-11-24")]
    again = await talk.press(ana, await talk.say(ana, "my calendars"), "1")
    assert again["text"].startswith("Choir counts no more.")


async def test_only_calendars_that_one_owns_can_count(talk: Talking) -> None:
    ana = talk.stage.ana
    may_list(talk)
    forged = await talk.token(ana, token_of(CountCalendar("sam@example.com", counts=True)))
    assert forged["text"].startswith("I find no such calendar among your own")
    assert (await stored(talk, ana)).own.calendars == ()


async def test_without_the_permission_it_is_said_and_nothing_breaks(talk: Talking) -> None:
    ana = talk.stage.ana
    assert "I may not see which others you have" in (await talk.say(ana, "my calendars"))["text"]
    assert (await talk.stage.store.integrations.of(ana.id)).usable
    assert (await talk.say(ana, "book"))["kind"] == "SlotsOffered"


async def test_a_room_is_used_where_no_link_can_be_made(talk: Talking) -> None:
    """Decision 4: it is told to both and written into the event; one that comes in time is never replaced."""
    ana, sam, world = talk.stage.ana, talk.stage.sam, talk.stage.sandbox.world
    world.add_mailbox(replace(world.mailboxes[ana.email], conference=False))
    await talk.say(sam, "room https://room.example.com/sam")
    booked = await talk.press(ana, await talk.say(ana, "book with Sam on Tuesday 9am"), "1")
    assert "room.example.com" not in booked["text"]
    await talk.stage.drive("clock", now="2026-11-22T16:20:00+00:00")
    for user in (ana, sam):
        assert "Join: https://room.example.com/sam" in (await talk.told(user, LinkReady))["text"]
    (session,) = await talk.stage.store.sessions.of_match(talk.stage.match.id, 1)
    assert session.conference == Conference(None, "https://room.example.com/sam")


@pytest.mark.parametrize(
    "word", ["hours", "zone", "travel", "room", "private events", "group confirmations", "resume", "unlink"]
)
async def test_what_help_leaves_to_settings_is_told_when_asked_for(talk: Talking, word: str) -> None:
    shown = await talk.say(talk.stage.ana, f"help {word}")
    assert 1 <= len(shown["lines"]) <= 2
    assert shown["lines"][0].startswith(word)
