"""conversations.open and chat.*: where one may talk, and what of it may be changed."""

from __future__ import annotations

import pytest

from sandbox.slack.content import TEXT_AT_MOST
from sandbox.slack.messages import Message, Messages

from .conftest import Api, button, section


async def test_a_conversation_is_opened_once(api: Api) -> None:
    first = await api.good("conversations.open", users=api.user())
    again = await api.good("conversations.open", users=api.user(), return_im=True)
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"] is True
    assert again["channel"]["is_im"] is True
    posted = await api.good("chat.postMessage", channel=api.user(), text="Hello")
    assert posted["channel"] == first["channel"]["id"]


async def test_whom_one_cannot_open_a_conversation_with(api: Api) -> None:
    people = api.slack.people
    assert await api.refused("conversations.open") == "users_list_not_supplied"
    assert await api.refused("conversations.open", users="U0NOBODY00") == "user_not_found"
    assert await api.refused("conversations.open", users=",".join([api.user()] * 9)) == "too_many_users"
    people.describe("gil@example.com", bot=True)
    assert await api.refused("conversations.open", users=api.user("gil")) == "cannot_dm_bot"
    assert await api.refused("chat.postMessage", channel=api.user("gil"), text="Hello") == "cannot_dm_bot"
    people.describe("sam@example.com", deleted=True)
    assert await api.refused("conversations.open", users=api.user("sam")) == "user_disabled"
    assert await api.refused("chat.postMessage", channel=api.user("sam"), text="Hello") == "channel_not_found"


async def test_a_group_is_the_same_in_any_order(api: Api) -> None:
    one = await api.good("conversations.open", users=f"{api.user()},{api.user('sam')}")
    other = await api.good("conversations.open", users=f"{api.user('sam')},{api.user()}")
    assert one["channel"]["id"] == other["channel"]["id"]
    await api.good("chat.postMessage", channel=one["channel"]["id"], text="Hello both")


async def test_channels_are_entered_first_and_end(api: Api) -> None:
    channels, team = api.slack.state.channels, api.slack.people.team_of("example.com")
    channel = channels.add(team, "mentoring", [api.user()], bot=False)
    assert await api.refused("chat.postMessage", channel=channel.id, text="Hello") == "not_in_channel"
    assert await api.refused("chat.postMessage", channel="C0NOWHERE0", text="Hello") == "channel_not_found"
    channels.add(team, "mentoring", [api.user()], bot=True)
    posted = await api.good("chat.postMessage", channel=channel.id, text="Hello")
    channels.add(team, "mentoring", [api.user()], bot=True, archived=True)
    assert await api.refused("chat.postMessage", channel=channel.id, text="Hello") == "is_archived"
    assert await api.refused("chat.update", channel=channel.id, ts=posted["ts"], text="Bye") == "is_archived"


async def test_people_who_cannot_be_written_to(api: Api) -> None:
    api.slack.saying.messages_tab = False
    assert await api.refused("chat.postMessage", channel=api.user(), text="Hello") == "messages_tab_disabled"


async def test_a_message_says_something(api: Api) -> None:
    assert await api.refused("chat.postMessage", channel=api.user()) == "no_text"
    assert await api.refused("chat.postMessage", channel=api.user(), blocks="[") == "invalid_arguments"
    assert await api.refused("chat.postMessage", channel=api.user(), blocks={}) == "no_text"
    assert await api.refused("chat.postMessage", channel=api.user(), blocks={"a": 1}) == "invalid_blocks_format"
    assert await api.refused("chat.postMessage", channel=api.user(), attachments=[{}]) == "invalid_arguments"
    posted = await api.good("chat.postMessage", channel=api.user(), text="x" * (TEXT_AT_MOST + 9))
    assert len(posted["message"]["text"]) == TEXT_AT_MOST


async def test_blocks_are_named_and_wrong_ones_pointed_at(api: Api) -> None:
    posted = await api.good("chat.postMessage", channel=api.user(), blocks=[section("Hello")])
    assert posted["message"]["blocks"][0]["block_id"]
    told = await api.call("chat.postMessage", channel=api.user(), blocks=[section("x" * 3001)])
    assert told["error"] == "invalid_blocks"
    assert told["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert len(told["errors"]) == 1
    long = [section("x" * 2900) for _ in range(5)]
    assert await api.refused("chat.postMessage", channel=api.user(), blocks=long) == "msg_blocks_too_long"


async def test_only_ones_own_messages_can_be_changed(api: Api) -> None:
    posted = await api.good("chat.postMessage", channel=api.user(), text="One", blocks=[section("One")])
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    changed = await api.good("chat.update", **place, text="Two")
    assert changed["message"]["blocks"] == []
    assert changed["message"]["edited"]
    assert await api.refused("chat.update", channel=posted["channel"], ts="1.000001", text="x") == "message_not_found"
    await api.good("chat.delete", **place)
    assert await api.refused("chat.delete", **place) == "message_not_found"
    typed = api.slack.state.messages.keep(Message(posted["channel"], "1.000002", api.user(), "Hello"))
    other = {"channel": posted["channel"], "ts": typed.ts}
    assert await api.refused("chat.update", **other, text="x") == "cant_update_message"
    assert await api.refused("chat.delete", **other) == "cant_delete_message"


async def test_a_whisper_reaches_members_and_cannot_be_changed(api: Api) -> None:
    channel = (await api.good("conversations.open", users=api.user()))["channel"]["id"]
    whispered = await api.good("chat.postEphemeral", channel=channel, user=api.user(), blocks=[section("Psst")])
    ts = whispered["message_ts"]
    assert await api.refused("chat.update", channel=channel, ts=ts, text="x") == "message_not_found"
    assert (
        await api.refused("chat.postEphemeral", channel=channel, user=api.user("sam"), text="x")
        == "user_not_in_channel"
    )


@pytest.mark.parametrize("restart", [False, True])
async def test_messages_are_stamped_in_order(api: Api, restart: bool) -> None:
    stamps = [(await api.good("chat.postMessage", channel=api.user(), text=str(each)))["ts"] for each in range(5)]
    if restart:
        stamps.append(Messages(api.sandbox.world).stamp())
    assert stamps == sorted(set(stamps))


async def test_a_picture_is_shown_once_it_was_sent(api: Api) -> None:
    begun = await api.good("files.getUploadURLExternal", filename="week.png", length=4, alt_txt="Ana's week")
    picture = {"type": "image", "alt_text": "Ana's week", "slack_file": {"id": begun["file_id"]}}
    assert await api.refused("chat.postMessage", channel=api.user(), blocks=[picture]) == "invalid_blocks"
    assert await api.refused("files.completeUploadExternal", files=[{"id": begun["file_id"]}]) == "file_not_found"
    async with api.http.post(begun["upload_url"], data=b"12345") as answer:
        assert answer.status == 400
    async with api.http.post(begun["upload_url"], data=b"1234") as answer:
        assert (answer.status, await answer.text()) == (200, "OK - 4")
    async with api.http.post(begun["upload_url"], data=b"1234") as answer:
        assert answer.status == 404
    channel = (await api.good("conversations.open", users=api.user()))["channel"]["id"]
    done = await api.good(
        "files.completeUploadExternal",
        files=[{"id": begun["file_id"], "title": "Your week"}],
        channel_id=channel,
        initial_comment="Here it is",
    )
    assert done["files"][0]["title"] == "Your week"
    await api.good("chat.postMessage", channel=channel, blocks=[picture, {"type": "actions", "elements": [button()]}])
    await api.good("files.delete", file=begun["file_id"])
    assert await api.refused("files.delete", file=begun["file_id"]) == "file_not_found"
    assert [message.files for message in api.slack.state.messages.of(channel)] == [()]


async def test_what_cannot_be_uploaded(api: Api) -> None:
    assert await api.refused("files.getUploadURLExternal", filename="a.png", length=0) == "invalid_arguments"
    assert await api.refused("files.completeUploadExternal", files=[]) == "invalid_arguments"
    assert await api.refused("files.completeUploadExternal", files=[{"id": "F0"}]) == "file_not_found"
