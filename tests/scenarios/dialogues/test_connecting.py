"""4.4: Ines connects her own calendar: from the chat through Microsoft's page and back, and lets go of it again."""

from __future__ import annotations

import pytest

from sandbox.login.directory import CLIENT_ID, TENANT
from tests.signing_in import browser, nobody_signed_in
from tests.visiting import Visitor

from .chat import Chat, Seen, dialogue
from .conftest import WAYS

WHICH = dialogue("""
    Which calendar?
    [Google Calendar] [Outlook / Microsoft 365]
""")
MICROSOFT_WILL_ASK = dialogue("""
    Microsoft will ask to read and change your calendar. I use that to see when you are free and for our sessions \
        only. Your matches see free or busy, never titles. The link is for you alone; it works once, for 10 minutes.
    [Privacy] [Continue to Microsoft]
""")
CONNECTED = dialogue("""
    Connected: Outlook - Individual (ines@example.com), Berlin time, Mon-Fri 09:00 - 17:00 (from Outlook).
    [Change hours] [Calendars] [Disconnect]
""")


@pytest.fixture
async def unconnected(visitor: Visitor) -> Visitor:
    """Gil and Ines, whom no domain covers, have no calendar connected."""
    return await nobody_signed_in(visitor)


async def ines_connects(chat: Chat, visitor: Visitor) -> Seen:
    """Through Microsoft's page and back; what the chat says then."""
    await chat.says("ines", "connect")
    asked = await chat.presses("ines", "Outlook / Microsoft 365")
    async with browser(visitor) as hers:
        page = await hers.open(asked.links["Continue to Microsoft"])
        done = await hers.sign_in(page, "ines@example.com", "Microsoft")
    assert done.title == "Your calendar is connected"
    return await chat.told("ines")


@pytest.mark.parametrize("way", [*WAYS, "slack, Socket Mode"], indirect=True)
async def test_ines_connects(chat: Chat, unconnected: Visitor) -> None:
    assert await chat.says("ines", "connect") == WHICH
    asked = await chat.presses("ines", "Outlook / Microsoft 365")
    assert asked == MICROSOFT_WILL_ASK

    async with browser(unconnected) as hers:
        page = await hers.open(asked.links["Continue to Microsoft"])
        assert "This page connects the calendar of" in page.text
        assert "Ines Falk ines@example.com" in page.text
        done = await hers.sign_in(page, "ines@example.com", "Microsoft")
    assert done.title == "Your calendar is connected"

    assert await chat.told("ines") == CONNECTED
    assert (await chat.says("ines", "status")).words.startswith("Calendar: Outlook - Individual, working")


async def test_in_another_browser_a_code_completes_it(chat: Chat, unconnected: Visitor) -> None:
    await chat.says("ines", "connect")
    asked = await chat.presses("ines", "Outlook / Microsoft 365")
    async with browser(unconnected) as hers, browser(unconnected) as another:
        onward = await hers.press(await hers.open(asked.links["Continue to Microsoft"]), "Continue at Microsoft")
        shown = await another.back(await another.decide(onward, "ines@example.com"))
    assert shown.title == "Type this code in your chat"

    assert await chat.says("ines", shown.code) == CONNECTED


async def test_a_domain_covers_it_already(chat: Chat) -> None:
    assert await chat.says("sam", "connect") == dialogue("""
        Nothing to do: your organisation connected your calendar (Outlook - Domain).
    """)


async def test_an_administrator_must_approve_first(chat: Chat, unconnected: Visitor) -> None:
    directory = unconnected.stage.sandbox.entra.directory
    directory.delegated.set_policy(TENANT, people_decide=False)
    directory.delegated.withdraw_all(CLIENT_ID, TENANT, ["ines@example.com"])  # she had allowed it once
    await chat.says("ines", "connect")
    asked = await chat.presses("ines", "Outlook / Microsoft 365")
    async with browser(unconnected) as hers:
        page = await hers.open(asked.links["Continue to Microsoft"])
        refused = await hers.sign_in(page, "ines@example.com", "Microsoft", decision="return")
    assert "An administrator of your organisation must approve Pairtime first." in refused.text

    assert await chat.told("ines") == dialogue("""
        An administrator must approve first.
        [Ask Priya] [Copy text for IT]
    """)
    assert await chat.presses("ines", "Ask Priya") == dialogue("""
        Priya was told that you need it. I cannot do more until your IT has approved; then say connect.
        [Copy text for IT]
    """)
    assert await chat.told("priya") == dialogue("""
        Ines Falk cannot connect their calendar: an administrator of their Microsoft must approve Pairtime first. \
            The text for IT says what to do.
        [Copy text for IT]
    """)
    text = await chat.presses("priya", "Copy text for IT")
    assert "/organizations/adminconsent?client_id=" in text.words


async def test_it_broke_later(chat: Chat, visitor: Visitor) -> None:
    await visitor.drive("clock", now="2026-11-23T10:00:00Z")  # Monday: Gil may be told at once
    visitor.stage.sandbox.world.revoke("gil@example.com")
    await chat.says("ines", "/book with my mentee")

    assert await chat.told("gil") == dialogue("""
        Your Google connection stopped working on 23 Nov (access was withdrawn). Until you reconnect I cannot see \
            when you are free, so others are asked to confirm with you.
        [Reconnect] [Tomorrow] [Stop asking]
    """)
    assert await chat.presses("gil", "Tomorrow") == dialogue("""
        All right, I ask again tomorrow.
    """)
    reconnecting = await chat.presses("gil", "Reconnect")
    assert reconnecting.links.keys() == {"Continue to Google"}


async def test_disconnecting(chat: Chat) -> None:
    await chat.says("gil", "/book with my mentor")
    for number in ("1", "2"):
        await chat.says("gil", "/book with my mentor")
        await chat.presses("gil", number)

    assert await chat.says("gil", "disconnect") == dialogue("""
        Disconnect? Your 2 future sessions stay in your calendar; changes there will not reach me.
        [Disconnect] [Keep]
    """)
    assert await chat.presses("gil", "Disconnect") == dialogue("""
        Disconnected. I no longer look at your calendar; what you had allowed me is being withdrawn and deleted.
        [Connect my calendar]
    """)
