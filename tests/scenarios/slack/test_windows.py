"""The booking form, the Home and what their buttons open, as somebody in the sandbox's Slack sees them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.buttons import token_of
from bot.commands import ShowIntegrations
from calendar_core.integration import IntegrationKind
from tests.adapters.slack.limits import shown, view_broken
from tests.visiting import address_of

from .member import Members

Block = dict[str, Any]
TOPIC = "My first presentation"


@dataclass(frozen=True)
class Screen:
    """What one person has before their eyes beside messages."""

    slack: Members
    who: str

    async def seen(self) -> dict[str, Any]:
        await self.slack.here.tasks.idle()
        async with self.slack.http.get("/_/slack/screen", params={"as": address_of(self.who)}) as answer:
            told: dict[str, Any] = json.loads(await answer.text())
            assert answer.status == 200, told
        return told

    async def window(self) -> dict[str, Any]:
        """The one on top."""
        window: dict[str, Any] = (await self.seen())["modal"]
        assert window is not None
        assert view_broken(window) == []
        return window

    async def home(self) -> dict[str, Any]:
        await self.do("home")
        return await self.home_as_it_is()

    async def home_as_it_is(self) -> dict[str, Any]:
        """Not opened anew."""
        home: dict[str, Any] = (await self.seen())["home"]
        assert view_broken(home) == []
        return home

    async def press(self, view: dict[str, Any], name: str) -> None:
        """A button by what stands on it or by its whole name."""
        for block in view["blocks"]:
            for each in [*block.get("elements", []), block.get("accessory") or {}]:
                called = each.get("text")
                if isinstance(called, dict) and name in (called["text"], each.get("accessibility_label")):
                    await self.do("press", view=view["id"], block=block["block_id"], action=each["action_id"])
                    return
        raise AssertionError(f"no [{name}]")

    async def choose(self, view: dict[str, Any], action: str, value: str, **values: dict[str, str]) -> None:
        block = next(each for each in view["blocks"] if _element(each).get("action_id") == action)
        told = {"view": view["id"], "block": block["block_id"], "action": action, "value": value}
        await self.do("press", **told, values=values)

    async def send(self, view: dict[str, Any], nth: int = 0, topic: str = "") -> None:
        """The form, with the nth time chosen."""
        slot = next(each for each in view["blocks"] if _element(each).get("action_id") == "form-slot")
        values = {slot["block_id"]: {"form-slot": slot["element"]["options"][nth]["value"]}}
        if topic:
            values["form-topic"] = {"form-topic": topic}
        told = await self.do("submit", view=view["id"], values=values)
        assert told == {"errors": {}, "trouble": ""}

    async def do(self, deed: str, **told: Any) -> dict[str, Any]:
        path, fields = f"/_/slack/{deed}", {"as": address_of(self.who), **told}
        async with self.slack.http.post(path, json=fields) as answer:
            read: dict[str, Any] = await answer.json()
            assert answer.status == 200, read
        await self.slack.here.tasks.idle()
        return read


def _element(block: Block) -> dict[str, Any]:
    found: dict[str, Any] = block.get("element") or block.get("accessory") or {}
    return found


async def test_a_session_is_booked_in_the_form_with_what_it_is_about(slack_stage: Members) -> None:
    ana = Screen(slack_stage, "ana")
    await ana.do("command", line="/book form")
    form = await ana.window()
    assert [block["label"]["text"] for block in form["blocks"] if block["type"] == "input"] == ["Time", "Topic"]
    assert "Sam Okoye reads it, too. It is in no calendar" in json.dumps(form)
    await ana.send(form, 2, TOPIC)
    assert f"About: {TOPIC}" in shown((await ana.window())["blocks"])
    message = await slack_stage.newest("ana")
    assert message.lines[:2] == [
        "Booked. Tue 24 Nov 2026, 09:30 - 10:15 New York (15:30 - 16:15 Berlin), with Sam Okoye.",
        f"About: {TOPIC}",
    ]


async def test_what_was_typed_stays_when_other_times_are_looked_for(slack_stage: Members) -> None:
    ana = Screen(slack_stage, "ana")
    await ana.do("command", line="/book form")
    typed = {"form-topic": {"form-topic": TOPIC}}
    await ana.choose(await ana.window(), "form-day", "2026-11-29", **typed)
    sunday = await ana.window()
    assert "Nothing fits" in shown(sunday["blocks"])
    await ana.choose(sunday, "form-day", "2026-11-25")
    again = await ana.window()
    field = next(_element(each) for each in again["blocks"] if each["block_id"] == "form-topic")
    assert field["initial_value"] == TOPIC


async def test_a_time_that_is_gone_shows_the_form_again_with_what_is_left(slack_stage: Members) -> None:
    ana = Screen(slack_stage, "ana")
    await ana.do("command", line="/book form")
    form = await ana.window()
    await slack_stage.press(await slack_stage.command("ana", "/book with my mentor"), "1")
    await ana.send(form, 1, TOPIC)
    again = await ana.window()
    assert "nothing was booked" in shown(again["blocks"])
    assert again["submit"]["text"] == "Book"
    field = next(_element(each) for each in again["blocks"] if each["block_id"] == "form-topic")
    assert field["initial_value"] == TOPIC
    await ana.send(again, -1)
    assert "Booked." in shown((await ana.window())["blocks"])


async def test_a_message_is_what_it_is_about_by_its_address_alone(slack_stage: Members) -> None:
    channel = await slack_stage.channel("general", "ana", "sam")
    said = await Screen(slack_stage, "sam").do("say", text="Let us talk about the merger", channel=channel)
    ana = Screen(slack_stage, "ana")
    await ana.do("shortcut", callback="book_about", channel=channel, ts=said["ts"])
    form = await ana.window()
    field = next(_element(each) for each in form["blocks"] if each["block_id"] == "form-topic")
    address = f"https://example.slack.com/archives/{channel}/p{said['ts'].replace('.', '')}"
    assert field["initial_value"] == address
    assert "merger" not in json.dumps(form)
    await ana.send(form, 0, address)
    booked = await ana.window()
    assert {"type": "link", "url": address} in [
        {name: each[name] for name in ("type", "url")}
        for block in booked["blocks"]
        if block["type"] == "rich_text"
        for each in block["elements"][0]["elements"]
        if each["type"] == "link"
    ]


async def test_the_menus_shortcut_opens_an_empty_form(slack_stage: Members) -> None:
    ana = Screen(slack_stage, "ana")
    await ana.do("shortcut", callback="book")
    field = next(_element(each) for each in (await ana.window())["blocks"] if each["block_id"] == "form-topic")
    assert "initial_value" not in field


async def test_the_homes_buttons_are_answered_in_a_window_and_it_is_drawn_anew(slack_stage: Members) -> None:
    ana = Screen(slack_stage, "ana")
    home = await ana.home()
    assert "You have no sessions planned." in shown(home["blocks"])
    await ana.press(home, "Book a session")
    await ana.send(await ana.window(), 0, TOPIC)
    planned = await ana.home_as_it_is()
    assert f"Tue 24 Nov, 09:00 (15:00 Berlin), with Sam Okoye. About: {TOPIC}" in shown(planned["blocks"])
    before = len(await slack_stage.messages("ana"))
    await ana.press(planned, "Past sessions")
    assert "You have no past sessions." in shown((await ana.window())["blocks"])
    assert len(await slack_stage.messages("ana")) == before
    await ana.press(await ana.window(), "Planned sessions")
    assert "with Sam Okoye" in shown((await ana.window())["blocks"])


async def test_nothing_is_said_twice_in_a_home(slack_stage: Members) -> None:
    words = shown((await Screen(slack_stage, "ana").home())["blocks"])
    assert words.count("Google - Domain") == 1
    assert words.count("sessions planned") == 1
    assert "Find times" not in words


async def test_an_admin_reads_everybodys_integration_by_kind_and_page(slack_stage: Members) -> None:
    priya = Screen(slack_stage, "priya")
    home = await priya.home()
    everybody = token_of(ShowIntegrations())
    await _list(priya, home, everybody)
    first = await priya.home_as_it_is()
    assert "Leaders 2026, everybody: 1 - 10 of" in shown(first["blocks"])
    await priya.press(first, "Next")
    second = await priya.home_as_it_is()
    assert "everybody: 11 - 20 of" in shown(second["blocks"])
    await priya.press(second, "Previous")
    assert "everybody: 1 - 10 of" in shown((await priya.home_as_it_is())["blocks"])
    await _list(priya, await priya.home_as_it_is(), token_of(ShowIntegrations(kind=IntegrationKind.OUTLOOK_DOMAIN)))
    outlook = shown((await priya.home_as_it_is())["blocks"])
    assert "Leaders 2026, Outlook - Domain: 1 - " in outlook
    assert ", mentee: Google - Domain" not in outlook


async def _list(screen: Screen, home: dict[str, Any], value: str) -> None:
    block = next(each for each in home["blocks"] if each["block_id"] == "home-what")
    await screen.do("press", view=home["id"], block=block["block_id"], action="home-what", value=value)
