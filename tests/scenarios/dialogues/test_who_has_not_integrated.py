"""4.6: Priya asks who has not integrated, and why; others are told nothing."""

from __future__ import annotations

from dataclasses import replace

from tests.visiting import Visitor

from .chat import Chat, dialogue

ASKED = "/pairtime admin who hasn't integrated their calendar?"


async def test_priya_asks_and_others_are_told_nothing(chat: Chat) -> None:
    assert await chat.says("priya", ASKED) == dialogue(f"""
        Leaders 2026: 131 people, 119 working (Google - Domain 60, Google - Individual 1, Outlook - Domain 57, \
            Outlook - Individual 1). Not working: 12.
        1. Tom Vance, mentee: Outlook - Individual, access withdrawn 23 Oct; reachable in {chat.name}
        2. Dmitri Hansen, mentor: not connected, never connected; reachable in the console
        3. Ingrid Bauer, mentor: not connected, never connected; reachable in the console
        Showing 3 of 12; 10 matches have one side missing.
        [Next] [CSV] [More]
    """)
    assert await chat.presses("priya", "Next") == dialogue(f"""
        Leaders 2026: 131 people, 119 working (Google - Domain 60, Google - Individual 1, Outlook - Domain 57, \
            Outlook - Individual 1). Not working: 12.
        1. Klara Dubois, mentee: not connected, never connected; reachable in the console
        2. Lea Brandt, mentor: not connected, never connected; reachable in {chat.name}
        3. Mei Vargas, mentee: not connected, never connected; reachable in the console
        Showing 4 to 6 of 12; 10 matches have one side missing.
        [Next] [CSV] [More]
    """)

    assert await chat.presses("priya", "More") == dialogue("""
        There is more to see of Leaders 2026, 131 people. How one of them is connected: type status of and a name. \
            One kind alone: admin integrations and its name.
        [Everybody] [Not connected] [Health]
    """)
    taken = await chat.says("priya", "/pairtime admin integrations csv")
    assert taken.words.startswith(
        "The calendar status of everybody in Leaders 2026, 131 people, as a file for you alone."
    )
    assert taken.files == (() if chat.name == "Teams" else ("pairtime-statuses-2026-11-22.csv",)), "Teams asks first"

    for who in ("ana", "sam"):
        assert await chat.says(who, ASKED) == dialogue("""
            That needs the programme-admin role. Your contact: help@example.com.
            [Contact]
        """)


async def test_one_person(chat: Chat, visitor: Visitor) -> None:
    assert await chat.says("priya", "/pairtime status of Tom") == dialogue(f"""
        Tom Vance, mentee: Outlook - Individual, not working since Fri 23 Oct: access withdrawn. \
            They can repair it themselves (reachable in {chat.name}). Checked Sun 22 Nov, 11:02.
        [Check now]
    """)
    refused = await chat.presses("priya", "Check now")
    assert refused.words.startswith(
        "Asked Microsoft at 11:02: refused, access withdrawn. Tom Vance, mentee: Outlook - Individual, not working "
        "since Fri 23 Oct: access withdrawn."
    )
    await chat.says("priya", "/pairtime status of Sam")
    assert (await chat.presses("priya", "Check now")).words.startswith("Asked Microsoft at 11:02: answered.")


async def test_what_only_it_can_repair_is_said_so(chat: Chat, visitor: Visitor) -> None:
    sam = visitor.stage.sandbox.world.mailboxes["sam@example.com"]
    visitor.stage.sandbox.world.add_mailbox(replace(sam, has_calendar=False))
    await chat.says("priya", "/pairtime status of Sam")
    assert await chat.presses("priya", "Check now") == dialogue("""
        Asked Microsoft at 11:02: refused, no cloud mailbox. Sam Okoye, mentor: Outlook - Domain, not working since \
            Sun 22 Nov: no cloud mailbox. IT must repair it.
        [Check now]
    """)
    assert await chat.says("priya", ASKED) == dialogue(f"""
        Leaders 2026: 131 people, 118 working (Google - Domain 60, Google - Individual 1, Outlook - Domain 56, \
            Outlook - Individual 1). Not working: 13.
        1. Sam Okoye, mentor: Outlook - Domain, no cloud mailbox (IT must repair); reachable in {chat.name}
        2. Tom Vance, mentee: Outlook - Individual, access withdrawn 23 Oct; reachable in {chat.name}
        3. Dmitri Hansen, mentor: not connected, never connected; reachable in the console
        Showing 3 of 13; 11 matches have one side missing.
        [Next] [CSV] [More]
    """)


async def test_only_the_operator_can_switch_free_busy_only_on(chat: Chat) -> None:
    assert await chat.says("priya", "/pairtime admin free/busy only") == dialogue("""
        Only the operator can switch this on. It removes links and moving from Outlook.
        [Send the request]
    """)
    assert await chat.presses("priya", "Send the request") == dialogue("""
        Sent. The operator finds your request for Free/Busy Only of example.com in the installation's status.
    """)
