"""Twenty traps that bots fall into in Teams (by their numbers), as far as other stories do not show them.

1, 10: `tests/scenarios/dialogues`. 3: `test_fuzz`, `adapters/teams/test_edge`. 4, 5, 17, 18: `test_pushed`.
8: `test_members`. 9: `test_once`. 12: `adapters/teams/test_drawn`. 13: `test_lasting`, too. 15: `test_extension`, too.
16: `test_welcome`. 19: `test_members`, `adapters/teams/test_standing`. 20: `test_groups`,
`adapters/teams/test_activity`.
"""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.buttons import token_of
from bot.commands import BookSession
from calendar_core.interval import Interval

from .member import Members

BOOK = "book with my mentor"


NO_GOOD: tuple[object, ...] = (None, "x", [], {}, {"action": []}, {"action": {"data": 7}}, {"data": [1]})


AS_A_CARD: tuple[set[str], ...] = ({"statusCode", "type", "value"},)
AS_A_DIALOG: tuple[set[str], ...] = ({"task"},)
NOTHING: tuple[set[str], ...] = (set(),)
FORMS: dict[str, tuple[set[str], ...]] = {
    "something/new": AS_A_CARD,
    "adaptiveCard/action": AS_A_CARD,
    "application/search": AS_A_CARD,
    "task/fetch": AS_A_DIALOG,
    "task/submit": AS_A_DIALOG,
    "composeExtension/query": ({"composeExtension"},),
    "composeExtension/fetchTask": AS_A_DIALOG,
    "composeExtension/submitAction": AS_A_DIALOG,
    "fileConsent/invoke": NOTHING,
    "message/submitAction": NOTHING,
    "signin/verifyState": NOTHING,
    "signin/tokenExchange": NOTHING,
}


async def test_2_a_rotated_key_is_believed_at_the_next_request(teams_stage: Members) -> None:
    for keep in (True, False):
        await teams_stage.drive("keys/rotate", keep=keep)
        assert (await teams_stage.drive("say", "ana", text="status"))["status"] == 202
    assert (await teams_stage.newest("ana")).lines[0].startswith("Calendar: Google - Domain")


async def test_6_7_one_token_for_everybody_from_the_bots_own_tenant(teams_stage: Members) -> None:
    """Also when the one there was has ended, and everybody needs another at the same moment."""
    sandbox = teams_stage.stage.sandbox
    assert sandbox.log.of(vendor="login", operation="token")  # of the bot, which no other tenant than its own gives one
    for has_ended in (False, True):
        before, sent = len(sandbox.log.of(vendor="login", operation="token")), len(sandbox.log.of(vendor="teams"))
        if has_ended:
            sandbox.entra.tokens.end_all(sandbox.teams_bot().tenant)
        said = await asyncio.gather(
            *(
                teams_stage.drive("say", who, text="status", wait=False)
                for who in ("ana", "sam", "priya")
                for _ in range(5)
            )
        )
        assert {each["status"] for each in said} == {202}
        await teams_stage.here.tasks.idle()
        asked = sandbox.log.of(vendor="login", operation="token")[before:]
        assert has_ended <= len(asked) <= 2 * has_ended  # the bot's, and Graph's where that was needed, too
        assert len(sandbox.log.of(vendor="teams")) >= sent + 15


@pytest.mark.parametrize("value", NO_GOOD, ids=str)
async def test_11_every_invoke_is_answered_in_its_own_form(teams_stage: Members, value: object) -> None:
    for name, forms in FORMS.items():
        told = await teams_stage.drive("invoke", "ana", name=name, value=value)
        assert told["status"] == 200, name
        answer = json.loads(told["text"] or "{}")
        assert answer.keys() in forms, name
        if "statusCode" in answer:
            assert answer["statusCode"] in (200, 400)
            assert answer["type"].startswith("application/vnd.microsoft.")


async def test_13_14_an_answer_whose_place_is_gone_comes_anew_and_card_follows_card(teams_stage: Members) -> None:
    await teams_stage.fail("freebusy.query", "google", "delay", delay_ms=3_500)
    await teams_stage.fail("activities.update", status=404, reason="ActivityNotFoundInConversation")
    await teams_stage.drive("say", "ana", text=BOOK)
    waiting, answered = (await teams_stage.messages("ana"))[-2:]
    assert waiting.text.startswith("Still checking both calendars...")
    assert answered.lines[0].startswith("Times for you and Sam Okoye")
    assert all(each.message["cards"] and not each.message["text"] for each in (waiting, answered))


async def test_15_a_card_that_draws_itself_anew_changes_nothing(teams_stage: Members) -> None:
    store, now = teams_stage.stage.application.store, teams_stage.stage.application.clock.now()
    [ana] = await store.people.at_address("ana@example.com")
    [pair] = await teams_stage.stage.application.scheduling.pairs.of(ana)
    when = Interval.lasting(now.replace(day=24, hour=14, minute=0), 45)
    data = {"token": token_of(BookSession(pair.match.id, when))}
    for more in ({}, {"session": "any"}, {"session": ["any"]}):
        for verb, trigger in (("show", "manual"), ("press", "automatic")):
            action = {"type": "Action.Execute", "verb": verb, "data": {**data, **more}}
            value = {"action": action, "trigger": trigger}
            told = await teams_stage.drive("invoke", "ana", name="adaptiveCard/action", value=value, message="1")
            assert (told["status"], told["body"]["statusCode"]) == (200, 200)
            assert "Booked" not in told["text"]
    assert await store.sessions.of_user(ana.id, Interval.lasting(now, 400 * 24 * 60)) == ()


async def test_older_clients_send_a_press_as_a_message(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", BOOK)
    await teams_stage.drive("press", "ana", message=offered.id, title="1", old=True)
    seen = next(each for each in await teams_stage.messages("ana") if each.id == offered.id)
    assert seen.lines[0].startswith("Booked. Tue 24 Nov 2026, 09:00")


async def test_what_was_typed_into_a_cards_data_grants_nothing(teams_stage: Members) -> None:
    for data in ({"token": "x" * 5_000}, {"token": ["a"]}, {"token": "AAAA"}, {}):
        value = {"action": {"type": "Action.Execute", "verb": "press", "data": data}, "trigger": "manual"}
        told = await teams_stage.drive("invoke", "ana", name="adaptiveCard/action", value=value, message="1")
        assert told["status"] == 200
        assert json.loads(told["text"])["statusCode"] == 200
