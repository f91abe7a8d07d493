"""What reaches the application: signed, retried where Slack does, and never by anybody who could not have done it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from .application import Application, listening
from .conftest import Api, asks, button, modal, plain, section

ANA = "ana@example.com"


@pytest.fixture
async def application(api: Api) -> AsyncIterator[Application]:
    async with listening() as running:
        api.slack.courier.deliver_to(running.url)
        yield running


async def drive(api: Api, deed: str, status: int = 200, /, **told: Any) -> Any:
    """What the control route answers."""
    async with api.http.post(f"/_/slack/{deed}", json=told) as answer:
        read = await answer.json()
        assert answer.status == status, read
        return read


async def screen(api: Api, name: str = ANA, channel: str = "") -> Any:
    async with api.http.get("/_/slack/screen", params={"as": name, "channel": channel}) as answer:
        read = await answer.json()
        assert answer.status == 200, read
        return read


async def test_a_command_is_signed_over_its_raw_bytes(api: Api, application: Application) -> None:
    await drive(api, "command", **{"as": ANA, "line": "/book with my mentor & the payload=x"})
    raw, headers = application.requests[0]
    stamp, secret = headers["x-slack-request-timestamp"], api.slack.installed.app.signing_secret
    expected = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256).hexdigest()
    assert headers["x-slack-signature"] == f"v0={expected}"
    told = application.heard[0]
    assert (told["command"], told["text"]) == ("/book", "with my mentor & the payload=x")
    assert (told["user_id"], told["channel_name"]) == (api.user(), "directmessage")
    assert told["is_enterprise_install"] == "false"
    await api.good("views.open", trigger_id=told["trigger_id"], view=modal())


async def test_a_response_url_has_five_uses_in_thirty_minutes(api: Api, application: Application) -> None:
    await drive(api, "command", **{"as": ANA, "line": "/book"})
    url = application.heard[0]["response_url"]
    for _ in range(4):
        async with api.http.post(url, json={"text": "Found"}) as answer:
            assert (answer.status, await answer.text()) == (200, "ok")
    async with api.http.post(url, json={"text": "Found", "response_type": "in_channel"}) as answer:
        assert answer.status == 200
    async with api.http.post(url, json={"text": "Found"}) as answer:
        assert (answer.status, await answer.text()) == (404, "used_url")
    assert [message["only"] for message in (await screen(api))["messages"]] == [True] * 4 + [False]
    await drive(api, "command", **{"as": ANA, "line": "/book"})
    api.sandbox.clock.jump(timedelta(minutes=31))
    async with api.http.post(application.heard[1]["response_url"], json={"text": "Found"}) as answer:
        assert (answer.status, await answer.text()) == (404, "expired_url")


async def test_what_a_response_url_does_not_take(api: Api, application: Application) -> None:
    await drive(api, "command", **{"as": ANA, "line": "/book"})
    url = application.heard[0]["response_url"]
    for body, code in (
        ({}, "no_text"),
        ({"text": "x", "colour": "red"}, "invalid_payload"),
        ({"blocks": [section("x" * 3001)]}, "invalid_blocks"),
    ):
        async with api.http.post(url, json=body) as answer:
            assert (answer.status, await answer.text()) == (400, code)
    async with api.http.post(url.rpartition("/")[0] + "/made-up", json={"text": "x"}) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("status", [404, 500])
async def test_a_command_that_failed_says_so_to_whoever_typed_it(
    api: Api, application: Application, status: int
) -> None:
    application.answer = lambda _payload: web.Response(status=status)
    told = await drive(api, "command", **{"as": ANA, "line": "/book"})
    assert told["status"] == status
    assert "/book failed" in (await screen(api))["messages"][0]["text"]


async def test_a_command_can_be_answered_at_once(api: Api, application: Application) -> None:
    application.answer = lambda _payload: web.json_response({"text": "Looking ..."})
    await drive(api, "command", **{"as": ANA, "line": "/book"})
    assert [(each["text"], each["only"]) for each in (await screen(api))["messages"]] == [("Looking ...", True)]


async def test_words_in_the_direct_messages_are_an_event(api: Api, application: Application) -> None:
    await drive(api, "say", **{"as": ANA, "text": "book with my mentor"})
    told = application.heard[0]
    event = told["event"]
    assert (told["type"], event["type"], event["channel_type"]) == ("event_callback", "message", "im")
    assert (event["text"], event["user"]) == ("book with my mentor", api.user())
    assert told["authorizations"][0]["user_id"] == (await api.good("auth.test"))["user_id"]
    team = api.slack.people.team_of("example.com")
    channel = api.slack.state.channels.add(team, "general", [api.user()], bot=False)
    await drive(api, "say", **{"as": ANA, "text": "hello", "channel": channel.id})
    assert len(application.heard) == 1


async def test_an_event_nobody_took_comes_again_three_times(api: Api, application: Application) -> None:
    application.answer = lambda _payload: web.Response(status=500)
    told = await drive(api, "event", **{"as": ANA, "event": {"type": "app_home_opened", "user": api.user()}})
    await application.until(2)
    for seconds, count in ((61, 3), (301, 4)):
        api.sandbox.clock.jump(timedelta(seconds=seconds))
        await application.until(count)
    assert {each["event_id"] for each in application.heard} == {told["event_id"]}
    numbers = [headers.get("x-slack-retry-num") for _, headers in application.requests]
    assert numbers == [None, "1", "2", "3"]
    assert application.requests[1][1]["x-slack-retry-reason"] == "http_error"


async def test_no_retry_is_heeded(api: Api, application: Application) -> None:
    application.answer = lambda _payload: web.Response(status=500, headers={"X-Slack-No-Retry": "1"})
    await drive(api, "event", **{"as": ANA, "event": {"type": "x"}})
    application.answer = lambda _payload: web.Response()
    api.sandbox.clock.jump(timedelta(minutes=10))
    await drive(api, "event", **{"as": ANA, "event": {"type": "y"}})
    assert [each["event"]["type"] for each in application.heard] == ["x", "y"]


async def test_a_press_carries_its_message_and_replaces_it(api: Api, application: Application) -> None:
    choices = {"type": "actions", "block_id": "slots", "elements": [button(1), button(2, value="second")]}
    posted = await api.good("chat.postMessage", channel=api.user(), text="Choose", blocks=[choices])
    place = {"as": ANA, "channel": posted["channel"], "ts": posted["ts"], "block": "slots"}
    await drive(api, "press", **place, action="press-2")
    told = application.heard[0]
    assert told["type"] == "block_actions"
    assert told["actions"][0]["value"] == "second"
    assert told["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": posted["channel"],
        "is_ephemeral": False,
    }
    assert told["message"]["blocks"][0]["block_id"] == "slots"
    async with api.http.post(told["response_url"], json={"replace_original": True, "text": "Booked"}) as answer:
        assert answer.status == 200
    assert [message["text"] for message in (await screen(api))["messages"]] == ["Booked"]
    refusal = await drive(api, "press", 400, **place, action="press-2")
    assert "no 'press-2'" in refusal["error"]


async def test_a_press_on_what_one_person_sees(api: Api, application: Application) -> None:
    channel = (await api.good("conversations.open", users=api.user()))["channel"]["id"]
    blocks = [{"type": "actions", "block_id": "slots", "elements": [button()]}]
    ts = (await api.good("chat.postEphemeral", channel=channel, user=api.user(), blocks=blocks))["message_ts"]
    place = {"channel": channel, "ts": ts, "block": "slots", "action": "press-0"}
    await drive(api, "press", **{"as": ANA, **place})
    told = application.heard[0]
    assert told["container"]["is_ephemeral"] is True
    assert "message" not in told
    await drive(api, "press", 400, **{"as": "sam@example.com", **place})
    async with api.http.post(told["response_url"], json={"delete_original": True}) as answer:
        assert answer.status == 200
    assert (await screen(api))["messages"] == []


async def test_others_in_a_group_can_press_too(api: Api, application: Application) -> None:
    users = f"{api.user()},{api.user('sam')}"
    channel = (await api.good("conversations.open", users=users))["channel"]["id"]
    blocks = [{"type": "actions", "block_id": "slots", "elements": [button()]}]
    ts = (await api.good("chat.postMessage", channel=channel, text="x", blocks=blocks))["ts"]
    place = {"channel": channel, "ts": ts, "block": "slots", "action": "press-0"}
    await drive(api, "press", **{"as": "sam@example.com", **place})
    assert application.heard[0]["user"]["id"] == api.user("sam")


async def opened(api: Api, *blocks: Any, **more: Any) -> str:
    view = modal(*blocks, submit=plain("Book"), callback_id="book", **more)
    told = await api.good("views.open", trigger_id=api.trigger(), view=view)
    return str(told["view"]["id"])


async def test_a_form_is_sent_with_what_was_filled_in(api: Api, application: Application) -> None:
    view = await opened(api, asks(max_length=20))
    missing = await drive(api, "submit", **{"as": ANA, "view": view, "values": {}})
    assert missing["errors"] == {"topic": "Please complete this required field."}
    long = await drive(api, "submit", **{"as": ANA, "view": view, "values": {"topic": {"topic": "x" * 21}}})
    assert long["errors"] == {"topic": "Please use at most 20 characters."}
    assert application.heard == []
    sent = await drive(api, "submit", **{"as": ANA, "view": view, "values": {"topic": {"topic": "Career"}}})
    assert sent == {"errors": {}, "trouble": ""}
    told = application.heard[0]
    assert told["type"] == "view_submission"
    assert told["view"]["state"]["values"]["topic"]["topic"]["value"] == "Career"
    assert (await screen(api))["modal"] is None


@pytest.mark.parametrize(
    ("answer", "expected", "stays"),
    [
        ({"response_action": "errors", "errors": {"topic": "Too vague"}}, {"topic": "Too vague"}, "Book"),
        ({"response_action": "update", "view": modal(title=plain("Done"))}, {}, "Done"),
        ({"response_action": "push", "view": modal(title=plain("More"))}, {}, "More"),
        ({"response_action": "clear"}, {}, None),
        ({"response_action": "errors", "errors": {"elsewhere": "x"}}, "trouble", "Book"),
        ({"response_action": "update", "view": modal(title=plain("x" * 25))}, "trouble", "Book"),
        ({"response_action": "explode"}, "trouble", "Book"),
        (["x"], "trouble", "Book"),
    ],
)
async def test_what_an_answer_does_to_a_form(
    api: Api, application: Application, answer: Any, expected: Any, stays: str | None
) -> None:
    view = await opened(api, asks())
    application.answer = lambda _payload: web.json_response(answer)
    sent = await drive(api, "submit", **{"as": ANA, "view": view, "values": {"topic": {"topic": "Career"}}})
    if expected == "trouble":
        assert "trouble" in sent["trouble"]
    else:
        assert (sent["errors"], sent["trouble"]) == (expected, "")
    shown = (await screen(api))["modal"]
    assert (shown and shown["title"]["text"]) == stays


async def test_a_form_that_is_closed_tells_who_wants_to_know(api: Api, application: Application) -> None:
    await drive(api, "close", **{"as": ANA, "view": await opened(api, asks())})
    assert application.heard == []
    await drive(api, "close", **{"as": ANA, "view": await opened(api, asks(), notify_on_close=True)})
    assert (application.heard[0]["type"], application.heard[0]["is_cleared"]) == ("view_closed", False)
    assert "trigger_id" not in application.heard[0]


async def test_choosing_in_a_form_is_heard_where_it_asks_for_that(api: Api, application: Application) -> None:
    day = {"type": "datepicker", "action_id": "day"}
    quiet = {"type": "input", "block_id": "quiet", "label": plain("Day"), "element": day}
    view = await opened(api, quiet, {**quiet, "block_id": "loud", "dispatch_action": True})
    chosen = {"as": ANA, "view": view, "action": "day", "value": "2026-11-30"}
    assert (await drive(api, "press", **chosen, block="quiet"))["status"] is None
    await drive(api, "press", **chosen, block="loud")
    told = application.heard[0]
    assert told["actions"][0]["selected_date"] == "2026-11-30"
    values = told["view"]["state"]["values"]
    assert values["quiet"]["day"]["selected_date"] == values["loud"]["day"]["selected_date"] == "2026-11-30"
    await drive(api, "press", 400, **{**chosen, "value": "tomorrow"}, block="loud")
    await drive(api, "press", 400, **{**chosen, "as": "sam@example.com"}, block="loud")


async def test_an_external_select_asks_for_its_options(api: Api, application: Application) -> None:
    slot = {"type": "external_select", "action_id": "slot", "min_query_length": 2}
    view = await opened(api, {"type": "input", "block_id": "slot", "label": plain("When"), "element": slot})
    option = {"text": plain("10:00"), "value": "s1"}
    application.answer = lambda _payload: web.json_response({"options": [option]})
    asked = {"as": ANA, "view": view, "block": "slot", "action": "slot"}
    assert (await drive(api, "suggest", **asked, value="m"))["options"] == []
    assert (await drive(api, "suggest", **asked, value="mo"))["options"] == [option]
    assert (application.heard[0]["type"], application.heard[0]["value"]) == ("block_suggestion", "mo")
    application.answer = lambda _payload: web.json_response({"options": [{"text": "10:00"}]})
    assert (await drive(api, "suggest", **asked, value="mo"))["options"] == []


async def test_shortcuts_and_the_home(api: Api, application: Application) -> None:
    posted = await api.good("chat.postMessage", channel=api.user(), text="Hello")
    await drive(api, "shortcut", **{"as": ANA, "callback": "book"})
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    await drive(api, "shortcut", **{"as": ANA, "callback": "about", **place})
    assert [each["type"] for each in application.heard] == ["shortcut", "message_action"]
    assert application.heard[1]["message"]["text"] == "Hello"
    await drive(api, "home", **{"as": ANA})
    assert application.heard[2]["event"]["tab"] == "home"
    home = {"type": "home", "blocks": [{"type": "actions", "block_id": "top", "elements": [button()]}]}
    view = (await api.good("views.publish", user_id=api.user(), view=home))["view"]
    assert (await screen(api))["home"]["id"] == view["id"]
    await drive(api, "press", **{"as": ANA, "view": view["id"], "block": "top", "action": "press-0"})
    assert application.heard[3]["container"] == {"type": "view", "view_id": view["id"]}
    assert "response_url" not in application.heard[3]


async def test_removing_the_application_and_changing_a_profile(api: Api, application: Application) -> None:
    await drive(api, "person", **{"as": ANA, "locale": "fr-FR"})
    assert application.heard[0]["event"]["user"]["locale"] == "fr-FR"
    await drive(api, "uninstall", place=api.slack.people.team_of("example.com").id)
    assert [each["event"]["type"] for each in application.heard[1:]] == ["tokens_revoked", "app_uninstalled"]
    assert await api.refused("auth.test") == "account_inactive"
    assert "not installed" in (await drive(api, "command", 400, **{"as": ANA, "line": "/book"}))["error"]


async def test_an_organisations_payloads_name_no_team(api: Api, application: Application) -> None:
    enterprise = (await drive(api, "enterprise", name="Grid", domains=["example.com"]))["enterprise"]
    api.slack.installed.uninstall(api.slack.people.team_of("example.com").id)
    api.token = (await drive(api, "install", enterprise=enterprise))["token"]
    await drive(api, "command", **{"as": ANA, "line": "/book"})
    assert application.heard[0]["is_enterprise_install"] == "true"
    assert application.heard[0]["enterprise_id"] == enterprise
    view = await opened(api, asks())
    await drive(api, "submit", **{"as": ANA, "view": view, "values": {"topic": {"topic": "Career"}}})
    assert application.heard[1]["team"] is None
    assert application.heard[1]["view"]["app_installed_team_id"]
