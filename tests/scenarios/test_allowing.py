"""What Google is asked for beside the least that works: wanted first, asked then, and nothing lost without it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from calendar_core.providers.google.scopes import CALENDAR_LIST, CALENDARS, EVENTS, FREE_BUSY
from tests.signing_in import browser, connect, link_in
from tests.visiting import Reply, Visitor

from .test_covered_by_domain import person

GIL = "gil@example.com"


def lines(reply: Reply) -> list[str]:
    return reply["text"].splitlines()


async def scopes(visitor: Visitor) -> set[str]:
    """Those that Gil's consent left us."""
    known = await visitor.stage.application.store.credentials.of((await person(visitor, "gil")).id)
    assert known is not None
    return set(known.scopes)


async def allow(visitor: Visitor, asked: Reply, *ticked: str) -> str:
    """[Allow it], Google's page, and back: the boxes on that page, and which of them are ticked there."""
    reply = await visitor.press("gil", asked, "Allow it")
    async with browser(visitor) as mine:
        page = await mine.open(link_in(reply))
        onward = await mine.press(page, "Continue at Google")
        done = await mine.back(await mine.decide(onward, GIL, ticked=ticked or None))
    assert done.title == "Your calendar is connected"
    assert set(parse_qs(urlsplit(onward.onward).query)["scope"][0].split()) >= {EVENTS, FREE_BUSY}
    return page.text


async def test_further_calendars_are_asked_for_when_somebody_wants_them(visitor: Visitor) -> None:
    await visitor.drive("calendar", mailbox=GIL, name="Choir")
    assert CALENDAR_LIST not in await scopes(visitor)
    asked = await visitor.say("gil", "my calendars")
    assert lines(asked) == [
        "Your main calendar counts. Which others you have I may not see yet; you can allow it if more are to count.",
        "[Allow it]",
    ]
    offered = await visitor.press("gil", asked, "Allow it")
    assert lines(offered)[:2] == [
        (
            "Google will ask whether I may see the list of your calendars. I use it to let you choose which of your "
            "own count; nobody else sees their names. Leave it unticked, and everything else goes on as it is. "
            "The link is for you alone; it works once, for 10 minutes."
        ),
        "[Privacy] [Continue to Google]",
    ]
    page = await allow(visitor, asked)
    assert "It asks to see which calendars you have, so that you can choose which of them count." in page
    assert (await scopes(visitor)) >= {EVENTS, FREE_BUSY, CALENDAR_LIST}
    await visitor.hears("gil", "Connected: Google - Individual (gil@example.com)")
    listed = await visitor.say("gil", "my calendars")
    assert "Choir" in listed["text"]
    counted = await visitor.press("gil", listed, next(each["label"] for each in listed["choices"]))
    assert counted["text"].startswith("Choir counts now")


async def test_what_was_not_ticked_is_said_and_costs_nothing(visitor: Visitor) -> None:
    await visitor.drive("calendar", mailbox=GIL, name="Choir")
    await allow(visitor, await visitor.say("gil", "my calendars"), EVENTS, FREE_BUSY)
    told = await visitor.hears("gil", "You did not allow me to see which other calendars you have")
    assert lines(told)[0].startswith("Connected: Google - Individual (gil@example.com)")
    assert "so your main one alone counts. Everything else works." in lines(told)[0]
    assert lines(await visitor.say("gil", "my calendars"))[1] == "[Allow it]"
    assert (await visitor.say("ines", "book with my mentee"))["kind"] == "SlotsOffered"


async def test_working_hours_are_asked_for_when_somebody_wants_them_from_there(visitor: Visitor) -> None:
    hours = {"name": "Gil Mora", "suite": "google", "time_zone": "Europe/Madrid", "days": [0, 1, 2, 3], "apart": True}
    await visitor.drive("mailbox", address=GIL, day_start=510, day_end=990, **hours)
    await visitor.say("gil", "hours Mon-Fri 10-18")
    asked = await visitor.say("gil", "hours from my calendar")
    assert lines(asked)[0].startswith(
        "I may not read your working hours in your calendar yet, so nothing was changed. You can allow it."
    )
    page = await allow(visitor, asked)
    assert "It asks to read your working hours and your time zone." in page
    told = await visitor.hears("gil", "Connected:")
    assert lines(told)[0] == (
        "Connected: Google - Individual (gil@example.com), Madrid time, Mon-Thu 08:30 - 16:30 (from Google)."
    )
    await visitor.say("gil", "hours Mon-Fri 10-18")
    assert "Mon-Thu 08:30 - 16:30" in (await visitor.say("gil", "hours from my calendar"))["text"]


async def test_hours_that_were_not_ticked_stay_as_they_are(visitor: Visitor) -> None:
    await visitor.say("gil", "hours Mon-Fri 10-18")
    await allow(visitor, await visitor.say("gil", "hours from my calendar"), EVENTS, FREE_BUSY)
    told = await visitor.hears("gil", "You did not allow me to read your working hours")
    assert "Mon-Fri 10:00 - 18:00" in told["text"]


async def test_what_was_allowed_once_is_asked_for_again_with_every_new_consent(visitor: Visitor) -> None:
    await allow(visitor, await visitor.say("gil", "my calendars"))
    await visitor.drive("consent/withdraw", mailbox=GIL)
    await visitor.drive("clock", jump_seconds=3700)
    await connect(visitor, "gil", "reconnect google", "Google")
    found = await scopes(visitor)
    assert CALENDAR_LIST in found
    assert CALENDARS not in found


@pytest.mark.parametrize("who", ["ana", "ines", "lea"])
@pytest.mark.parametrize("words", ["allow my calendars", "allow my hours"])
async def test_nobody_else_is_offered_what_is_not_theirs_to_allow(visitor: Visitor, who: str, words: str) -> None:
    said = await visitor.say(who, words)
    assert lines(said)[0].startswith("There is nothing for you to allow")
    assert [each for each in said["choices"] if each["url"]] == []


async def test_the_same_in_words(visitor: Visitor) -> None:
    for words, what in (("allow my calendars", "list of your calendars"), ("allow my working hours", "settings")):
        assert f"Google will ask whether I may see the {what}" in lines(await visitor.say("gil", words))[0]


async def test_by_a_code_from_another_browser_the_answer_says_what_was_not_ticked(visitor: Visitor) -> None:
    asked = await visitor.press("gil", await visitor.say("gil", "my calendars"), "Allow it")
    async with browser(visitor) as mine, browser(visitor) as another:
        onward = await mine.press(await mine.open(link_in(asked)), "Continue at Google")
        shown = await another.back(await mine.decide(onward, GIL, ticked=[EVENTS, FREE_BUSY]))
        said = await visitor.say("gil", shown.code)
    assert lines(said)[0].startswith("Connected: Google - Individual (gil@example.com)")
    assert "You did not allow me to see which other calendars you have" in lines(said)[0]
