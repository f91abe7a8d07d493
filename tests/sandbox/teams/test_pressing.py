"""Presses, dialogs, suggestions, the message extension: what the bot is asked, and what its answer does."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from .bot import Heard
from .conftest import ANA, SAM, Api, attached, block, card, carded, press, said

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
WORDS = "application/vnd.microsoft.activity.message"


def asks(kind: str, id: str, **more: Any) -> dict[str, Any]:
    return {"type": f"Input.{kind}", "id": id, "label": id, **more}


def answering(body: Any, status: int = 200) -> Any:
    return lambda _activity: web.json_response(body, status=status)


def form(*inputs: dict[str, Any]) -> dict[str, Any]:
    return card(*inputs, actions=[press("Look", associatedInputs="auto"), press("Leave", associatedInputs="none")])


async def shown(api: Api, address: str = SAM, conversation: str = "") -> Any:
    async with api.http.get("/_/teams/screen", params={"as": address, "conversation": conversation}) as answer:
        return await answer.json()


async def test_a_press_is_executed_and_its_card_takes_the_place(api: Api, heard: Heard) -> None:
    id = await api.sent(api.chat(), carded(card(block("Choose"), actions=[press()])))
    new = card(block("Booked"))
    heard.answer = answering({"statusCode": 200, "type": ADAPTIVE, "value": new})
    told = await api.drive("press", **{"as": SAM, "message": id, "title": "Book"})
    activity = heard.heard[0]
    assert (activity["type"], activity["name"], activity["replyToId"]) == ("invoke", "adaptiveCard/action", id)
    assert activity["value"] == {
        "action": {
            "type": "Action.Execute",
            "title": "Book",
            "verb": "press",
            "data": {"verb": "press", "token": "t1"},
        },
        "trigger": "manual",
    }
    assert (told["card"], told["trouble"]) == (new, "")
    assert (await shown(api))["messages"][0]["cards"] == [new]
    refusal = await api.drive("press", 400, **{"as": SAM, "message": id, "title": "Book"})
    assert "no 'Book'" in refusal["error"]
    await api.ask("PUT", f"conversations/{api.chat()}/activities/{id}", carded(card(block("Over"))))
    assert (await shown(api))["messages"][0]["cards"] == [card(block("Over"))]


async def test_in_a_group_the_answer_is_for_who_pressed(api: Api, heard: Heard) -> None:
    group = await api.group()
    base = card(block("Base"), actions=[press()])
    id = await api.sent(group, carded(base))
    heard.answer = answering({"statusCode": 200, "type": ADAPTIVE, "value": card(block("Own"))})
    await api.drive("press", **{"as": ANA, "message": id, "title": "Book", "conversation": group})
    assert (await shown(api, ANA, group))["messages"][0]["cards"] == [card(block("Own"))]
    assert (await shown(api, SAM, group))["messages"][0]["cards"] == [base]


async def test_an_older_client_submits_instead(api: Api, heard: Heard) -> None:
    id = await api.sent(api.chat(), carded(card(actions=[press()])))
    await api.drive("press", **{"as": SAM, "message": id, "title": "Book", "old": True})
    activity = heard.heard[0]
    assert (activity["type"], activity["value"], "text" in activity) == (
        "message",
        {"verb": "press", "token": "t1"},
        False,
    )
    assert activity["replyToId"] == id


@pytest.mark.parametrize(
    ("body", "status", "trouble"),
    [
        ({"statusCode": 200, "type": WORDS, "value": "Done"}, 200, ""),
        ({"statusCode": 200, "type": ADAPTIVE, "value": {"type": "AdaptiveCard"}}, 200, "wrong"),
        ({"statusCode": 200, "type": "application/vnd.microsoft.adaptive.card", "value": card()}, 200, "wrong"),
        ({"statusCode": 400, "type": "application/vnd.microsoft.error", "value": {"message": "Late"}}, 200, "Late"),
        ({"statusCode": 500, "type": "x", "value": "x"}, 200, "wrong"),
        (card(), 200, "wrong"),
        (["x"], 200, "wrong"),
        ({}, 501, "Unable to reach app"),
        ({}, 500, "Unable to reach app"),
    ],
)
async def test_what_an_answer_to_a_press_does(api: Api, heard: Heard, body: Any, status: int, trouble: str) -> None:
    before = card(block(), actions=[press()])
    id = await api.sent(api.chat(), carded(before))
    heard.answer = answering(body, status)
    told = await api.drive("press", **{"as": SAM, "message": id, "title": "Book"})
    assert trouble in told["trouble"]
    assert bool(told["trouble"]) is bool(trouble)
    message = (await shown(api))["messages"][0]
    assert message["cards"] == [before]
    assert message["below"] == (told["trouble"] or "Done")


async def test_a_press_nobody_answers_in_fifteen_seconds(api: Api, heard: Heard) -> None:
    asked, answered = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        asked.set()
        await answered.wait()

    heard.first = wait
    id = await api.sent(api.chat(), carded(card(actions=[press()])))
    pressing = asyncio.ensure_future(api.drive("press", **{"as": SAM, "message": id, "title": "Book"}))
    await asked.wait()
    api.sandbox.clock.jump(timedelta(seconds=16))
    assert "Unable to reach app" in (await pressing)["trouble"]
    answered.set()
    assert len(heard.heard) == 1


async def test_inputs_go_along_as_texts(api: Api, heard: Heard) -> None:
    choices = [{"title": "Half an hour", "value": "30"}, {"title": "An hour", "value": "60"}]
    inputs = (
        asks("Date", "day"),
        asks("Time", "start", value="09:00"),
        asks("ChoiceSet", "minutes", choices=choices, value="30"),
        asks("Toggle", "link", title="Link"),
        asks("Text", "topic", maxLength=5),
        asks("Number", "count", value=2),
    )
    id = await api.sent(api.chat(), carded(form(*inputs)))
    place = {"as": SAM, "message": id, "title": "Look"}
    await api.drive("press", **place, values={"day": "2026-11-30", "minutes": "60", "link": True})
    data = heard.heard[0]["value"]["action"]["data"]
    assert data == {
        "verb": "press",
        "token": "t1",
        "day": "2026-11-30",
        "start": "09:00",
        "minutes": "60",
        "link": "true",
        "count": "2",
    }
    for bad in ({"day": "tomorrow"}, {"minutes": "45"}, {"topic": "too long"}, {"other": "x"}, {"start": "9"}):
        await api.drive("press", 400, **place, values=bad)
    await api.drive("press", **{**place, "title": "Leave"}, values={"day": "2026-11-30"})
    assert heard.heard[1]["value"]["action"]["data"] == {"verb": "press", "token": "t1"}


async def test_teams_itself_asks_for_what_is_missing(api: Api, heard: Heard) -> None:
    inputs = (
        asks("Date", "day", isRequired=True, errorMessage="Say which day."),
        asks("Text", "code", regex="^[0-9]{6}$"),
        asks("Toggle", "sure", title="Sure", isRequired=True),
    )
    id = await api.sent(api.chat(), carded(form(*inputs)))
    told = await api.drive("press", **{"as": SAM, "message": id, "title": "Look"}, values={"code": "12"})
    assert told["errors"].keys() == {"day", "code", "sure"}
    assert told["errors"]["day"] == "Say which day."
    assert heard.heard == []
    await api.drive("press", **{"as": SAM, "message": id, "title": "Leave"})
    assert len(heard.heard) == 1


async def test_links_lead_away_and_unfolding_stays_here(api: Api, heard: Heard) -> None:
    link = {"type": "Action.OpenUrl", "title": "Join", "url": "https://example.com/join"}
    more = {"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["further"]}
    off = press("Off", isEnabled=False)
    id = await api.sent(api.chat(), carded(card(block(id="further"), actions=[link, more, off])))
    assert (await api.drive("press", **{"as": SAM, "message": id, "title": "Join"}))["url"] == link["url"]
    for title in ("More", "Off"):
        await api.drive("press", 400, **{"as": SAM, "message": id, "title": title})
    assert heard.heard == []


async def test_a_shared_card_draws_itself_anew_for_those_it_names(api: Api, heard: Heard) -> None:
    group = await api.group()
    action = {"type": "Action.Execute", "verb": "show", "data": {"token": "t"}}
    shared = card(block("Base"), refresh={"action": action, "userIds": [api.user(ANA)]})
    id = await api.sent(group, carded(shared))
    heard.answer = answering({"statusCode": 200, "type": ADAPTIVE, "value": card(block("Own"))})
    place = {"message": id, "conversation": group}
    assert (await api.drive("refresh", **{"as": SAM, **place}))["status"] is None
    await api.drive("refresh", **{"as": ANA, **place})
    assert heard.heard[0]["value"] == {"action": action, "trigger": "automatic"}
    assert (await shown(api, ANA, group))["messages"][0]["cards"] == [card(block("Own"))]
    heard.answer = answering({}, 500)
    await api.drive("refresh", **{"as": SAM, **place, "manual": True})
    assert heard.heard[1]["value"]["trigger"] == "manual"
    everybodys = await api.sent(group, carded(card(block(), refresh={"action": action})))
    await api.drive("refresh", **{"as": SAM, "message": everybodys, "conversation": group})
    assert len(heard.heard) == 3


async def test_an_input_suggests(api: Api, heard: Heard) -> None:
    people = asks("ChoiceSet", "who", style="filtered", **{"choices.data": {"type": "Data.Query", "dataset": "people"}})
    id = await api.sent(api.chat(), carded(form(people)))
    place = {"as": SAM, "message": id, "input": "who", "text": "an"}
    results = [{"title": f"Ana {n}", "value": str(n)} for n in range(20)]
    found = {"type": "application/vnd.microsoft.search.searchResponse", "value": {"results": results}}
    heard.answer = answering(found)
    assert (await api.drive("suggest", **place))["choices"] == results[:15]
    asked = heard.heard[0]
    assert (asked["name"], asked["value"]["queryText"], asked["value"]["dataset"]) == (
        "application/search",
        "an",
        "people",
    )
    for bad in ({"type": "other"}, {**found, "statusCode": 400}, {**found, "value": {"results": [{"title": 1}]}}):
        heard.answer = answering(bad)
        assert (await api.drive("suggest", **place))["choices"] == []
    await api.drive("suggest", 400, **{**place, "input": "other"})


async def opened(api: Api, heard: Heard, content: dict[str, Any]) -> Any:
    """A dialog with this card, opened by a button."""
    ask = {"type": "Action.Submit", "title": "Form", "data": {"msteams": {"type": "task/fetch"}, "about": "x"}}
    id = await api.sent(api.chat(), carded(card(actions=[ask])))
    value = {"title": "Another time", "height": "medium", "width": "medium", "card": attached(content)}
    heard.answer = answering({"task": {"type": "continue", "value": value}})
    return await api.drive("press", **{"as": SAM, "message": id, "title": "Form"})


async def test_a_dialog_is_fetched_filled_in_and_closed(api: Api, heard: Heard) -> None:
    submit = {"type": "Action.Submit", "title": "Look", "data": {"token": "t"}}
    content = card(asks("Date", "day", isRequired=True), actions=[submit])
    await opened(api, heard, content)
    assert (heard.heard[0]["name"], heard.heard[0]["value"]["data"]["about"]) == ("task/fetch", "x")
    dialog = (await shown(api))["dialog"]
    assert (dialog["title"], dialog["card"]) == ("Another time", content)
    assert (await api.drive("submit", **{"as": SAM, "title": "Look"}))["errors"].keys() == {"day"}
    heard.answer = answering({"task": {"type": "message", "value": "Nothing is free."}})
    await api.drive("submit", **{"as": SAM, "title": "Look", "values": {"day": "2026-11-30"}})
    assert (heard.heard[1]["name"], heard.heard[1]["value"]["data"]) == (
        "task/submit",
        {"token": "t", "day": "2026-11-30"},
    )
    assert (await shown(api))["dialog"]["said"] == "Nothing is free."
    await api.drive("submit", 400, **{"as": SAM, "title": "Look"})
    await api.drive("close", **{"as": SAM})
    assert (await shown(api))["dialog"] is None
    await opened(api, heard, content)
    heard.answer = lambda _activity: web.Response()
    await api.drive("submit", **{"as": SAM, "title": "Look", "values": {"day": "2026-11-30"}})
    assert (await shown(api))["dialog"] is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"task": {"type": "continue", "value": {"card": card()}}}, 200),
        ({"task": {"type": "continue", "value": {"card": attached({"type": "AdaptiveCard"})}}}, 200),
        ({"task": {"type": "dance"}}, 200),
        (["x"], 200),
        ({}, 500),
    ],
)
async def test_a_bad_answer_leaves_the_dialog_open(api: Api, heard: Heard, body: Any, status: int) -> None:
    content = card(actions=[press("Look")])
    await opened(api, heard, content)
    heard.answer = answering(body, status)
    told = await api.drive("submit", **{"as": SAM, "title": "Look"})
    assert told["trouble"]
    dialog = (await shown(api))["dialog"]
    assert (dialog["card"], dialog["trouble"]) == (content, told["trouble"])


async def test_the_message_extension_finds_what_can_be_sent(api: Api, heard: Heard) -> None:
    session = {**attached(card(block("Session"))), "preview": attached(card(block("Short")))}
    result = {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": [session]}}
    heard.answer = answering(result)
    told = await api.drive("search", **{"as": SAM, "command": "sessions", "parameters": {"query": "nov"}})
    asked = heard.heard[0]
    assert (asked["name"], asked["value"]["commandId"]) == ("composeExtension/query", "sessions")
    assert asked["value"]["parameters"] == [{"name": "query", "value": "nov"}]
    assert told["attachments"] == [session]
    await api.drive("choose", **{"as": SAM, "attachment": attached(card(block("Session")))})
    message = (await shown(api))["messages"][0]
    assert (message["mine"], message["cards"]) == (True, [card(block("Session"))])
    await api.drive("choose", 400, **{"as": SAM, "attachment": attached({"type": "AdaptiveCard"})})
    heard.answer = answering({"composeExtension": {"type": "message", "text": "Nothing found."}})
    assert (await api.drive("search", **{"as": SAM, "command": "sessions"}))["said"] == "Nothing found."
    for bad in ({}, {"composeExtension": {"type": "result", "attachments": [attached({})]}}):
        heard.answer = answering(bad)
        assert (await api.drive("search", **{"as": SAM, "command": "sessions"}))["trouble"]


async def test_a_command_about_a_message_opens_a_dialog(api: Api, heard: Heard) -> None:
    group = await api.group(bot=False)
    id = (await api.drive("say", **{"as": ANA, "text": "Shall we talk?", "conversation": group}))["message"]
    content = card(asks("Text", "topic"), actions=[{"type": "Action.Submit", "title": "Send"}])
    heard.answer = answering({"task": {"type": "continue", "value": {"title": "Book", "card": attached(content)}}})
    await api.drive("ask", **{"as": SAM, "command": "book", "message": id, "conversation": group})
    value = heard.heard[0]["value"]
    assert (heard.heard[0]["name"], value["commandContext"]) == ("composeExtension/fetchTask", "message")
    assert value["messagePayload"]["body"]["content"] == "Shall we talk?"
    assert value["messagePayload"]["from"]["user"]["id"] == api.teams.hands.person(ANA).object_id
    result = {"type": "result", "attachmentLayout": "list", "attachments": [attached(card(block("Link")))]}
    heard.answer = answering({"composeExtension": result})
    told = await api.drive("submit", **{"as": SAM, "title": "Send", "values": {"topic": "Career"}})
    sent = heard.heard[1]
    assert (sent["name"], sent["value"]["data"]) == ("composeExtension/submitAction", {"topic": "Career"})
    assert (sent["value"]["commandId"], told["attachments"]) == ("book", result["attachments"])
    assert (await shown(api))["dialog"] is None


async def test_a_submit_nobody_answers_is_tried_three_times(api: Api, heard: Heard) -> None:
    content = card(actions=[{"type": "Action.Submit", "title": "Send"}])
    heard.answer = answering({"task": {"type": "continue", "value": {"title": "Book", "card": attached(content)}}})
    await api.drive("ask", **{"as": SAM, "command": "book"})
    answered = asyncio.Event()
    heard.first = answered.wait  # type: ignore[assignment]  # whatever it answers is not looked at
    submitting = asyncio.ensure_future(api.drive("submit", **{"as": SAM, "title": "Send"}))
    for count in (2, 3, 4):
        await heard.until(count)
        api.sandbox.clock.jump(timedelta(seconds=6))
    assert (await submitting)["trouble"]
    answered.set()
    assert len({each["id"] for each in heard.heard[1:]}) == 1


async def test_any_invoke_and_its_answer(api: Api, heard: Heard) -> None:
    heard.answer = answering({"a": 1})
    told = await api.drive("invoke", **{"as": SAM, "name": "signin/verifyState", "value": {"state": "123456"}})
    assert (told["status"], told["body"]) == (200, {"a": 1})
    assert (heard.heard[0]["name"], heard.heard[0]["value"]) == ("signin/verifyState", {"state": "123456"})


async def test_what_others_cannot_see_they_cannot_press(api: Api, heard: Heard) -> None:
    group = await api.group()
    only = {"recipient": {"id": api.user(ANA), "isTargeted": True}}
    id = await api.sent(group, carded(card(actions=[press()]), **only), isTargetedActivity="true")
    place = {"message": id, "title": "Book", "conversation": group}
    await api.drive("press", 400, **{"as": SAM, **place})
    await api.drive("press", **{"as": ANA, **place})
    assert len(heard.heard) == 1
    plain = await api.sent(group, said())
    await api.drive("press", 400, **{"as": ANA, **place, "message": plain})


async def test_what_is_done_in_a_channel_names_the_thread_it_is_done_in(api: Api, heard: Heard) -> None:
    channel = await api.channel()
    dialog = {"type": "Action.Submit", "title": "Open", "data": {"msteams": {"type": "task/fetch"}}}
    id = await api.sent(channel, carded(card(actions=[press(), dialog])))
    place = {"as": SAM, "message": id, "conversation": channel}
    await api.drive("press", **place, title="Book")
    await api.drive("press", **place, title="Book", old=True)
    await api.drive("press", **place, title="Open")
    assert {each["conversation"]["id"] for each in heard.heard} == {f"{channel};messageid={id}"}
