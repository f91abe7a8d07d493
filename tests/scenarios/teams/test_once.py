"""Acknowledged at once, answered once: however slow a calendar is, and however often Teams sends it."""

from __future__ import annotations

import asyncio
import json

import pytest

from adapters.teams_values import InboxKind
from calendar_core.interval import Interval
from calendar_core.job import ANSWER_LEFT, Job
from calendar_core.ports import HeardActivity
from sandbox.teams.activities import Activities
from sandbox.world import Json

from .member import Members


@pytest.fixture(params=list(InboxKind))
def inbox(request: pytest.FixtureRequest) -> InboxKind:
    kind: InboxKind = request.param
    return kind


BOOK = "book with my mentor"
AGAIN = 1_000


async def planned(stage: Members, who: str = "ana@example.com") -> int:
    """How many sessions somebody has."""
    application = stage.stage.application
    [one] = await application.store.people.at_address(who)
    ever = Interval.lasting(application.clock.now(), 400 * 24 * 60)
    return len(await application.store.sessions.of_user(one.id, ever))


async def test_a_slow_turn_is_acknowledged_before_it_is_done_and_says_so_meanwhile(teams_stage: Members) -> None:
    await teams_stage.fail("freebusy.query", "google", "delay", delay_ms=4_000)
    said = await teams_stage.drive("say", "ana", text=BOOK, wait=False)
    assert said["status"] == 202
    assert (await teams_stage.messages("ana", wait=False))[-1].message["mine"]
    waiting = await teams_stage.told("ana", "Still checking both calendars...", wait=False)
    answered = await teams_stage.newest("ana")
    assert answered.id == waiting.id
    assert answered.lines[0].startswith("Times for you and Sam Okoye")


async def test_a_slow_press_is_answered_in_time_and_then_in_its_place(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", BOOK)
    await teams_stage.fail("freebusy.query", "google", "delay", delay_ms=4_000)
    told = await teams_stage.drive("press", "ana", message=offered.id, title="See both calendars", wait=False)
    assert told["status"] == 200
    assert told["card"]["fallbackText"].startswith("Still checking both calendars...")
    [seen] = [each for each in await teams_stage.messages("ana") if each.id == offered.id]
    assert seen.message["edited"]
    assert "Both free: 09:00" in seen.text


async def test_a_card_that_draws_itself_anew_is_answered_in_time_and_stays(teams_stage: Members) -> None:
    await teams_stage.drive("person", "uma", guest=True)
    await teams_stage.fail("members.get", kind="delay", delay_ms=3_000)
    action = {"type": "Action.Execute", "verb": "show", "data": {"session": "any"}}
    value = {"action": action, "trigger": "automatic"}
    told = await teams_stage.drive("invoke", "uma", name="adaptiveCard/action", value=value, message="1")
    assert told["body"]["type"] == "application/vnd.microsoft.activity.message"
    assert told["body"]["value"] == "Still working on it..."
    again = await teams_stage.drive("invoke", "uma", name="adaptiveCard/action", value=value, message="1")
    assert again["body"]["type"] == "application/vnd.microsoft.card.adaptive"


async def test_a_thousand_times_the_same_is_once(teams_stage: Members) -> None:
    await teams_stage.say("ana", BOOK)
    booked = await teams_stage.drive("say", "ana", text="1")
    before = [each.id for each in await teams_stage.messages("ana")]
    for _ in range(AGAIN // 100):
        told = await asyncio.gather(
            *(teams_stage.drive("again", activity=booked["activity"], wait=False) for _ in range(100))
        )
        assert {each["status"] for each in told} == {202}
    assert [each.id for each in await teams_stage.messages("ana")] == before
    assert await planned(teams_stage) == 1


async def test_a_press_that_comes_again_gets_the_same_answer_and_books_once(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", BOOK)
    data = next(each for each in offered.actions if each["title"] == "1")["data"]
    value: Json = {"action": {"type": "Action.Execute", "verb": "press", "data": data}, "trigger": "manual"}
    teams = teams_stage.stage.sandbox.teams
    ana = teams.hands.person("ana@example.com")
    invoke = Activities(teams.state, ana, teams.hands.conversation(ana, "")).invoke(
        "adaptiveCard/action", value, reply_to=offered.id
    )
    answers = await asyncio.gather(*(teams.courier.ask(invoke) for _ in range(20)))
    assert {each.status for each in answers} == {200}
    assert len({each.text for each in answers}) == 1
    assert "Booked." in answers[0].text
    await teams_stage.here.tasks.idle()
    pressed_anew = await teams_stage.drive("invoke", "ana", name="adaptiveCard/action", value=value, message=offered.id)
    assert "Booked." in pressed_anew["text"]
    assert await planned(teams_stage) == 1


async def test_what_a_process_that_died_has_taken_is_answered_by_another(teams_stage: Members) -> None:
    """As though it had died between the acknowledgement and the answer."""
    stage, store = teams_stage.stage, teams_stage.stage.application.store
    said = await teams_stage.drive("say", "ana", text="status")
    raw = stage.sandbox.teams.courier.brought[said["activity"]]
    left = HeardActivity(
        issuer=f"teams:{stage.sandbox.teams_bot().tenant}",
        conversation=str(said["conversation"]),
        id="left",
        at=stage.application.clock.now().replace(year=2020),
        body=json.dumps({**raw, "id": "left"}),
    )
    await store.teams_inbox.take(left)
    count = len(await teams_stage.messages("ana"))
    await stage.application.handlers[ANSWER_LEFT](Job(ANSWER_LEFT))
    await stage.application.handlers[ANSWER_LEFT](Job(ANSWER_LEFT))
    answers = 1 if teams_stage.is_durable else 0
    assert len(await teams_stage.messages("ana")) == count + answers


async def test_words_are_answered_in_the_order_in_which_they_came(teams_stage: Members) -> None:
    await teams_stage.fail("freebusy.query", "google", "delay", delay_ms=700)
    first = await teams_stage.drive("say", "ana", text=BOOK, wait=False)
    second = await teams_stage.drive("say", "ana", text="1", wait=False)
    assert (first["status"], second["status"]) == (202, 202)
    answers = [each for each in await teams_stage.messages("ana") if each.message["bot"]][1:]
    assert [each.text[:6] for each in answers] == ["Times ", "Booked"]
