"""The sandbox's Teams page in Chromium: every part of a card, forms, dialogs, private views, by mouse and keyboard."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from playwright.sync_api import Browser, Locator, Page, expect

from sandbox.app import Sandbox
from tests.sandbox.conftest import CAST, NOW
from tests.sandbox.teams.bot import Heard, listening
from tests.sandbox.teams.conftest import ANA, SAM, Api, attached, block, card, carded, press, said, token_of

from .conftest import watched

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
PICTURE = f"data:image/png;base64,{DOT}"
HOSTILE = (
    "<img src=x onerror=alert(1)> [x](javascript:alert(2)) &#91;y&#93;&#40;https://evil.example&#41; &#42;not bold&#42;"
)
CHOICES = [{"title": "Half an hour", "value": "30"}, {"title": "An hour", "value": "60"}]


def cells(*texts: str) -> dict[str, Any]:
    return {"type": "TableRow", "cells": [{"type": "TableCell", "items": [block(text)]} for text in texts]}


EVERYTHING = card(
    block("Times that **suit** both", style="heading", size="Medium"),
    block("1. Tue 24 Nov, _16:00_\n2. Wed 25 Nov\n\nSee [the help](https://example.com/help)."),
    block("Checked {{TIME(2026-11-23T08:00:00Z)}} on {{DATE(2026-11-23T08:00:00Z,LONG)}}", isSubtle=True, size="Small"),
    block("Ask <at>Ana</at>"),
    {"type": "Container", "style": "emphasis", "items": [block("Framed")], "separator": True},
    {
        "type": "ColumnSet",
        "columns": [{"width": "auto", "items": [block("Left")]}, {"width": 2, "items": [block("Right")]}],
    },
    {"type": "FactSet", "facts": [{"title": "With", "value": "**Ana**"}, {"title": "Where", "value": "Teams"}]},
    {"type": "Table", "columns": [{"width": 1}, {"width": 1}], "rows": [cells("Day", "Free"), cells("Tue", "10:00")]},
    {"type": "Image", "url": PICTURE, "altText": "Both weeks", "size": "Small"},
    {"type": "Image", "url": "https://example.com/a.png", "altText": "A picture from elsewhere"},
    {"type": "RichTextBlock", "inlines": ["Plain ", {"type": "TextRun", "text": "and bold", "weight": "bolder"}]},
    block("Hidden at first", id="further", isVisible=False),
    actions=[
        press("1", tooltip="Book Tue 24 Nov, 16:00"),
        {"type": "Action.OpenUrl", "title": "Join", "url": "https://example.com/join"},
        {"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["further"]},
        {"type": "Action.ShowCard", "title": "Why", "card": {"type": "AdaptiveCard", "body": [block("Because")]}},
    ],
    msteams={"width": "Full", "entities": [{"type": "mention", "text": "<at>Ana</at>", "mentioned": {"id": "x"}}]},
)
FORM = card(
    {"type": "Input.Date", "id": "day", "label": "Day", "isRequired": True, "errorMessage": "Say which day."},
    {"type": "Input.Time", "id": "start", "label": "Start", "value": "09:00"},
    {"type": "Input.ChoiceSet", "id": "minutes", "label": "Length", "choices": CHOICES, "value": "30"},
    {"type": "Input.ChoiceSet", "id": "how", "label": "How", "style": "expanded", "choices": CHOICES},
    {"type": "Input.Toggle", "id": "link", "label": "Link", "title": "With a link", "value": "true"},
    {"type": "Input.Text", "id": "topic", "label": "Topic", "isMultiline": True},
    {
        "type": "Input.ChoiceSet", "id": "who", "label": "Who", "style": "filtered",
        "choices.data": {"type": "Data.Query", "dataset": "people"},
    },
    actions=[press("Look", associatedInputs="auto")],
)  # fmt: skip


@dataclass
class Played:
    """A sandbox with a bot that answers like Pairtime."""

    sandbox: Sandbox
    api: Api
    heard: Heard
    loop: asyncio.AbstractEventLoop
    under_way: list[asyncio.Task[Any]] = field(default_factory=list)

    def answer(self, told: Any) -> web.Response:
        if told["type"] == "message":
            self.under_way.append(self.loop.create_task(self.talk(told)))
            return web.Response(status=202)
        if told.get("name") == "application/search":
            found = [{"title": "Ana Ruiz", "value": "ana"}, {"title": "Anna Berg", "value": "anna"}]
            kind = "application/vnd.microsoft.search.searchResponse"
            return web.json_response({"type": kind, "value": {"results": found}})
        if told.get("name") == "composeExtension/query":
            attachments = [attached(card(block("Session on Tuesday")))]
            result = {"type": "result", "attachmentLayout": "list", "attachments": attachments}
            return web.json_response({"composeExtension": result})
        if told.get("name") == "composeExtension/fetchTask":
            value = {"title": "Book about this", "card": attached(card(block("About: it")))}
            return web.json_response({"task": {"type": "continue", "value": value}})
        if told.get("name") == "task/fetch":
            value = {"title": "Another time", "card": attached(FORM)}
            return web.json_response({"task": {"type": "continue", "value": value}})
        if told.get("name") == "task/submit":
            return web.json_response({"task": {"type": "message", "value": "Nothing is free then."}})
        new = card(block("Booked.", style="heading"))
        kind = "application/vnd.microsoft.card.adaptive"
        return web.json_response({"statusCode": 200, "type": kind, "value": new})

    async def talk(self, told: Any) -> None:
        chat, text = told["conversation"]["id"], told["text"]
        dialog = {"type": "Action.Submit", "title": "Open", "data": {"msteams": {"type": "task/fetch"}}}
        shown = {
            "everything": carded(EVERYTHING),
            "form": carded(FORM),
            "dialog": carded(card(block("A dialog"), actions=[dialog])),
        }
        await self.api.sent(chat, shown.get(text, carded(card(block(f"You said: {HOSTILE}")))))

    def do(self, work: Any) -> Any:
        """In the sandbox's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)


@pytest.fixture
def played() -> Iterator[Played]:
    """In a thread and a loop of its own."""
    ready, over = threading.Event(), asyncio.Event()
    made: list[Played] = []

    async def run() -> None:
        async with Sandbox(now=NOW) as sandbox, listening() as heard, aiohttp.ClientSession(sandbox.url) as http:
            for mailbox in CAST:
                sandbox.world.add_mailbox(mailbox)
            api = Api(sandbox, http, (await token_of(sandbox, http))["access_token"])
            await api.drive("install", **{"as": SAM})
            sandbox.teams.courier.deliver_to(heard.url)
            made.append(Played(sandbox, api, heard, asyncio.get_running_loop()))
            heard.answer = made[0].answer
            ready.set()
            await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    assert ready.wait(30)
    yield made[0]
    made[0].loop.call_soon_threadsafe(over.set)
    thread.join()


@pytest.fixture
def teams(played: Played, browser: Browser) -> Iterator[Page]:
    """Sam's page."""
    home = played.sandbox.url
    context = browser.new_context(viewport={"width": 1000, "height": 1200}, locale="en-GB")
    with watched(context, home, "data:"):
        page = context.new_page()
        page.goto(f"{home}/teams/?as={SAM}")
        expect(page.get_by_role("heading", name="Pairtime", exact=True)).to_be_visible()
        yield page


def say(page: Page, text: str) -> Locator:
    """What the bot answered."""
    field = page.get_by_role("textbox", name="Message", exact=True)
    field.fill(text)
    field.press("Enter")
    answer = page.get_by_role("article", name="Pairtime").last
    expect(answer.locator(".card")).to_be_visible()
    return answer


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_part_of_a_card_is_drawn_and_named(teams: Page, tmp_path: Path, theme: str) -> None:
    teams.get_by_role("combobox", name="Theme").select_option(theme)
    answer = say(teams, "everything")
    expect(answer.get_by_role("heading", name="Times that suit both")).to_have_attribute("aria-level", "2")
    expect(answer.get_by_role("listitem")).to_have_text(["Tue 24 Nov, 16:00", "Wed 25 Nov"])
    expect(answer.get_by_role("link", name="the help")).to_have_attribute("rel", "noopener noreferrer")
    expect(answer).to_contain_text("Checked 9:00 AM on Monday, November 23, 2026")
    expect(answer.locator(".mention")).to_have_text("Ana")
    expect(answer.get_by_role("definition").first).to_have_text("Ana")
    expect(answer.get_by_role("columnheader")).to_have_text(["Day", "Free"])
    expect(answer.get_by_role("img", name="Both weeks")).to_have_attribute("src", PICTURE)
    expect(answer.get_by_role("img", name="A picture from elsewhere")).to_have_text("A picture from elsewhere")
    expect(answer.get_by_role("link", name="Join")).to_have_attribute("href", "https://example.com/join")
    expect(answer.get_by_role("button", name="1")).to_have_attribute("aria-description", "Book Tue 24 Nov, 16:00")
    teams.screenshot(path=tmp_path / f"{theme}.png", full_page=True)
    ink, paper = (
        answer.locator(".card").evaluate(f"node => getComputedStyle(node).{name}")
        for name in ("color", "backgroundColor")
    )
    assert ink != paper


def test_more_unfolds_here_and_is_told(teams: Page, played: Played) -> None:
    answer = say(teams, "everything")
    more = answer.get_by_role("button", name="More")
    expect(answer.get_by_text("Hidden at first")).to_be_hidden()
    expect(more).to_have_attribute("aria-expanded", "false")
    more.focus()
    teams.keyboard.press("Enter")
    expect(answer.get_by_text("Hidden at first")).to_be_visible()
    expect(more).to_have_attribute("aria-expanded", "true")
    answer.get_by_role("button", name="Why").click()
    expect(answer.get_by_text("Because")).to_be_visible()
    assert [each["type"] for each in played.heard.heard] == ["message"]


def test_a_press_draws_the_answer_in_place(teams: Page, played: Played) -> None:
    answer = say(teams, "everything")
    answer.get_by_role("button", name="1").press("Enter")
    expect(teams.get_by_role("article", name="Pairtime").last.get_by_role("heading")).to_have_text("Booked.")
    assert played.heard.heard[1]["value"]["action"]["data"]["token"] == "t1"


def test_nothing_that_was_sent_is_markup(teams: Page) -> None:
    answer = say(teams, "hello")
    expect(answer).to_contain_text("<img src=x onerror=alert(1)> x [y](https://evil.example) *not bold*")
    assert answer.locator(".card :is(img, a, em, script)").count() == 0


def test_a_form_is_filled_in_by_keyboard(teams: Page, played: Played, tmp_path: Path) -> None:
    answer = say(teams, "form")
    look = answer.get_by_role("button", name="Look")
    look.press("Enter")
    day = answer.get_by_label("Day")
    expect(answer.get_by_role("alert").first).to_have_text("Say which day.")
    expect(day).to_be_focused()
    expect(day).to_have_attribute("aria-invalid", "true")
    teams.screenshot(path=tmp_path / "missing.png")
    day.fill("2026-11-30")
    answer.get_by_label("Length").select_option("An hour")
    answer.get_by_role("radiogroup", name="How").get_by_label("Half an hour").check()
    answer.get_by_label("Topic").fill("Career")
    who = answer.get_by_label("Who")
    who.press_sequentially("An")
    expect(answer.locator("datalist option")).to_have_count(2)
    who.fill("Ana Ruiz")
    look.press("Enter")
    expect(teams.get_by_role("article", name="Pairtime").last.get_by_role("heading")).to_have_text("Booked.")
    data = played.heard.heard[-1]["value"]["action"]["data"]
    assert data == {
        "verb": "press", "token": "t1", "day": "2026-11-30", "start": "09:00", "minutes": "60", "how": "30",
        "link": "true", "topic": "Career", "who": "ana",
    }  # fmt: skip


def test_a_dialog_opens_says_and_closes(teams: Page, tmp_path: Path) -> None:
    say(teams, "dialog").get_by_role("button", name="Open").click()
    dialog = teams.get_by_role("dialog", name="Another time")
    dialog.get_by_label("Day").fill("2026-11-30")
    teams.screenshot(path=tmp_path / "dialog.png")
    dialog.get_by_role("button", name="Look").click()
    expect(dialog).to_contain_text("Nothing is free then.")
    teams.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_in_a_group_one_sees_the_own_view_of_a_card(teams: Page, played: Played) -> None:
    async def share() -> None:
        group = await played.api.group()
        action = {"type": "Action.Execute", "verb": "show", "data": {}}
        shared = card(block("Finding a time"), refresh={"action": action, "userIds": [played.api.user()]})
        await played.api.sent(group, carded(shared))
        to_ana = said("For Ana alone", recipient={"id": played.api.user(ANA), "isTargeted": True})
        await played.api.sent(group, to_ana, isTargetedActivity="true")

    played.do(share())
    teams.get_by_role("button", name="Mentoring").click()
    expect(teams.get_by_role("log").get_by_role("heading")).to_have_text("Booked.")
    expect(teams.get_by_role("article")).to_have_count(1)
    teams.get_by_role("textbox", name="Message", exact=True).fill("@Pairtime book")
    teams.keyboard.press("Enter")
    expect(teams.get_by_role("article", name="Sam Okoye")).to_contain_text("Pairtime book")
    teams.get_by_role("textbox", name="Message", exact=True).fill("/book")
    teams.keyboard.press("Enter")
    expect(teams.get_by_role("article", name="Sam Okoye").last).to_contain_text("Only you can see this")


@pytest.mark.parametrize("what", ["everything", "form"])
def test_nothing_is_wider_than_a_phone(teams: Page, tmp_path: Path, what: str) -> None:
    teams.set_viewport_size({"width": 360, "height": 760})
    say(teams, what)
    assert teams.evaluate("document.documentElement.scrollWidth") <= 360
    teams.screenshot(path=tmp_path / f"{what}.png")


def test_commands_and_the_extension_are_there_to_choose(teams: Page, played: Played, tmp_path: Path) -> None:
    bot = {"botId": played.sandbox.teams_bot().app_id}
    lists = [{"scopes": ["personal"], "commands": [{"title": "Sessions", "description": "What is planned"}]}]
    search = {
        "id": "sessions",
        "type": "query",
        "title": "My sessions",
        "parameters": [{"name": "q", "title": "Words"}],
    }
    about = {"id": "book", "type": "action", "title": "Book about this", "context": ["message"]}
    manifest = {"bots": [{**bot, "commandLists": lists}], "composeExtensions": [{"commands": [search, about]}]}
    played.do(played.api.drive("app", manifest=manifest))
    teams.reload()
    teams.get_by_text("Commands").click()
    teams.screenshot(path=tmp_path / "commands.png")
    teams.get_by_role("button", name="Sessions What is planned").click()
    expect(teams.get_by_role("article", name="Sam Okoye").first).to_contain_text("Sessions")
    apps = teams.get_by_text("Apps", exact=True)
    apps.press("Enter")
    expect(teams.get_by_role("button", name="My sessions")).to_be_visible()
    teams.keyboard.press("Escape")
    expect(teams.get_by_role("button", name="My sessions")).to_be_hidden()
    apps.press("Enter")
    teams.get_by_role("button", name="My sessions").click()
    found = teams.get_by_role("dialog", name="My sessions")
    found.get_by_label("Words").fill("Tuesday")
    expect(found.get_by_role("listitem")).to_contain_text("Session on Tuesday")
    found.get_by_role("button", name="Send").click()
    expect(teams.get_by_role("article", name="Sam Okoye").last).to_contain_text("Session on Tuesday")
    teams.get_by_role("button", name="Book about this").first.click()
    expect(teams.get_by_role("dialog", name="Book about this")).to_contain_text("About: it")
    payload = played.heard.heard[-1]["value"]["messagePayload"]
    assert payload["body"]["content"] == "Sessions"
