"""Conversations and activities: where a bot may talk, and what of it it may change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from .conftest import ANA, GIL, SAM, Api, attached, block, card, carded, said


def meeting(api: Api, address: str = SAM, **more: Any) -> dict[str, Any]:
    """A request for a chat with this person."""
    tenant = api.teams.hands.person(address).tenant
    return {
        "isGroup": False,
        "bot": {"id": f"28:{api.sandbox.teams_bot().app_id}"},
        "members": [{"id": api.user(address)}],
        "tenantId": tenant,
        "channelData": {"tenant": {"id": tenant}},
        **more,
    }


async def test_a_chat_is_created_once(api: Api) -> None:
    first = await api.ask("POST", "conversations", meeting(api))
    again = await api.ask(
        "POST", "conversations", meeting(api, members=[{"id": api.teams.hands.person(SAM).object_id}])
    )
    assert (api.status, first["id"]) == (201, again["id"])
    opened = await api.ask("POST", "conversations", meeting(api, activity=said("Welcome")))
    assert api.shown(opened["id"]) == ["Welcome"]


async def test_whom_no_chat_can_be_created_with(api: Api) -> None:
    forbidden = (403, "ForbiddenOperationException")
    assert await api.refused("POST", "conversations", meeting(api, ANA)) == forbidden
    assert await api.refused("POST", "conversations", meeting(api, tenantId=None, channelData={})) == (
        400,
        "BadArgument",
    )
    assert await api.refused("POST", "conversations", meeting(api, tenantId="x")) == forbidden
    assert await api.refused("POST", "conversations", meeting(api, bot={"id": "28:x"})) == (403, "NotEnoughPermissions")
    for members in ([], [{"id": "29:x"}], [{"id": SAM}], ["x"], [{"id": api.user()}] * 2):
        assert (await api.refused("POST", "conversations", meeting(api, members=members)))[0] == 400
    assert await api.refused("POST", "conversations", []) == (400, "BadSyntax")


async def test_members_of_a_group_with_the_bot_can_be_written_to(api: Api) -> None:
    await api.group()
    made = await api.ask("POST", "conversations", meeting(api, ANA))
    await api.sent(made["id"], said())


async def test_who_blocked_removed_or_forbade_it_gets_nothing(api: Api) -> None:
    place = f"conversations/{api.chat()}/activities"
    await api.drive("block", **{"as": SAM})
    assert await api.refused("POST", place, said()) == (403, "ConversationBlockedByUser")
    assert await api.refused("POST", "conversations", meeting(api)) == (403, "ConversationBlockedByUser")
    await api.drive("block", **{"as": SAM, "blocked": False})
    await api.drive("disable", domain="example.com")
    assert await api.refused("POST", place, said()) == (403, "BotDisabledByAdmin")
    await api.drive("disable", domain="example.com", disabled=False)
    await api.drive("uninstall", **{"as": SAM})
    assert await api.refused("POST", place, said()) == (403, "BotNotInConversationRoster")
    await api.drive("uninstall", 400, **{"as": SAM})
    await api.drive("install", **{"as": SAM})
    await api.sent(api.chat(), said())


async def test_conversations_live_in_one_region_and_everywhere(api: Api) -> None:
    moved = await api.drive("move", domain="example.com", region="fr")
    assert moved["service"] == f"{api.sandbox.url}/teams/fr/"
    place = f"conversations/{api.chat()}/activities"
    assert await api.refused("POST", place, said()) == (404, "ConversationNotFound")
    for api.region in ("fr", "teams"):
        await api.sent(api.chat(), said())
    await api.drive("move", 400, domain="example.com", region="moon")
    assert await api.refused("POST", "conversations/a:1nowhere/activities", said()) == (404, "ConversationNotFound")


async def test_a_message_is_sent_answered_changed_and_deleted(api: Api) -> None:
    chat = api.chat()
    id = await api.sent(chat, said("One"))
    answer = await api.ask("POST", f"conversations/{chat}/activities/{id}", said("Two"))
    assert (api.status, api.shown(chat)) == (201, ["One", "Two"])
    changed = await api.ask("PUT", f"conversations/{chat}/activities/{id}", carded(card(block("Three"))))
    assert (api.status, changed["id"]) == (200, id)
    kept = api.teams.state.messages.one(chat, id)
    assert kept is not None
    assert (kept.card, kept.edited, kept.text) == (card(block("Three")), True, "")
    await api.ask("DELETE", f"conversations/{chat}/activities/{answer['id']}")
    assert (api.status, len(api.shown(chat))) == (200, 1)
    for method in ("PUT", "DELETE"):
        place = f"conversations/{chat}/activities/{answer['id']}"
        assert await api.refused(method, place, said()) == (404, "ActivityNotFoundInConversation")
    said_by_sam = (await api.drive("say", **{"as": SAM, "text": "Hello"}))["message"]
    place = f"conversations/{chat}/activities/{said_by_sam}"
    assert await api.refused("PUT", place, said()) == (403, "NotEnoughPermissions")


async def test_words_do_not_take_a_cards_place(api: Api) -> None:
    id = await api.sent(api.chat(), carded(card(block("Card"))))
    place = f"conversations/{api.chat()}/activities/{id}"
    assert (await api.ask("PUT", place, said("Words")))["id"] == id
    kept = api.teams.state.messages.one(api.chat(), id)
    assert kept is not None
    assert (kept.card, kept.text) == (card(block("Card")), "")


@pytest.mark.parametrize(
    ("activity", "status"),
    [
        ({"type": "message"}, 400),
        ({"type": "dance"}, 400),
        ({}, 400),
        ({"type": "message", "text": 3}, 400),
        ({"type": "message", "text": "x", "textFormat": "html"}, 400),
        ({"type": "message", "attachments": {"a": 1}}, 400),
        ({"type": "message", "attachments": ["x"]}, 400),
        ({"type": "message", "attachments": [{"contentType": "text/html", "content": "x"}]}, 400),
        (carded(card(block(), version="9.9")), 400),
        (said("x" * 60_000), 413),
        (said("x" * 300_000), 413),
        (carded(card(block("é" * 52_000))), 413),
        (
            said(
                "Hello <at>Sam</at>", entities=[{"type": "mention", "text": "<at>Ana</at>", "mentioned": {"id": "x"}}]
            ),
            400,
        ),
        (said("Hello", entities=[{"type": "mention", "text": "Hello", "mentioned": {}}]), 400),
        (said("Hello", entities=["x"]), 400),
    ],
)
async def test_what_cannot_be_sent(api: Api, activity: Any, status: int) -> None:
    answer = await api.ask("POST", f"conversations/{api.chat()}/activities", activity)
    assert api.status == status, answer
    assert answer["error"]["code"] == {400: "BadArgument", 413: "MessageSizeTooBig"}[status]
    assert api.shown(api.chat()) == []


async def test_mentions_stand_in_the_text(api: Api) -> None:
    mention = {"type": "mention", "text": "<at>Sam</at>", "mentioned": {"id": api.user(), "name": "Sam"}}
    await api.sent(api.chat(), said("Hello <at>Sam</at>", entities=[mention]))


async def test_words_beside_a_card_become_two_messages_without_an_id(api: Api) -> None:
    both = carded(card(block()), text="And words")
    assert await api.ask("POST", f"conversations/{api.chat()}/activities", both) == {}
    assert api.status == 202
    two = {"type": "message", "attachments": [attached(card(block()))] * 2}
    assert await api.ask("POST", f"conversations/{api.chat()}/activities", two) == {}
    assert len(api.shown(api.chat())) == 4
    await api.sent(api.chat(), {**two, "attachmentLayout": "carousel"})


async def test_typing_says_nothing_and_ends_with_words(api: Api) -> None:
    await api.sent(api.chat(), {"type": "typing"})
    assert (api.shown(api.chat()), api.chat() in api.teams.state.typing_in) == ([], True)
    await api.sent(api.chat(), said())
    assert api.chat() not in api.teams.state.typing_in


async def test_a_targeted_message_is_for_one_person_and_a_day(api: Api) -> None:
    group = await api.group()
    place, only = f"conversations/{group}/activities", {"isTargetedActivity": "true"}
    to_ana = said("Psst", recipient={"id": api.user(ANA), "isTargeted": True})
    assert await api.refused("POST", place, to_ana) == (400, "BadArgument")
    assert await api.refused("POST", place, said(), **only) == (400, "BadArgument")
    stranger = said("Psst", recipient={"id": api.user(GIL), "isTargeted": True})
    assert await api.refused("POST", place, stranger, **only) == (404, "MemberNotFoundInConversation")
    assert (await api.refused("POST", f"conversations/{api.chat()}/activities", to_ana, **only))[0] == 400
    id = await api.sent(group, to_ana, **only)
    kept = api.teams.state.messages.one(group, id)
    assert kept is not None
    assert kept.only == ANA
    assert (await api.refused("PUT", f"{place}/{id}", said("x")))[0] == 400
    assert (await api.refused("PUT", f"{place}/{id}", to_ana, **only))[0] == 400
    await api.ask("PUT", f"{place}/{id}", said("Two"), **only)
    assert api.shown(group) == ["Two"]
    api.sandbox.clock.jump(timedelta(hours=24))
    assert api.shown(group) == []
    assert await api.refused("PUT", f"{place}/{id}", said(), **only) == (404, "ActivityNotFoundInConversation")


async def test_a_channel_has_threads(api: Api) -> None:
    channel = await api.channel()
    begin = {"isGroup": True, "channelData": {"channel": {"id": channel}}, "activity": said("Root")}
    made = await api.ask("POST", "conversations", begin)
    assert (api.status, made["id"]) == (201, f"{channel};messageid={made['activityId']}")
    await api.ask("POST", f"conversations/{quote(made['id'])}/activities", said("Answer"))
    assert [each.thread for each in api.teams.state.messages.of(channel)] == ["", made["activityId"]]
    assert (await api.refused("POST", "conversations", {**begin, "activity": None}))[0] == 400
    assert (await api.refused("POST", "conversations", {"channelData": {"channel": {"id": "19:x"}}}))[0] == 404


async def test_too_often_is_refused_with_a_time_to_wait(api: Api) -> None:
    await api.drive("app", rates=True)
    place = f"conversations/{api.chat()}/activities"
    for _ in range(7):
        await api.sent(api.chat(), said())
    assert await api.refused("POST", place, said()) == (429, "TooManyRequests")
    assert int(api.retry_after or 0) >= 1


@pytest.mark.parametrize(
    ("status", "reason", "body"),
    [
        (403, None, {"code": "Forbidden", "message": "An error occurred."}),
        (
            403,
            "MessageWritesBlocked",
            {"code": "Forbidden", "subCode": "MessageWritesBlocked", "message": "Thread is blocked"},
        ),
        (403, "InvalidBotApiHost", None),
        (412, None, {"code": "PreconditionFailed", "message": "Precondition failed, please try again."}),
        (429, None, {"code": "TooManyRequests", "message": "Too many requests."}),
        (502, None, None),
        (404, "ActivityNotFoundInConversation", None),
    ],
)
async def test_trouble_on_demand(api: Api, status: int, reason: str | None, body: Any) -> None:
    fault = {"kind": "status", "vendor": "teams", "operation": "activities.send", "mailbox": SAM, "status": status}
    async with api.http.post("/_/faults", json={**fault, **({"reason": reason} if reason else {})}) as armed:
        assert armed.status == 200, await armed.text()
    answer = await api.ask("POST", f"conversations/{api.chat()}/activities", said())
    assert (api.status, answer["error"]["code"]) == (
        status,
        reason if reason and body is None else answer["error"]["code"],
    )
    if body is not None:
        assert answer["error"] == body
    assert (api.retry_after is not None) is (status == 429)
    await api.sent(api.chat(), said())
