"""What was answered counts once it was brought: otherwise no number means it, and a booking is told of in a notice."""

from __future__ import annotations

from datetime import timedelta

from bot.buttons import token_of
from bot.commands import FindSlots, WhoHasntIntegrated

from .member import Members

BOOK = "book with my mentor"
NO_ANSWER_CAME = timedelta(seconds=90)  # by then the notice is due, and nothing is on its way any more
LATE = 3_000  # milliseconds: longer than a client waits
IN_BETWEEN = "Something came in between. Do you mean 1, Tue 24 Nov, 09:00?"


async def test_a_number_after_a_list_that_got_lost_is_asked_about(teams_stage: Members) -> None:
    await teams_stage.fail("activities.send", status=500)
    await teams_stage.drive("say", "ana", text=BOOK)
    assert (await teams_stage.say("ana", "1")).lines[0] == IN_BETWEEN


async def test_a_number_after_a_pressed_list_that_got_lost_is_asked_about(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", BOOK)
    await teams_stage.fail("freebusy.query", "google", "delay", delay_ms=LATE)
    await teams_stage.fail("activities.update", status=500)
    action = {"type": "Action.Execute", "verb": "press", "data": {"token": token_of(FindSlots())}}
    value = {"action": action, "trigger": "manual"}
    await teams_stage.drive("invoke", "ana", name="adaptiveCard/action", value=value, message=offered.id)
    assert (await teams_stage.say("ana", "1")).lines[0] == IN_BETWEEN


async def test_a_booking_whose_late_answer_got_lost_is_told_of_in_a_notice(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", BOOK)
    await teams_stage.fail("freebusy.query", "google", "delay", delay_ms=LATE)
    await teams_stage.fail("activities.update", status=500)
    await teams_stage.drive("press", "ana", message=offered.id, title="1")
    assert not [each for each in await teams_stage.messages("ana") if "Booked." in each.text]
    teams_stage.stage.sandbox.clock.jump(NO_ANSWER_CAME)
    await teams_stage.told("ana", "Booked.")


async def test_a_booking_from_a_dialog_whose_late_answer_got_lost_is_told_of_in_a_notice(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", BOOK)
    opened = await teams_stage.drive("press", "ana", message=offered.id, title="Choose a day")
    [slot] = [each for each in opened["card"]["body"] if each.get("id") == "slot"]
    await teams_stage.fail("freebusy.query", "google", "delay", delay_ms=LATE)
    await teams_stage.fail("activities.send", status=500)
    done = await teams_stage.drive("submit", "ana", title="Book", values={"slot": slot["choices"][0]["value"]})
    assert "Booked." not in done["card"]["fallbackText"]
    teams_stage.stage.sandbox.clock.jump(NO_ANSWER_CAME)
    await teams_stage.told("ana", "Booked.")


async def test_among_others_a_press_is_answered_as_words_are(teams_stage: Members) -> None:
    everybody = ["ana@example.com", "priya@example.com"]
    here = await teams_stage.drive("group", name="All", members=everybody, bot=True)
    action = {"type": "Action.Execute", "verb": "press", "data": {"token": token_of(WhoHasntIntegrated())}}
    told = await teams_stage.drive(
        "invoke",
        "priya",
        name="adaptiveCard/action",
        value={"action": action, "trigger": "manual"},
        conversation=here["conversation"],
    )
    assert "I sent this to you privately, because it names people." in told["text"]
