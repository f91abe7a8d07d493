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


async def test_before_she_goes_she_reads_who_will_see_what(chat: Chat, unconnected: Visitor) -> None:
    del unconnected
    await chat.says("ines", "connect")
    await chat.presses("ines", "Outlook / Microsoft 365")
    privacy = await chat.presses("ines", "Privacy")
    assert "Never: your free times, agenda, notes, own ratings." in privacy.words
    assert privacy.buttons == ("Download my data", "Delete my data")


async def test_another_account_is_used_where_its_domain_is_allowed(chat: Chat, unconnected: Visitor) -> None:
    other = "gil.mora@example.net"
    await chat.says("gil", "connect")
    asked = await chat.presses("gil", "Google Calendar")
    async with browser(unconnected) as his:
        page = await his.open(asked.links["Continue to Google"])
        wrong = await his.sign_in(page, other, "Google")
        assert f"You signed in as {other}, but your programme knows gil@example.com." in wrong.text
        assert wrong.buttons == ["Sign in again", f"Use {other}"]
        coded = await his.press(wrong, f"Use {other}")

    connected = await chat.says("gil", coded.code)
    assert connected.words.startswith(f"Connected: Google - Individual ({other}), ")
    assert connected.buttons == ("Change hours", "Calendars", "Disconnect")


async def test_signing_in_again_by_the_known_account(chat: Chat, unconnected: Visitor) -> None:
    await chat.says("gil", "connect")
    asked = await chat.presses("gil", "Google Calendar")
    async with browser(unconnected) as his:
        page = await his.open(asked.links["Continue to Google"])
        wrong = await his.sign_in(page, "gil.mora@example.net", "Google")
        onward = await his.press(wrong, "Sign in again")
        done = await his.back(await his.decide(onward, "gil@example.com"))
    assert done.title == "Your calendar is connected"

    assert (await chat.told("gil")).words.startswith("Connected: Google - Individual (gil@example.com), ")


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


async def test_it_broke_and_is_not_to_be_spoken_of(chat: Chat, visitor: Visitor) -> None:
    await visitor.drive("clock", now="2026-11-23T10:00:00Z")
    visitor.stage.sandbox.world.revoke("gil@example.com")
    await chat.says("ines", "/book with my mentee")
    await chat.told("gil")

    assert await chat.presses("gil", "Stop asking") == dialogue("""
        All right, I do not ask again. Until you reconnect, others are asked to confirm with you.
    """)


async def test_keeping_it_connected(chat: Chat) -> None:
    await chat.says("gil", "disconnect")
    assert await chat.presses("gil", "Keep") == dialogue("""
        Your calendar is connected already: Google - Individual (gil@example.com).
        [Connect another account] [Disconnect]
    """)
    assert (await chat.says("gil", "status")).words.startswith("Calendar: Google - Individual, working")


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
