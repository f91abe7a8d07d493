"""Connecting one's own calendar, from the chat through the vendor's page and back, over HTTP (dialogue 4.4)."""

from __future__ import annotations

import pytest

from tests.signing_in import browser, connect, link_in, nobody_signed_in
from tests.visiting import Reply, Visitor

VENDORS = [("gil", "google", "Google"), ("ines", "outlook", "Microsoft")]
KIND = {"gil": "Google - Individual", "ines": "Outlook - Individual"}


@pytest.fixture
async def visitor(visitor: Visitor) -> Visitor:
    """Somebody in a demo in which nobody is connected by an own consent yet."""
    return await nobody_signed_in(visitor)


def lines(reply: Reply) -> list[str]:
    return reply["text"].splitlines()


async def test_a_pair_connects_books_and_both_calendars_have_it(visitor: Visitor) -> None:
    alone = await visitor.say("gil", "book with my mentor")
    assert lines(alone) == [
        "Neither calendar is connected, so these are plain times; I do not know who is free.",
        "[Plain times] [Connect my calendar]",
    ]
    await connect(visitor, "gil", "connect google", "Google")
    half = await visitor.say("ines", "book with my mentee")
    assert lines(half) == [
        "You have not connected a calendar. I can ask Gil to offer times, or you connect first.",
        "[Ask Gil] [Connect]",
    ]
    assert lines(await visitor.press("ines", half, "Connect"))[0] == "Which calendar?"
    await connect(visitor, "ines", "connect outlook", "Microsoft")
    offered = await visitor.say("gil", "book with my mentor")
    assert offered["kind"] == "SlotsOffered"
    booked = await visitor.press("gil", offered, "1")
    assert booked["text"].startswith("Booked.")
    (his,), (hers,) = [await visitor.events(who) for who in ("gil", "ines")]
    assert (his["organizer"], his["start"][:16]) == ("gil@example.com", hers["start"][:16])


@pytest.mark.parametrize(("who", "words", "vendor"), VENDORS)
async def test_disconnecting_withdraws_and_deletes_what_was_allowed(
    visitor: Visitor, who: str, words: str, vendor: str
) -> None:
    await connect(visitor, who, f"connect {words}", vendor)
    store = visitor.stage.application.store
    (user,) = await store.people.at_address(f"{who}@example.com")
    assert await store.credentials.of(user.id) is not None
    asked = await visitor.say(who, "disconnect")
    assert lines(asked) == [
        "Disconnect? You have no future sessions; I will no longer see when you are free.",
        "[Disconnect] [Keep]",
    ]
    kept = await visitor.press(who, asked, "Keep")
    assert kept["text"].startswith(f"Your calendar is connected already: {KIND[who]} ({who}@example.com).")
    said = await visitor.press(who, asked, "Disconnect")
    assert said["text"].startswith("Disconnected.")
    assert (await visitor.say(who, "status"))["text"].startswith("Calendar: not connected (never connected).")
    await visitor.until(lambda: store.credentials.of(user.id), None)
    again = await visitor.say(who, "disconnect")
    assert again["text"].startswith("There is no calendar of yours that you connected")


async def test_a_connection_that_broke_is_said_and_repaired_by_one_press(visitor: Visitor) -> None:
    await connect(visitor, "gil", "connect google", "Google")
    await connect(visitor, "ines", "connect outlook", "Microsoft")
    await visitor.drive("revoke", mailbox="gil@example.com")
    broken = await visitor.say("gil", "book")
    assert lines(broken) == [
        (
            "Your Google connection stopped working on 22 Nov (access was withdrawn). Until you reconnect I cannot "
            "see when you are free, so others are asked to confirm with you."
        ),
        "[Reconnect] [Ask Ines]",
    ]
    status = await visitor.say("gil", "status")
    assert status["text"].startswith("Calendar: Google - Individual, not working: access withdrawn.")
    await visitor.drive("restore", mailbox="gil@example.com")
    again = await visitor.press("gil", status, "Reconnect")
    async with browser(visitor) as mine:
        done = await mine.sign_in(await mine.open(link_in(again)), "gil@example.com", "Google")
    assert done.title == "Your calendar is connected"
    await visitor.hears("gil", "Connected: Google - Individual")
    assert (await visitor.say("gil", "book"))["kind"] == "SlotsOffered"


async def test_reconnect_goes_straight_to_the_same_vendor(visitor: Visitor) -> None:
    await connect(visitor, "gil", "connect google", "Google")
    already = await visitor.say("gil", "connect")
    assert lines(already) == [
        "Your calendar is connected already: Google - Individual (gil@example.com).",
        "[Connect another account] [Disconnect]",
    ]
    assert link_in(await visitor.say("gil", "reconnect")).partition("?")[0].endswith("/connect/google")


async def test_working_hours_are_taken_over_from_outlook_but_not_over_ones_own(visitor: Visitor) -> None:
    hours = {"name": "Ines Falk", "suite": "microsoft", "time_zone": "Europe/London", "days": [0, 1, 2, 3]}
    await visitor.drive("mailbox", address="ines@example.com", day_start=510, day_end=990, **hours)
    told = await connect(visitor, "ines", "connect outlook", "Microsoft")
    assert lines(told)[0] == (
        "Connected: Outlook - Individual (ines@example.com), London time, Mon-Thu 08:30 - 16:30 (from Outlook)."
    )


async def test_the_terminal_prints_the_link(visitor: Visitor) -> None:
    asked = await visitor.say("gil", "/pairtime connect my google calendar")
    assert lines(asked)[-1].startswith(f"Continue to Google: {visitor.stage.url}/connect/google?link=")
