"""Mia and Theo, of whom only free/busy may be seen: invited by mail, with no link but one that they give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from adapters.cli.playing import Stage
from calendar_core.integration import IntegrationKind
from calendar_core.interval import Interval
from tests.calendar_core.invitation.libical import Libical, Read
from tests.calendar_core.invitation.test_two_readers import by_ical
from tests.faults.couples import ORGANISATION, Suites, settled
from tests.visiting import Visitor

MIA, THEO, MAILBOX = "mia@example.org", "theo@example.org", "sessions@example.com"
OWN_ADDRESS = re.compile(r"sessions\+[a-z2-7]{24}@example\.com")
SLOT = re.compile(r"Invitation sent: (\w+ \d+ \w+), (\d\d:\d\d - \d\d:\d\d) Paris, with Theo\.")


async def booked(visitor: Visitor) -> str:
    offered = await visitor.say(MIA, "book with my mentor")
    assert offered["text"].startswith("Times for you and Theo Marchetti, 45 min. Paris time.")
    reply = await visitor.press(MIA, offered, "1")
    found = SLOT.match(reply["text"])
    assert found, reply["text"]
    assert "Please accept it in your mail.\nIt has no meeting link.\n" in reply["text"]
    assert "changes made in Outlook do not move it" in reply["text"]
    assert [choice["label"] for choice in reply["choices"]] == ["Add a link", "Cannot make it"]
    assert "http" not in reply["text"]
    return f"{found[1]} 2026, {found[2]}"


async def test_both_are_invited_by_mail_and_see_it_in_outlook(visitor: Visitor) -> None:
    when = await booked(visitor)
    told = await visitor.hears(THEO, "Mia Castel booked a session with you")
    assert "The invitation comes by mail; please accept it there." in told["text"]
    assert "It has no meeting link." in told["text"]
    (to_mia,), (to_theo,) = await visitor.letters(MIA), await visitor.letters(THEO)
    assert to_mia["subject"] == f"Invitation: {when} Paris, with Theo Marchetti"
    for letter, address in ((to_mia, MIA), (to_theo, THEO)):
        assert letter["to"] == address
        assert OWN_ADDRESS.fullmatch(letter["from"])
        assert letter["invitation"] is not None
        assert (letter["invitation"]["method"], letter["invitation"]["sequence"]) == ("REQUEST", 0)
        assert letter["invitation"]["organizer"] == letter["from"]
        assert letter["invitation"]["link"] is None
        assert "It has no meeting link." in letter["text"]
        assert "http" not in letter["text"]
    assert to_mia["from"] != to_theo["from"], "each answers to an address that only they were given"
    for who, letter in ((MIA, to_mia), (THEO, to_theo)):
        (copy,) = await visitor.events(who)
        assert (copy["organizer"], copy["busy"], copy["conference"]) == (letter["from"], True, None)
        assert {each["email"] for each in copy["attendees"]} == {MIA, THEO}
        assert copy["uid"] == to_mia["invitation"]["uid"] if to_mia["invitation"] else False


def calendar_files(visitor: Visitor, who: str, number: int) -> Iterator[bytes]:
    """The calendar among that letter's alternatives, and the one that is attached. Letters count from 1."""
    letter = visitor.stage.sandbox.mail.post.letters(who)[number - 1]
    for part in letter.message.walk():
        if part.get_content_type() in ("text/calendar", "application/ics"):
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            yield payload


async def test_the_mail_of_a_booked_session_opens_alike_in_two_calendar_programs(
    visitor: Visitor, libical: Libical
) -> None:
    await booked(visitor)
    application = visitor.stage.application
    (mia,) = await application.store.people.at_address(MIA)
    ahead = Interval.lasting(application.clock.now(), 60 * 24 * 60)
    (session,) = await application.store.sessions.of_user(mia.id, ahead)
    assert session.event_id is not None
    events = application.scheduling.booking.calendars.by_mail(mia)
    later = Interval.lasting(session.when.start + timedelta(days=1), 45)

    async def opened(number: int) -> Read:
        """That letter, which says the same to both of them, in either program."""
        read = []
        for who in (MIA, THEO):
            await visitor.gets(who, number)
            files = list(calendar_files(visitor, who, number))
            assert files
            for data in files:
                assert libical.read(data) == by_ical(data)
                read.append(by_ical(data))
        first, *others = read
        assert all(
            (each.method, each.uid, each.sequence, each.start, each.end, each.status)
            == (first.method, first.uid, first.sequence, first.start, first.end, first.status)
            for each in others
        )
        return first

    def says(method: str, sequence: int, when: Interval) -> tuple[object, ...]:
        return method, session.event_uid, sequence, when.start, when.end

    def said(read: Read) -> tuple[object, ...]:
        return read.method, read.uid, read.sequence, read.start, read.end

    assert said(await opened(1)) == says("REQUEST", 0, session.when)
    await events.move(session.event_id, later, "UTC")
    assert said(await opened(2)) == says("REQUEST", 1, later)
    await application.scheduling.cancelling.cancel(mia, session.uid)
    assert said(await opened(3)) == says("CANCEL", 2, later)


async def test_nothing_but_get_schedule_is_ever_asked_of_microsoft(tmp_path: Path) -> None:
    """Of the whole of Graph, from the first moment of a world in which everybody is in Free/Busy Only."""
    async with settled(tmp_path, [Suites("microsoft", "microsoft")]) as hamlet:
        application, (couple,) = hamlet.application, hamlet.couples
        switching, probing = application.switching, application.connecting.probing
        assert await switching.switch(await switching.plan(ORGANISATION, on=True), by="root", convert=False)
        visitor = Visitor(hamlet.http, Stage("", hamlet.sandbox, application))
        mentee, mentor = couple.mentee.email, couple.mentor.email
        for user in (couple.mentee, couple.mentor):
            assert await probing.look_at(user) is None
            assert (await application.store.integrations.of(user.id)).kind is IntegrationKind.OUTLOOK_FREE_BUSY_ONLY
        booked = await visitor.press(mentee, await visitor.say(mentee, "book with my mentor"), "1")
        assert "nvitation" in booked["text"]
        await visitor.say(mentee, "calendars")
        await visitor.say(mentor, "my calendars")
        await visitor.say(mentee, "add link https://video.example.org/room")
        await visitor.press(mentor, await visitor.hears(mentor, "booked a session with you"), "Cannot make it")
        (session,) = await application.store.sessions.of_match(couple.match.id, 5)
        await application.scheduling.cancelling.cancel(couple.mentee, session.uid)
        organisation = await application.store.people.organisation(couple.mentor.organisation)
        await application.examining.mailbox(organisation, IntegrationKind.OUTLOOK_FREE_BUSY_ONLY, mentor)
        calls = hamlet.sandbox.log.of(vendor="graph")
    assert {(call.operation, call.mailbox) for call in calls} == {("getSchedule", mentee), ("getSchedule", mentor)}


async def test_a_link_that_is_given_reaches_the_other_by_chat_and_both_by_mail(visitor: Visitor) -> None:
    url = "https://video.example.org/room?a=1;b,2"
    offered = await visitor.say(MIA, "book with my mentor")
    asked = await visitor.press(MIA, await visitor.press(MIA, offered, "1"), "Add a link")
    assert "for example: add link https://..." in asked["text"]
    added = await visitor.say(MIA, f"add link {url}")
    assert added["text"].startswith("Link added to ")
    assert url in added["text"]
    assert url in (await visitor.hears(THEO, "The meeting link for"))["text"]
    for who in (MIA, THEO):
        first, second = await visitor.gets(who, 2)
        assert second["invitation"] is not None
        assert (second["invitation"]["sequence"], second["invitation"]["link"]) == (0, url)
        assert second["after"] == first["message_id"] != second["message_id"]
        assert second["subject"].startswith("Changed: ")
    again = await visitor.say(THEO, "add link https://video.example.org/other")
    assert "https://video.example.org/other" in again["text"], "what a person gave, a person can change"


async def test_a_standing_room_is_where_they_meet(visitor: Visitor) -> None:
    people = visitor.stage.application.store.people
    (theo,) = await people.at_address(THEO)
    await people.update(replace(theo, own=replace(theo.own, room="https://video.example.org/theo")))
    offered = await visitor.say(MIA, "book with my mentor")
    reply = await visitor.press(MIA, offered, "1")
    assert "Join: https://video.example.org/theo" in reply["text"]
    assert "no meeting link" not in reply["text"]
    assert [choice["label"] for choice in reply["choices"]] == ["Cannot make it"]
    (letter,) = await visitor.gets(THEO, 1)
    assert letter["invitation"] is not None
    assert letter["invitation"]["link"] == "https://video.example.org/theo"
    assert "Join: https://video.example.org/theo" in letter["text"]


async def test_a_typed_link_goes_to_the_session_that_is_meant(visitor: Visitor) -> None:
    await visitor.press(MIA, await visitor.say(MIA, "book with my mentor"), "1")
    reply = await visitor.press(MIA, await visitor.say(MIA, "book with my mentor"), "2")
    asked = await visitor.press(MIA, reply, "Add a link")
    assert "for example: add link 2 https://..." in asked["text"]
    which = await visitor.say(MIA, "https://video.example.org/room")
    assert which["text"].startswith("You have 2 sessions without a link: 1. ")
    added = await visitor.say(MIA, "add link 2 <https://video.example.org/room|video.example.org>")
    assert added["text"].startswith("Link added to ")
    left = await visitor.say(MIA, "add link")
    assert "for example: add link https://..." in left["text"], "one is left"


async def test_a_mail_server_that_does_not_take_it_is_said_and_tried_again(visitor: Visitor) -> None:
    await visitor.drive("faults", kind="status", vendor="smtp", operation="rcpt", status=451, times=0)
    offered = await visitor.say(MIA, "book with my mentor")
    reply = await visitor.press(MIA, offered, "1")
    assert reply["text"].startswith("Booked: ")
    assert "The invitation is not sent yet, because the mail server does not take it; I keep trying." in reply["text"]
    assert "Please accept" not in reply["text"]
    await visitor.drive("faults/clear")
    await visitor.drive("clock", jump_seconds=60)
    for who in (MIA, THEO):
        await visitor.gets(who, 1)


async def test_an_address_that_is_refused_is_said_to_both(visitor: Visitor) -> None:
    await visitor.drive("faults", kind="status", vendor="smtp", operation="rcpt", status=550, mailbox=THEO, times=0)
    offered = await visitor.say(MIA, "book with my mentor")
    reply = await visitor.press(MIA, offered, "1")
    assert "The mail server of Theo refuses the invitation to " in reply["text"]
    assert "Invitation sent" not in reply["text"]
    await visitor.hears(MIA, "please tell Theo to enter it")
    await visitor.hears(THEO, "Your mail server refuses the invitation to ")
    assert (len(await visitor.letters(MIA)), len(await visitor.letters(THEO))) == (1, 0)


async def test_answers_go_back_by_mail_and_change_no_time(visitor: Visitor) -> None:
    await booked(visitor)
    await visitor.gets(THEO, 1)
    (event,) = await visitor.events(THEO)
    before = (await visitor.say(MIA, "sessions"))["text"]
    theirs = {"mailbox": THEO, "uid": event["uid"]}
    await visitor.drive("accept", **theirs)
    await visitor.drive("counter", **theirs, start="2026-12-01T09:00:00Z", end="2026-12-01T09:45:00Z")
    methods = [
        letter["invitation"]["method"]
        for letter in await visitor.letters("sessions@example.com")
        if letter["invitation"]
    ]
    assert methods == ["REPLY", "COUNTER"]
    (event,) = await visitor.events(THEO)
    assert {"email": THEO, "response": "accepted"} in event["attendees"]
    assert (await visitor.say(MIA, "sessions"))["text"] == before


async def test_what_is_no_link_is_refused(visitor: Visitor) -> None:
    assert (await visitor.say(MIA, "add link https://video.example.org/room"))["text"].startswith(
        "None of your planned"
    )
    await booked(visitor)
    for bad in (
        "http://video.example.org/x",
        "https://127.0.0.1/x",
        "https://a:b@video.example.org/",
        "https://localhost/x",
    ):
        refused = await visitor.say(MIA, f"add link {bad}")
        assert refused["kind"] == "Refused", bad
        assert "That is no link I can add." in refused["text"]
    assert len(await visitor.letters(MIA)) == 1


async def test_who_cannot_make_it_says_so_here(visitor: Visitor) -> None:
    offered = await visitor.say(MIA, "book with my mentor")
    reply = await visitor.press(MIA, offered, "1")
    declined = await visitor.press(MIA, reply, "Cannot make it")
    assert "Noted: you cannot make" in declined["text"]
    await visitor.hears(THEO, "Mia declined")
