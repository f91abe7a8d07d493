"""What shows a session to somebody is one message, and is changed where it stands when the session is."""

from __future__ import annotations

import asyncio

import pytest

from .member import Members, Seen
from .sessions import booked, cancelled

BOOK = "book with my mentor"


async def saying(stage: Members, who: str, words: str, count: int) -> list[Seen]:
    """So many before their eyes have these words, sooner or later."""
    async with asyncio.timeout(30):
        while True:
            before = stage.stage.sandbox.teams.state.changes.number
            found = [each for each in await stage.messages(who) if words in each.text]
            if len(found) >= count:
                return found
            await stage.stage.sandbox.teams.state.changes.since(before, 30.0)


async def test_whoever_booked_and_whoever_was_told_see_on_the_same_cards_that_it_is_off(teams_stage: Members) -> None:
    mine = await booked(teams_stage)
    his = await teams_stage.told("sam", "booked a session with you")
    await cancelled(teams_stage)
    [changed] = await saying(teams_stage, "ana", "Cancelled", 1)
    assert (changed.id, changed.message["edited"]) == (mine.id, True)
    told = await saying(teams_stage, "sam", "cancelled", 2)
    assert [(each.id == his.id, each.message["edited"]) for each in told] == [(True, True), (False, False)]


async def test_a_pressed_list_gives_way_to_the_booking_which_then_is_changed(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", BOOK)
    assert (await teams_stage.press(offered, "1")).text.startswith("Booked.")
    assert [each.id for each in await teams_stage.messages("ana") if "Booked." in each.text] == [offered.id]
    await cancelled(teams_stage)
    assert (await saying(teams_stage, "ana", "Cancelled", 1))[0].id == offered.id


async def test_a_booking_among_others_stands_in_the_own_chat_too_and_is_changed_there(teams_stage: Members) -> None:
    everybody = ["ana@example.com", "sam@example.com"]
    here = (await teams_stage.drive("group", name="Leaders", members=everybody, bot=True))["conversation"]
    offered = await teams_stage.say("ana", BOOK, here, mention=True)
    assert (await teams_stage.press(offered, "1")).text.startswith("Booked.")
    assert len([each for each in await teams_stage.messages("ana", here) if "Booked." in each.text]) == 1
    [kept] = [each for each in await teams_stage.messages("ana") if "Booked." in each.text]
    await cancelled(teams_stage)
    assert (await saying(teams_stage, "ana", "Cancelled", 1))[0].id == kept.id


async def test_words_among_others_that_nobody_else_may_see_are_answered_in_the_own_chat_once(
    teams_stage: Members,
) -> None:
    everybody = ["ana@example.com", "sam@example.com"]
    here = (await teams_stage.drive("group", name="Leaders", members=everybody, bot=True))["conversation"]
    await teams_stage.say("ana", BOOK, here, mention=True)
    await teams_stage.fail("activities.send", kind="delay", mailbox="ana@example.com")  # into the own chat
    await teams_stage.fail("activities.send", status=400)
    await teams_stage.say("ana", "1", here, mention=True)
    assert len([each for each in await teams_stage.messages("ana") if "Booked." in each.text]) == 1


async def test_what_a_booking_offers_is_answered_below_it(teams_stage: Members) -> None:
    """Its card is brought up to date: nothing else may take its place, and no button stays that was pressed."""
    mine = await booked(teams_stage)
    his = await teams_stage.told("sam", "booked a session with you")
    assert his.buttons == ["Join", "Looks good", "Cannot make it"]
    changed = await teams_stage.press(his, "Looks good")
    assert changed.lines[0] == "Accepted: Tue 24 Nov, 15:00 Berlin (09:00 New York) with Ana."
    assert changed.lines[1].startswith("Join: https://meet.google.com/")
    assert changed.buttons == ["Join", "Cannot make it"]
    assert (changed.message["edited"], changed.message["below"]) == (True, "")  # on their other devices, too
    assert (await teams_stage.messages("sam"))[-1].id != his.id
    await teams_stage.drive("press", "sam", message=his.id, title="Cannot make it", old=True)
    [changed] = [each for each in await teams_stage.messages("sam") if each.id == his.id]
    assert changed.text.startswith("Noted: you cannot make Tue 24 Nov")
    assert changed.buttons == ["Looks good", "Find another time"]
    again = await teams_stage.say("ana", "1")  # nothing is answered with silence
    assert again.id != mine.id


@pytest.mark.parametrize("reason", [None, "ActivityNotFoundInConversation"])
async def test_a_list_that_cannot_be_changed_is_followed_by_the_booking(
    teams_stage: Members, reason: str | None
) -> None:
    offered = await teams_stage.say("ana", BOOK)
    await teams_stage.fail("activities.update", times=1, status=404, reason=reason)
    await teams_stage.drive("press", "ana", message=offered.id, title="1")
    anew = await teams_stage.newest("ana")
    assert anew.text.startswith("Booked.")
    assert (anew.id == offered.id) is (reason is None)  # the chat may be found elsewhere; a message that is gone is not
    await cancelled(teams_stage)  # which changes the one that there is, and looks for the other no more
    [changed] = await saying(teams_stage, "ana", "Cancelled", 1)
    assert (changed.id, changed.message["edited"]) == (anew.id, True)
