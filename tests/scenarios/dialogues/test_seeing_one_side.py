"""4.1, variants: only one of the two is connected, or neither, or one does not answer; and two who are no pair."""

from __future__ import annotations

from tests.visiting import Visitor

from .chat import Chat, dialogue


async def test_the_partner_is_not_connected(chat: Chat, visitor: Visitor) -> None:
    assert await chat.says("dora", "/book with my mentor") == dialogue("""
        Lea has not connected a calendar, so I can see only your free times. I can ask Lea to pick one of three.
        [Ask Lea] [Show my free times]
    """)
    assert await chat.presses("dora", "Ask Lea") == dialogue("""
        Asked Lea: Tue 24 Nov, 09:00, Wed 25 Nov, 09:00 or Tue 1 Dec, 09:00 (Vienna time). \
            Nothing is booked until Lea picks one.
    """)
    assert await chat.told("lea") == dialogue("""
        Dora Lindt would like 45 min with you. Times when Dora is free:
        1. Tue 24 Nov, 09:00 Zurich
        2. Wed 25 Nov, 09:00
        3. Tue 1 Dec, 09:00
        Press one to book it.
        [1] [2] [3] [Offer other times] [Not now]
    """)
    assert (await chat.presses("lea", "1")).words.startswith("Booked. ")
    assert (await chat.told("dora")).words.startswith("Lea Brandt picked ")
    (event,) = await visitor.events("dora")
    assert event["organizer"] == "dora@example.com"


async def test_own_free_times_are_chosen_first(chat: Chat) -> None:
    await chat.says("dora", "/book with my mentor")
    assert (await chat.presses("dora", "Show my free times")).words.startswith(
        "Choose up to three to offer Lea, 45 min."
    )
    await chat.presses("dora", "2")
    await chat.presses("dora", "1")
    assert (await chat.presses("dora", "Send")).words.startswith("Asked Lea: ")
    assert (await chat.told("lea")).buttons == ("1", "2", "Offer other times", "Not now")


async def test_the_asker_is_not_connected(chat: Chat) -> None:
    assert await chat.says("lea", "/book with my mentee") == dialogue("""
        You have not connected a calendar. I can ask Dora to offer times, or you connect first.
        [Ask Dora] [Connect]
    """)
    assert await chat.presses("lea", "Ask Dora") == dialogue("""
        Asked Dora to offer times. I tell you here when they come.
    """)
    assert await chat.told("dora") == dialogue("""
        Lea Brandt would like 45 min with you, but cannot see when you are free. \
            Nothing of your calendar is shown unless you choose times to offer.
        [Offer other times] [Not now]
    """)
    await chat.presses("dora", "Offer other times")
    await chat.presses("dora", "1")
    await chat.presses("dora", "Send")
    assert (await chat.told("lea")).words.startswith("Dora Lindt offers other times, 45 min. Times when Dora is free:")
    assert (await chat.presses("lea", "1")).words.startswith("Booked. ")


async def test_neither_is_connected(chat: Chat) -> None:
    for each in ("gil", "ines"):
        await chat.says(each, "disconnect")
        await chat.presses(each, "Disconnect")

    assert await chat.says("gil", "/book with my mentor") == dialogue("""
        Neither calendar is connected, so these are plain times; I do not know who is free.
        [Plain times] [Connect my calendar]
    """)
    plain = await chat.presses("gil", "Plain times")
    assert plain.words.startswith("Plain times, 45 min. I do not know who is free. Press one to send it as a request.")
    assert (await chat.presses("gil", "1")).words.startswith("Asked Ines: ")
    assert (await chat.told("ines")).words.startswith("Gil Mora would like 45 min with you. Plain times;")
    assert await chat.presses("ines", "1") == dialogue("""
        Agreed: Tue 24 Nov 2026, 09:00 - 09:45 Berlin with Gil Mora. An invitation from your programme comes by mail \
            to both of you. I did not look at any calendar, and it has no meeting link.
    """)
    assert (await chat.told("gil")).words.startswith("Agreed: Tue 24 Nov 2026, 09:00 - 09:45 Madrid with Ines Falk.")


async def test_they_are_not_matched(chat: Chat) -> None:
    for whom in ("Sam", "Nobody at all"):
        assert await chat.says("uma", f"/book with {whom}") == dialogue(f"""
            You are not matched with {whom}, so I show no free or busy times. \
                I can pass on a request with plain times if they are in your programme.
            [Plain times] [Contact]
        """)
        plain = await chat.presses("uma", "Plain times")
        assert plain.words.startswith("Plain times, 45 min. I do not know who is free.")
        assert await chat.presses("uma", "1") == dialogue(f"""
            Your request for {whom} is on its way if they are in your programme. Nothing is booked yet.
        """)


async def test_a_calendar_did_not_answer(chat: Chat, visitor: Visitor) -> None:
    await visitor.drive("faults", kind="status", vendor="graph", status=503, mailbox="sam@example.com", times=0)

    assert await chat.says("ana", "/book with my mentor") == dialogue("""
        I cannot see Sam's calendar right now, so I do not know if Sam is free.
        [Try again] [Ask Sam]
    """)
    assert await chat.presses("ana", "Ask Sam") == dialogue("""
        Asked Sam to offer times. I tell you here when they come.
    """)
    assert await chat.told("sam") == dialogue("""
        Ana Ruiz would like 45 min with you, but cannot see when you are free. \
            Nothing of your calendar is shown unless you choose times to offer.
        [Offer other times] [Not now]
    """)
    assert await chat.presses("sam", "Offer other times") == dialogue("""
        I cannot see your calendar right now, so I do not know if you are free.
        [Try again]
    """)

    await visitor.drive("faults/clear")
    again = await chat.presses("sam", "Try again")
    assert again.words.startswith("Choose up to three to offer Ana, 45 min.")
