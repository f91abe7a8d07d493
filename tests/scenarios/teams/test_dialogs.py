"""The booking dialog: a day, a length, and only times that are really free."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.buttons import fits, token_of
from bot.commands import ChooseDay, FindSlots

from .member import Members

BOOK = "book with my mentor"


def inputs(card: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in card["body"] if str(each["type"]).startswith("Input.")}


async def opened(stage: Members) -> dict[str, Any]:
    offered = await stage.say("ana", BOOK)
    assert "Choose a day" in offered.buttons
    told = await stage.drive("press", "ana", message=offered.id, title="Choose a day")
    assert told["trouble"] == ""
    card: dict[str, Any] = told["card"]
    return card


async def test_a_time_of_another_day_is_booked_and_stays_in_the_chat(teams_stage: Members) -> None:
    card = await opened(teams_stage)
    fields = inputs(card)
    assert list(fields) == ["day", "minutes", "slot", "topic"]
    assert [each["title"] for each in fields["minutes"]["choices"]] == ["30 min", "45 min", "60 min"]
    assert fields["slot"]["choices"][0]["title"] == "Tue 24 Nov, 09:00 New York (15:00 Berlin)"
    other = await teams_stage.drive("submit", "ana", title="Show times", values={"day": "2026-11-25", "minutes": "30"})
    fields = inputs(other["card"])
    assert (fields["day"]["value"], fields["minutes"]["value"]) == ("2026-11-25", "30")
    times = {each["title"]: each["value"] for each in fields["slot"]["choices"]}
    assert "Wed 25 Nov, 10:00 New York (16:00 Berlin)" in times
    done = await teams_stage.drive(
        "submit", "ana", title="Book", values={"slot": times["Wed 25 Nov, 10:00 New York (16:00 Berlin)"]}
    )
    assert done["card"]["fallbackText"].startswith("Booked. Wed 25 Nov 2026, 10:00 - 10:30 New York")
    assert (await teams_stage.newest("ana")).lines[0].startswith("Booked. Wed 25 Nov 2026, 10:00 - 10:30")
    await teams_stage.told("sam", "booked a session with you")


async def test_without_a_time_nothing_is_booked_and_that_is_said(teams_stage: Members) -> None:
    await opened(teams_stage)
    again = await teams_stage.drive("submit", "ana", title="Book")
    assert again["card"]["body"][0]["text"] == "Choose a time."
    assert "You have no sessions planned" in (await teams_stage.say("ana", "sessions")).text


async def test_a_day_without_times_says_why_and_another_can_be_chosen(teams_stage: Members) -> None:
    await opened(teams_stage)
    saturday = await teams_stage.drive("submit", "ana", title="Show times", values={"day": "2026-11-28"})
    fields = inputs(saturday["card"])
    assert "slot" not in fields
    assert "day" in fields


async def test_calendars_that_are_slow_can_be_asked_again(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", BOOK)
    await teams_stage.fail("freebusy.query", "google", "delay", delay_ms=3_500)
    told = await teams_stage.drive("press", "ana", message=offered.id, title="Choose a day")
    assert told["card"]["fallbackText"].startswith("Still checking both calendars...")
    again = await teams_stage.drive("submit", "ana", title="Show times")
    assert "slot" in inputs(again["card"])


def largest() -> ChooseDay:
    """Such as no button of ours carries: one day more, or a day and a length, and it fits none."""
    wish, day = ChooseDay(FindSlots()), date(2026, 11, 24)
    while fits(more := replace(wish, find=replace(wish.find, included=(*wish.find.included, day)))):
        wish, day = more, day + timedelta(days=1)
    return wish


async def test_a_wish_that_somebody_made_as_large_as_can_be_is_answered(teams_stage: Members) -> None:
    filled_in = {"about": token_of(largest()), "day": "2026-11-25", "minutes": "45"}
    for name in ("task/fetch", "task/submit"):
        told = await teams_stage.drive("invoke", "ana", name=name, value={"data": filled_in})
        assert told["status"] == 200
        card = told["body"]["task"]["value"]["card"]["content"]
        assert "slot" in inputs(card), card["fallbackText"]


async def test_a_day_that_no_button_carries_is_answered_though_calendars_are_slow(teams_stage: Members) -> None:
    await teams_stage.fail("freebusy.query", "google", "delay", delay_ms=3_000)
    data = {"about": token_of(ChooseDay(FindSlots())), "day": "0001-01-01", "minutes": "30"}
    told = await teams_stage.drive("invoke", "ana", name="task/submit", value={"data": data})
    assert told["status"] == 200
    assert "Still checking both calendars..." in told["text"]


async def test_what_it_is_to_be_about_stays_while_times_are_looked_at_and_the_two_read_it(teams_stage: Members) -> None:
    await opened(teams_stage)
    typed = {"day": "2026-11-28", "topic": "  My *first* talk\n"}
    saturday = await teams_stage.drive("submit", "ana", title="Show times", values=typed)
    assert "topic" not in inputs(saturday["card"])
    again = await teams_stage.drive("submit", "ana", title="Show times", values={"day": "2026-11-25"})
    assert inputs(again["card"])["topic"]["value"] == "My *first* talk"
    slot = inputs(again["card"])["slot"]["choices"][0]["value"]
    done = await teams_stage.drive("submit", "ana", title="Book", values={"slot": slot})
    assert "About: My *first* talk" in done["card"]["fallbackText"]
    assert "About: My *first* talk" in (await teams_stage.told("sam", "booked a session with you")).text


async def test_what_was_deleted_from_the_topic_is_gone(teams_stage: Members) -> None:
    await opened(teams_stage)
    await teams_stage.drive("submit", "ana", title="Show times", values={"topic": "My first talk"})
    again = await teams_stage.drive("submit", "ana", title="Show times", values={"topic": ""})
    assert "value" not in inputs(again["card"])["topic"]


async def test_a_time_that_was_taken_meanwhile_is_said_above_those_that_there_are(teams_stage: Members) -> None:
    card = await opened(teams_stage)
    taken = inputs(card)["slot"]["choices"][0]
    busy = {"mailbox": "sam@example.com", "start": "2026-11-24T14:00:00Z", "end": "2026-11-24T14:20:00Z"}
    async with teams_stage.http.post("/_/event", json=busy) as answer:
        assert answer.status == 200, await answer.text()
    typed = {"slot": taken["value"], "topic": "My first talk"}
    again = await teams_stage.drive("submit", "ana", title="Book", values=typed)
    assert again["card"]["body"][0]["text"] == "**Tuesday 09:00 was just taken**; nothing was booked."
    fields = inputs(again["card"])
    assert fields["topic"]["value"] == "My first talk"
    assert taken not in fields["slot"]["choices"]
    done = await teams_stage.drive(
        "submit", "ana", title="Book", values={"slot": fields["slot"]["choices"][0]["value"]}
    )
    assert done["card"]["fallbackText"].startswith("Booked. Tue 24 Nov 2026, 09:30 - 10:15")
    assert "My first talk" in done["card"]["fallbackText"]
