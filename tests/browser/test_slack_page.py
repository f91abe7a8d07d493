"""The sandbox's Slack page in Chromium: a command, buttons, a form, the App Home, by mouse, keyboard and on a phone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from playwright.sync_api import Browser, Page, expect

from sandbox.app import Sandbox
from tests.sandbox.conftest import CAST, NOW
from tests.sandbox.slack.application import Application, listening
from tests.sandbox.slack.conftest import asks, button, modal, plain, section

from .conftest import watched

TUESDAY = 1764018000
HOSTILE = "<img src=x onerror=alert(1)> & <b>bold</b>"
SLOTS = [
    {"type": "header", "text": plain("Times that suit both of you")},
    section(
        f"1. *<!date^{TUESDAY}^{{date_short_pretty}}, {{time}}|Tue 24 Nov, 16:00>* (22:00 Berlin)\n2. _Wed 25 Nov_",
        accessory={"type": "overflow", "action_id": "more", "options": [{"text": plain("Hide"), "value": "h"}]},
    ),
    {
        "type": "actions",
        "block_id": "slots",
        "elements": [
            button(1, text=plain("Book Tuesday"), style="primary", accessibility_label="Book Tuesday 24 November"),
            button(2, text=plain("Other times")),
            button(
                3,
                text=plain("Cancel"),
                style="danger",
                confirm={
                    "title": plain("Cancel it?"),
                    "text": plain("Sam is told."),
                    "confirm": plain("Cancel it"),
                    "deny": plain("Keep it"),
                },
            ),
        ],
    },
    {"type": "divider"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "Times in `New York`. :calendar: <https://example.com|Help>"}]},
]  # fmt: skip
DAYS = [{"text": plain(f"{day} November"), "value": str(day)} for day in (24, 25)]
FORM = modal(
    section("Book with *Sam Okoye*"),
    {
        "type": "input",
        "block_id": "day",
        "label": plain("Day"),
        "dispatch_action": True,
        "element": {"type": "static_select", "action_id": "day", "options": DAYS, "placeholder": plain("Pick a day")},
    },
    asks(placeholder=plain("What about?")),
    submit=plain("Book"),
    close=plain("Cancel"),
)
HOME = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Your sessions")},
        section(
            "*Tue 24 Nov, 16:00* with Sam", accessory=button(text=plain("Join"), url="https://meet.google.com/abc")
        ),
        {"type": "section", "fields": [plain("Calendar"), plain("Connected")]},
    ],
}


@dataclass
class Played:
    """A sandbox with an application that answers like Pairtime."""

    sandbox: Sandbox
    application: Application
    http: aiohttp.ClientSession
    token: str

    def answer(self, payload: Any) -> web.Response:
        self.sandbox.slack.courier.later(self.act(payload))
        return web.Response()

    async def act(self, told: Any) -> None:
        if "command" in told:
            await self.post(told["response_url"], {"text": "Times", "blocks": SLOTS})
        elif told["type"] == "block_actions" and told["actions"][0]["action_id"] == "press-2":
            await self.call("views.open", trigger_id=told["trigger_id"], view=FORM)
        elif told["type"] == "block_actions" and told["container"]["type"] == "message":
            await self.post(told["response_url"], {"replace_original": True, "text": "Booked. :tada:"})
        elif told["type"] == "event_callback" and told["event"]["type"] == "app_home_opened":
            await self.call("views.publish", user_id=told["event"]["user"], view=HOME)
        elif told["type"] == "event_callback":
            await self.call("chat.postMessage", channel=told["event"]["channel"], text=f"You said: {HOSTILE}")

    async def post(self, url: str, body: Any) -> None:
        async with self.http.post(url, json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def call(self, method: str, **arguments: Any) -> None:
        url = f"{self.sandbox.slack.api}/{method}"
        async with self.http.post(url, json=arguments, headers={"Authorization": f"Bearer {self.token}"}) as answer:
            told = await answer.json()
            assert told["ok"], told


@pytest.fixture
def played() -> Iterator[Played]:
    """In a thread and a loop of its own."""
    ready, over = threading.Event(), asyncio.Event()
    made: list[Played] = []
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        async with Sandbox(now=NOW) as sandbox, listening() as application, aiohttp.ClientSession() as http:
            for mailbox in CAST:
                sandbox.world.add_mailbox(mailbox)
            token = sandbox.slack.installed.install("example.com").access
            sandbox.slack.courier.deliver_to(application.url)
            made.append(Played(sandbox, application, http, token))
            application.answer = made[0].answer
            loops.append(asyncio.get_running_loop())
            ready.set()
            await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    assert ready.wait(30)
    yield made[0]
    loops[0].call_soon_threadsafe(over.set)
    thread.join()


@pytest.fixture
def slack(played: Played, browser: Browser) -> Iterator[Page]:
    """Ana's page."""
    home = played.sandbox.url
    with watched(browser.new_context(viewport={"width": 1100, "height": 800}, locale="en-GB"), home) as context:
        page = context.new_page()
        page.goto(f"{home}/slack/?as=ana@example.com")
        expect(page.get_by_role("heading", name="Pairtime")).to_be_visible()
        yield page


def command(page: Page) -> None:
    field = page.get_by_role("textbox", name="Message Pairtime")
    field.fill("/book with my mentor")
    field.press("Enter")


def test_a_command_is_answered_for_one_pair_of_eyes(slack: Page, tmp_path: Path) -> None:
    command(slack)
    message = slack.get_by_role("article", name="Pairtime")
    expect(message).to_contain_text("Only visible to you")
    expect(message.get_by_role("heading", name="Times that suit both of you")).to_be_visible()
    expect(message).to_contain_text("1. Nov 24, 2025, 4:00 PM (22:00 Berlin)")
    expect(message.get_by_role("link", name="Help")).to_have_attribute("rel", "noopener noreferrer")
    slack.screenshot(path=tmp_path / "command.png")
    slack.get_by_role("button", name="Book Tuesday 24 November").click()
    expect(message).to_contain_text("Booked. 🎉")


def test_a_question_comes_before_what_has_consequences(slack: Page, tmp_path: Path) -> None:
    command(slack)
    slack.get_by_role("button", name="Cancel").click()
    question = slack.get_by_role("dialog", name="Cancel it?")
    slack.screenshot(path=tmp_path / "question.png")
    question.get_by_role("button", name="Keep it").click()
    expect(question).to_be_hidden()
    expect(slack.get_by_role("article")).to_contain_text("Times that suit")
    slack.get_by_role("button", name="Cancel").click()
    question.get_by_role("button", name="Cancel it").click()
    expect(slack.get_by_role("article")).to_contain_text("Booked.")


def test_a_form_is_filled_in_by_keyboard(slack: Page, played: Played, tmp_path: Path) -> None:
    command(slack)
    slack.get_by_role("button", name="Other times").focus()
    slack.keyboard.press("Enter")
    form = slack.get_by_role("dialog", name="Book")
    form.get_by_label("Topic").fill("Career")
    form.get_by_label("Day").select_option("25")
    expect(form.get_by_label("Topic")).to_have_value("Career")
    slack.screenshot(path=tmp_path / "form.png")
    form.get_by_role("button", name="Book").click()
    expect(form).to_be_hidden()
    values = played.application.heard[-1]["view"]["state"]["values"]
    assert values["topic"]["topic"]["value"] == "Career"
    assert values["day"]["day"]["selected_option"]["value"] == "25"
    loud = [each for each in played.application.heard if each.get("type") == "block_actions"][-1]
    assert loud["view"]["state"]["values"]["topic"]["topic"]["value"] == "Career"


def test_a_form_says_what_is_missing_and_is_left_by_escape(slack: Page, tmp_path: Path) -> None:
    command(slack)
    slack.get_by_role("button", name="Other times").click()
    form = slack.get_by_role("dialog", name="Book")
    form.get_by_role("button", name="Book").click()
    expect(form.get_by_role("alert").first).to_have_text("Please complete this required field.")
    slack.screenshot(path=tmp_path / "missing.png")
    slack.keyboard.press("Escape")
    expect(form).to_be_hidden()


def test_words_are_text_whatever_they_hold(slack: Page) -> None:
    field = slack.get_by_role("textbox", name="Message Pairtime")
    field.fill(HOSTILE)
    slack.get_by_role("button", name="Send now").click()
    expect(slack.get_by_role("article", name="Ana Ruiz")).to_contain_text(HOSTILE)
    expect(slack.get_by_role("article", name="Pairtime")).to_contain_text("You said:")
    assert slack.locator("article img, article b:not(.by b)").count() == 0


def test_the_home_is_published_when_it_is_opened(slack: Page, tmp_path: Path) -> None:
    slack.get_by_role("tab", name="Messages").focus()
    slack.keyboard.press("ArrowRight")
    home = slack.get_by_role("tabpanel", name="Home")
    expect(home.get_by_role("heading", name="Your sessions")).to_be_visible()
    expect(home.get_by_role("link", name="Join")).to_have_attribute("href", "https://meet.google.com/abc")
    slack.screenshot(path=tmp_path / "home.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_on_a_phone(slack: Page, tmp_path: Path, scheme: Any) -> None:
    slack.emulate_media(color_scheme=scheme)
    slack.set_viewport_size({"width": 360, "height": 720})
    command(slack)
    expect(slack.get_by_role("button", name="Other times")).to_be_visible()
    assert slack.evaluate("document.documentElement.scrollWidth") <= 360
    slack.screenshot(path=tmp_path / f"phone-{scheme}.png")
    slack.get_by_role("button", name="Other times").click()
    expect(slack.get_by_role("dialog", name="Book")).to_be_visible()
    slack.screenshot(path=tmp_path / f"phone-form-{scheme}.png")
    slack.set_viewport_size({"width": 1100, "height": 800})
    slack.screenshot(path=tmp_path / f"wide-form-{scheme}.png")
