"""Buttons: answered in their place, by the person who pressed, whoever's message it is."""

from __future__ import annotations

from time import monotonic
from typing import Any

import aiohttp

from adapters.secret import Secret
from adapters.slack.heard import Heard
from adapters.slack.installation import Installation
from adapters.slack.outlets import ResponseUrls, outlet_of
from adapters.slack.render import Shown
from adapters.slack.web_api import WebApi
from tests.visiting import Visitor

from .conftest import Town
from .little_slack import LittleSlack, Posted
from .signed import APP, BOT, TEAM


def buttons(shown: Posted) -> dict[str, dict[str, Any]]:
    """The buttons of a message by their labels."""
    rows = [block["elements"] for block in shown.fields["blocks"] if block["type"] == "actions"]
    return {each["text"]["text"]: each for row in rows for each in row if each["type"] == "button"}


def pressed(
    action: dict[str, Any], user: str = "U0ANA", *, channel: str = "C0GENERAL", ephemeral: bool = True, **others: Any
) -> dict[str, Any]:
    """A press, as Slack sends it."""
    return {
        "type": "block_actions",
        "api_app_id": APP,
        "team": {"id": TEAM, "domain": "example"},
        "user": {"id": user, "team_id": TEAM, "username": "somebody"},
        "channel": {"id": channel, "name": "general"},
        "container": {"type": "message", "message_ts": "9.9", "channel_id": channel, "is_ephemeral": ephemeral},
        "trigger_id": "1.1.a",
        "actions": [{"type": "button", "block_id": "b", "action_ts": "1.0", **action}],
        **others,
    }


async def test_a_press_takes_the_place_of_what_it_was_on(town: Town) -> None:
    offered = await town.command("with my mentor", name="/book")
    first = buttons(offered)["1"]
    url = town.there.response_url("again")
    assert await town.slack.interaction(pressed(first, response_url=url)) == (200, "")
    await town.here.tasks.idle()
    booked = town.there.posted[-1]
    assert (booked.where, booked.fields["replace_original"], booked.fields["response_type"]) == (
        "again",
        True,
        "ephemeral",
    )
    assert booked.text.startswith("Booked. Tue 24 Nov 2026, 09:00")


async def test_in_the_conversation_the_answer_itself_is_changed_and_a_notice_is_not(town: Town) -> None:
    [offered] = await town.word("book with my mentor")
    more = buttons(offered)["More"]
    on: dict[str, Any] = {
        "channel": "DU0ANA",
        "ephemeral": False,
        "message": {"ts": "9.9", "blocks": offered.fields["blocks"]},
    }
    assert await town.slack.interaction(pressed(more, **on)) == (200, "")
    await town.here.tasks.idle()
    changed = town.there.posted[-1]
    assert (changed.method, changed.fields["ts"]) == ("chat.update", "9.9")
    notice: dict[str, Any] = {
        "channel": "DU0ANA",
        "ephemeral": False,
        "message": {"ts": "9.9", "blocks": [{"type": "section"}]},
    }
    assert await town.slack.interaction(pressed(more, **notice)) == (200, "")
    await town.here.tasks.idle()
    assert town.there.posted[-1].method == "chat.postMessage"


async def test_another_one_in_a_group_is_answered_alone_and_as_themselves(town: Town) -> None:
    offered = await town.command("with my mentor", name="/book")
    url = town.there.response_url("group")
    press = pressed(buttons(offered)["1"], "U0PRIYA", channel="G0GROUP", ephemeral=False, response_url=url)
    assert await town.slack.interaction(press) == (200, "")
    await town.here.tasks.idle()
    answer = town.there.posted[-1]
    assert (answer.where, answer.fields["replace_original"], answer.fields["response_type"]) == (
        "group",
        False,
        "ephemeral",
    )
    assert not answer.text.startswith("Booked")
    assert (await town.command("sessions")).text.startswith("You have no sessions planned.")


async def test_an_old_or_a_made_up_button_is_explained(town: Town) -> None:
    for value in ("", "AAAA", "x" * 2_000, "é", "../../etc"):
        url = town.there.response_url(f"old{len(value)}")
        press = pressed({"action_id": "press-1", "value": value}, response_url=url)
        assert await town.slack.interaction(press) == (200, "")
        await town.here.tasks.idle()
        assert "button" in town.there.posted[-1].text


async def test_a_link_is_acknowledged_and_nothing_else(town: Town) -> None:
    assert await town.slack.interaction(pressed({"action_id": "link-1"})) == (200, "")
    assert await town.slack.interaction(pressed({"action_id": "another-apps"})) == (200, "")
    await town.here.tasks.idle()
    assert town.there.posted == []


async def test_two_presses_of_one_button_book_once(town: Town, visitor: Visitor) -> None:
    offered = await town.command("with my mentor", name="/book")
    first = buttons(offered)["1"]
    for number in ("one", "two"):
        press = pressed(first, response_url=town.there.response_url(number), trigger_id=number)
        assert await town.slack.interaction(press) == (200, "")
    await town.here.tasks.idle()
    first_time, second_time = town.there.posted[-2:]
    assert first_time.text.startswith("Booked. Tue 24 Nov 2026, 09:00")
    assert second_time.text.splitlines()[0] == first_time.text.splitlines()[0]
    assert len(await visitor.events("ana")) == 1


async def test_a_groups_message_is_never_replaced_however_long_an_answer_takes(there: LittleSlack) -> None:
    place = there.response_url("slow")
    heard = Heard(team=TEAM, enterprise=None, user="U0PRIYA", channel="G0GROUP", message="1.1", response_url=place)
    await slowly_answered(heard, there)
    assert [(each.text, each.fields["replace_original"]) for each in there.posted] == [
        ("Takes longer", False),
        ("Times", False),
    ]


async def test_an_answer_that_one_person_sees_says_so_in_its_place(there: LittleSlack) -> None:
    place = there.response_url("slow")
    heard = Heard(
        team=TEAM,
        enterprise=None,
        user="U0ANA",
        channel="C0GENERAL",
        message="1.1",
        is_ephemeral=True,
        response_url=place,
    )
    await slowly_answered(heard, there)
    assert [(each.text, each.fields["replace_original"]) for each in there.posted] == [
        ("Still checking", True),
        ("Times", True),
    ]


async def test_at_a_commands_address_nothing_is_said_that_is_false_beside_the_answer(there: LittleSlack) -> None:
    for channel in ("C0GENERAL", "D0OTHERS"):  # a channel; a conversation of two people, which is none of ours
        heard = Heard(team=TEAM, enterprise=None, user="U0ANA", channel=channel, response_url=there.response_url())
        await slowly_answered(heard, there)
    assert [(each.text, each.fields["replace_original"]) for each in there.posted] == [
        ("Takes longer", False),
        ("Times", False),
    ] * 2


async def test_a_pressed_answer_in_the_conversation_says_that_it_takes_longer(there: LittleSlack) -> None:
    heard = Heard(team=TEAM, enterprise=None, user="U0ANA", channel="DU0ANA", message="9.9", is_answer=True)
    await slowly_answered(heard, there)
    shown = [(each.method, each.fields["ts"], each.text) for each in there.posted]
    assert shown == [("chat.update", "9.9", "Still checking"), ("chat.update", "9.9", "Times")]


async def slowly_answered(heard: Heard, there: LittleSlack) -> None:
    async with aiohttp.ClientSession() as http:
        here = Installation(
            enterprise=None,
            team=TEAM,
            org_wide=False,
            app=APP,
            bot_user=BOT,
            token=Secret("xoxb-test"),
            scopes=frozenset(),
        )
        outlet = outlet_of(heard, here, WebApi(http, there.api, monotonic), ResponseUrls(http, there.api))
        await outlet.waiting(Shown("Still checking"), Shown("Takes longer"))
        await outlet.answer(Shown("Times"))
