"""What reaches the bot: who said what, where, and again where nobody took it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web

from .bot import Heard
from .conftest import ANA, SAM, Api, said


async def test_words_in_the_own_chat(api: Api, heard: Heard) -> None:
    told = await api.drive("say", **{"as": SAM, "text": "book <i> with my mentor"})
    activity = heard.heard[0]
    assert (told["status"], told["activity"]) == (202, activity["id"])
    sam = api.teams.hands.person(SAM)
    assert (activity["type"], activity["text"], activity["channelId"]) == (
        "message",
        "book <i> with my mentor",
        "msteams",
    )
    assert activity["from"] == {"id": sam.id, "aadObjectId": sam.object_id, "name": "Sam Okoye"}
    assert activity["recipient"]["id"] == f"28:{api.sandbox.teams_bot().app_id}"
    assert activity["conversation"] == {"conversationType": "personal", "tenantId": sam.tenant, "id": api.chat()}
    assert activity["channelData"]["tenant"]["id"] == sam.tenant
    assert activity["entities"][0]["timezone"] == activity["localTimezone"] == "Europe/Berlin"
    assert activity["attachments"] == [{"contentType": "text/html", "content": "<p>book &lt;i&gt; with my mentor</p>"}]
    assert activity["timestamp"].startswith("2026-11-23T08:")
    assert activity["localTimestamp"].startswith("2026-11-23T09:")


async def test_in_groups_the_bot_hears_its_name_alone(api: Api, heard: Heard) -> None:
    group = await api.group()
    assert (await api.drive("say", **{"as": ANA, "text": "lunch?", "conversation": group}))["status"] is None
    await api.drive("say", **{"as": ANA, "text": "book", "conversation": group, "mention": True})
    activity = heard.heard[0]
    assert activity["text"] == "<at>Pairtime</at> book"
    assert activity["entities"][1]["mentioned"]["id"] == activity["recipient"]["id"]
    assert (activity["conversation"]["isGroup"], activity["conversation"]["conversationType"]) == (True, "groupChat")
    await api.drive("say", **{"as": ANA, "text": "Book", "conversation": group, "slash": True})
    assert heard.heard[1]["recipient"]["isTargeted"] is True
    assert [each.only for each in api.teams.state.messages.of(group)] == ["", "", ANA]
    await api.drive("say", 400, **{"as": SAM, "text": "Book", "slash": True})
    await api.drive("say", 400, **{"as": "gil@example.com", "text": "x", "conversation": group})


async def test_a_channels_activities_name_their_thread(api: Api, heard: Heard) -> None:
    channel = await api.channel()
    root = await api.drive("say", **{"as": SAM, "text": "book", "conversation": channel, "mention": True})
    activity = heard.heard[0]
    assert activity["conversation"]["id"] == f"{channel};messageid={root['message']}"
    assert activity["channelData"]["team"]["name"] == "Leaders"
    await api.drive(
        "say", **{"as": ANA, "text": "me too", "conversation": channel, "mention": True, "thread": root["message"]}
    )
    assert heard.heard[1]["conversation"]["id"] == f"{channel};messageid={root['message']}"


async def test_changed_and_deleted_words_are_told_as_such(api: Api, heard: Heard) -> None:
    id = (await api.drive("say", **{"as": SAM, "text": "book"}))["message"]
    await api.drive("edit", **{"as": SAM, "message": id, "text": "cancel"})
    await api.drive("delete", **{"as": SAM, "message": id})
    assert heard.kinds() == ["message", "messageUpdate", "messageDelete"]
    assert {each["id"] for each in heard.heard} == {id}
    assert heard.heard[1]["channelData"]["eventType"] == "editMessage"
    await api.drive("edit", 400, **{"as": SAM, "message": id, "text": "again"})
    bots = await api.sent(api.chat(), said())
    await api.drive("delete", 400, **{"as": SAM, "message": bots})


async def test_installing_is_told_twice_and_removing_once(api: Api, heard: Heard) -> None:
    await api.drive("install", **{"as": ANA})
    await api.drive("install", **{"as": ANA, "upgrade": True})
    await api.drive("uninstall", **{"as": ANA})
    assert [each.get("action") for each in heard.heard] == ["add", None, "add-upgrade", "remove"]
    assert len(heard.heard[1]["membersAdded"]) == 2
    group = await api.group(bot=False)
    await api.drive("install", **{"as": ANA, "conversation": group})
    await api.drive("leave", **{"as": SAM, "conversation": group})
    await api.drive("uninstall", **{"as": ANA, "conversation": group})
    assert [each.get("action", each["type"]) for each in heard.heard[4:]] == [
        "add",
        "conversationUpdate",
        "conversationUpdate",
        "conversationUpdate",
        "remove",
    ]
    assert heard.heard[6]["membersRemoved"][0]["id"] == api.user(SAM)


async def test_anything_else_in_its_envelope(api: Api, heard: Heard) -> None:
    receipt = {"name": "application/vnd.microsoft.readReceipt", "value": {"lastReadMessageId": "1"}}
    await api.drive("event", **{"as": SAM, "type": "event", "more": receipt})
    assert (heard.heard[0]["type"], heard.heard[0]["name"]) == ("event", receipt["name"])
    assert heard.heard[0]["from"]["id"] == api.user()


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_what_nobody_took_comes_again_after_fifteen_seconds(api: Api, heard: Heard, status: int) -> None:
    heard.answer = lambda _activity: web.Response(status=status)
    await api.drive("say", **{"as": SAM, "text": "book"})
    for count in (2, 3):
        api.sandbox.clock.jump(timedelta(seconds=16))
        await heard.until(count)
    assert len({each["id"] for each in heard.heard}) == 1


async def test_who_is_silent_for_fifteen_seconds_is_asked_again(api: Api, heard: Heard) -> None:
    asked, answered = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        asked.set()
        await answered.wait()

    heard.first = wait
    saying = asyncio.ensure_future(api.drive("say", **{"as": SAM, "text": "book"}))
    await asked.wait()
    api.sandbox.clock.jump(timedelta(seconds=16))
    assert (await saying)["status"] == 0
    answered.set()
    api.sandbox.clock.jump(timedelta(seconds=16))
    await heard.until(2)
    assert heard.heard[0] == heard.heard[1]


async def test_what_was_refused_does_not_come_again_unless_one_says_so(api: Api, heard: Heard) -> None:
    heard.answer = lambda _activity: web.Response(status=401)
    told = await api.drive("say", **{"as": SAM, "text": "book"})
    assert told["status"] == 401
    api.sandbox.clock.jump(timedelta(minutes=5))
    await api.drive("say", **{"as": SAM, "text": "other"})
    assert [each["text"] for each in heard.heard] == ["book", "other"]
    await api.drive("again", activity=told["activity"])
    assert heard.heard[2] == heard.heard[0]
    await api.drive("again", 400, activity="nothing")


async def test_a_moved_tenants_activities_name_the_new_service(api: Api, heard: Heard) -> None:
    await api.drive("move", domain="example.com", region="de")
    await api.drive("say", **{"as": SAM, "text": "book"})
    assert heard.heard[0]["serviceUrl"] == f"{api.sandbox.url}/teams/de/"


async def test_nobody_listens_or_exists(api: Api) -> None:
    assert (await api.drive("say", **{"as": SAM, "text": "book"}))["status"] == 0
    await api.drive("say", 400, **{"as": "nobody@example.com", "text": "book"})
    await api.drive("person", **{"as": ANA, "deleted": True})
    await api.drive("say", 400, **{"as": ANA, "text": "book"})
