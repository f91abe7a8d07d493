"""Every sample reply as a card: drawn by our own pane as by the renderer that Teams itself is built with."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from adapters.teams.render import drawn
from bot.samples import SAMPLES
from sandbox.app import Sandbox
from sandbox.rules.teams_cards import check_card
from tests.adapters.teams.further import further
from tests.sandbox.conftest import CAST, NOW

CARDS: dict[str, Any] = {
    **{f"{name} {at}": each.card for name, answer in SAMPLES.items() for at, each in enumerate(drawn(answer))},
    **{name: each.card for name, each in further("en-GB").items()},
}
NAMED = re.compile(
    r"\s*- '?(heading|button|link|img|textbox|combobox|spinbutton|radio|checkbox|option)"
    r"( \"(?:[^\"\\]|\\.)*\")?.*?( \[level=\d\])?.*"
)
EVERY_OTHER_TIME = 'Invalid value "en" for property "lang".'
"""Theirs: it looks with a pattern that goes on where it ended the last time."""
OURS = """async ([card, place]) => {
  const { Card } = await import("/teams/static/cards.js");
  const { Markdown } = await import("/teams/static/markdown.js");
  const acting = () => {};
  acting.suggest = async () => [];
  const drawn = new Card(card, new Markdown({ zone: "Europe/Berlin", locale: "en-GB" }), acting).node;
  const box = document.createElement("div");
  box.id = place;
  box.append(drawn);
  document.querySelector(`#${place}`)?.remove();
  document.querySelector("#log").replaceChildren(box);
}"""
THEIRS = """async ([card, host, place]) => {
  const { Markdown } = await import("/teams/static/markdown.js");
  const writing = new Markdown({ zone: "Europe/Berlin", locale: "en-GB" });
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    const box = document.createElement("div");
    box.append(...writing.block(text));
    result.outputHtml = box.innerHTML;
    result.didProcess = true;
  };
  const drawn = new AdaptiveCards.AdaptiveCard();
  drawn.hostConfig = new AdaptiveCards.HostConfig(host);
  const context = new AdaptiveCards.SerializationContext();
  drawn.parse(card, context);
  const box = document.createElement("div");
  box.id = place;
  box.append(drawn.render());
  document.querySelector("#log").replaceChildren(box);
  const said = [];
  for (let at = 0; at < context.eventCount; at += 1) said.push(context.getEventAt(at).message);
  return [...said, ...drawn.validateProperties().validationEvents.map(({ message }) => message)];
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A sandbox in a thread and a loop of its own."""
    ready, over = threading.Event(), asyncio.Event()
    made: list[str] = []
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        async with Sandbox(now=NOW) as sandbox:
            for mailbox in CAST:
                sandbox.world.add_mailbox(mailbox)
            made.append(sandbox.url)
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
def page(address: str, browser_path: str) -> Iterator[Page]:
    """The pane, without its own messages. Whatever the browser complains of fails the test."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 900, "height": 900}, locale="en-GB", bypass_csp=True)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.goto(f"{address}/teams/static/cards.js")
        page.set_content(
            '<!doctype html><html lang="en-GB" data-theme="light"><head>'
            + "".join(
                f'<link rel="stylesheet" href="/teams/static/{name}.css">' for name in ("themes", "frame", "cards")
            )
            + '</head><body class="embedded alone"><main><div class="log" id="log"></div></main></body></html>'
        )
        yield page
        browser.close()
    assert complaints == []


def names(page: Page, place: str) -> list[tuple[str | None, ...]]:
    """What somebody who does not see it is told of: headings, controls and pictures, in order."""
    lines = page.locator(f"#{place}").aria_snapshot().splitlines()
    return [found.groups() for line in lines if (found := NAMED.fullmatch(line))]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("width", [900, 360])
def test_the_pane_draws_every_sample(page: Page, tmp_path: Path, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    for name, card in CARDS.items():
        check_card(card)
        page.evaluate(OURS, [card, "ours"])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        inputs = page.locator("#ours :is(input, select, textarea)")
        assert inputs.evaluate_all("all => all.every(each => each.labels.length > 0)"), name
        page.screenshot(path=tmp_path / f"{name}.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_renderer_teams_is_built_with_says_the_same(
    page: Page, adaptive_cards: Path, tmp_path: Path, theme: str
) -> None:
    host = json.loads((adaptive_cards / f"microsoft-teams-{theme}.json").read_text())
    page.add_script_tag(content=(adaptive_cards / "adaptivecards.min.js").read_text())
    for width in (900, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for name, card in CARDS.items():
            page.evaluate(OURS, [card, "ours"])
            ours = names(page, "ours")
            assert set(page.evaluate(THEIRS, [card, host, "theirs"])) <= {EVERY_OTHER_TIME}, name
            assert names(page, "theirs") == ours, name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            page.screenshot(path=tmp_path / f"{name} {width}.png")
