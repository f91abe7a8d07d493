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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from adapters.teams.render import drawn
from bot.replies import Answer
from bot.samples import SAMPLES
from sandbox.app import Sandbox
from sandbox.rules.teams_cards import check_card
from tests.adapters.teams.cards import pieces
from tests.adapters.teams.extremes import answers
from tests.adapters.teams.further import further, read_in
from tests.sandbox.conftest import CAST, NOW

from .conftest import watched

LANGUAGES = ("en-GB", "de", "fr", "es")


def cards() -> dict[str, Any]:
    """Every sample, each dialog, and what others see of a session; in every language that there is."""
    made: dict[str, Any] = {}
    for language in LANGUAGES:
        for name in SAMPLES:
            shown = drawn(read_in(language, name))
            made |= {f"{language} {name} {at}": each.card for at, each in enumerate(shown)}
        made |= {f"{language} {name}": each.card for name, each in further(language).items()}
    return made


CARDS = cards()
REGION = re.compile(r'- region "card (\d+)"')
NAMED = re.compile(
    r"\s*- '?(heading|button|link|img|textbox|combobox|spinbutton|radio|checkbox|option)"
    r"( \"(?:[^\"\\]|\\.)*\")?.*?( \[level=\d\])?.*"
)
EVERY_OTHER_TIME = re.compile(r'Invalid value "[a-z]+" for property "lang"\.')
"""Theirs: it looks with a pattern that goes on where it ended the last time."""
OURS = """async (cards) => {
  const { Card } = await import("/teams/static/cards.js");
  const { Markdown } = await import("/teams/static/markdown.js");
  const acting = () => {};
  acting.suggest = async () => [];
  window.several = (made) => document.querySelector("#log").replaceChildren(...made.map((node, at) => {
    const box = document.createElement("section");
    box.setAttribute("aria-label", `card ${at}`);
    box.append(node);
    return box;
  }));
  several(cards.map((card) => new Card(card, new Markdown({ zone: "Europe/Berlin", locale: "en-GB" }), acting).node));
}"""
THEIRS = """async ([cards, host]) => {
  const { Markdown } = await import("/teams/static/markdown.js");
  const writing = new Markdown({ zone: "Europe/Berlin", locale: "en-GB" });
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    const box = document.createElement("div");
    box.append(...writing.block(text));
    result.outputHtml = box.innerHTML;
    result.didProcess = true;
  };
  const said = [];
  several(cards.map((card) => {
    const drawn = new AdaptiveCards.AdaptiveCard();
    drawn.hostConfig = new AdaptiveCards.HostConfig(host);
    const context = new AdaptiveCards.SerializationContext();
    drawn.parse(card, context);
    const made = drawn.render();
    const told = drawn.validateProperties().validationEvents.map(({ message }) => message);
    for (let at = 0; at < context.eventCount; at += 1) told.push(context.getEventAt(at).message);
    said.push(told);
    return made;
  }));
  return said;
}"""
TOO_WIDE = """() => [...document.querySelectorAll("#log > section")].flatMap((box, at) =>
  box.scrollWidth > box.clientWidth + 1 || box.getBoundingClientRect().right > innerWidth + 1 ? [at] : [])"""
CUT_OFF = """() => [...document.querySelectorAll("#log > section")].flatMap((box, at) => {
  const end = box.getBoundingClientRect().right + 1;
  return [...box.querySelectorAll("button")].some((each) => each.getBoundingClientRect().right > end) ? [at] : [];
})"""
UNLABELLED = """() => [...document.querySelectorAll("#log > section")].flatMap((box, at) =>
  [...box.querySelectorAll("input, select, textarea")].every((each) => each.labels.length > 0) ? [] : [at])"""


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
def page(address: str, browser: Browser) -> Iterator[Page]:
    """The pane, without its own messages."""
    context = browser.new_context(viewport={"width": 900, "height": 900}, locale="en-GB", bypass_csp=True)
    with watched(context, address):
        page = context.new_page()
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


def names(page: Page, count: int) -> list[list[tuple[str | None, ...]]]:
    """What somebody who does not see it is told of in each card: headings, controls and pictures, in order."""
    told: list[list[tuple[str | None, ...]]] = [[] for _ in range(count)]
    at = 0
    for line in page.locator("#log").aria_snapshot().splitlines():
        if found := REGION.match(line):
            at = int(found[1])
        elif found := NAMED.fullmatch(line):
            told[at].append(found.groups())
    return told


def test_the_pane_draws_every_card_in_every_theme(page: Page) -> None:
    which = list(CARDS)
    for card in CARDS.values():
        check_card(card)
    page.evaluate(OURS, list(CARDS.values()))
    for width in (900, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("light", "dark", "contrast"):
            page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
            assert [which[at] for at in page.evaluate(TOO_WIDE)] == [], (theme, width)
    assert [which[at] for at in page.evaluate(UNLABELLED)] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_renderer_teams_is_built_with_says_the_same(page: Page, adaptive_cards: Path, theme: str) -> None:
    which, every = list(CARDS), list(CARDS.values())
    host = json.loads((adaptive_cards / f"microsoft-teams-{theme}.json").read_text())
    page.add_script_tag(content=(adaptive_cards / "adaptivecards.min.js").read_text())
    page.evaluate(OURS, every)
    ours = [as_theirs(*each) for each in zip(every, names(page, len(every)), strict=True)]
    said = page.evaluate(THEIRS, [every, host])
    assert {name: told for name, told in zip(which, map(complaints, said), strict=True) if told} == {}
    theirs = names(page, len(every))
    assert {each[0]: each[1:] for each in zip(which, theirs, ours, strict=True) if each[1] != each[2]} == {}
    for width in (900, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert [which[at] for at in page.evaluate(TOO_WIDE)] == [], width
        assert [which[at] for at in page.evaluate(CUT_OFF)] == [], width


@given(st.lists(answers(), min_size=6, max_size=6))
@settings(max_examples=4, derandomize=True, suppress_health_check=list(HealthCheck))
def test_of_extremes_it_says_the_same(page: Page, adaptive_cards: Path, extreme: list[Answer]) -> None:
    every = [each.card for answer in extreme for each in drawn(answer)]
    host = json.loads((adaptive_cards / "microsoft-teams-light.json").read_text())
    if page.evaluate("typeof AdaptiveCards") == "undefined":
        page.add_script_tag(content=(adaptive_cards / "adaptivecards.min.js").read_text())
    page.evaluate(OURS, every)
    ours = names(page, len(every))
    said = page.evaluate(THEIRS, [every, host])
    assert [each for told in said for each in complaints(told)] == []
    assert names(page, len(every)) == ours


def as_theirs(card: dict[str, Any], told: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    """Their field that suggests is a text box, and called by its placeholder and not by its label."""
    called = {
        f' "{each["label"]}"': f' "{each["placeholder"]}"' for each in pieces(card) if each.get("style") == "filtered"
    }
    return [("textbox", called[each[1]], each[2]) if each[1] in called else each for each in told]


def complaints(said: list[str]) -> list[str]:
    return [each for each in said if not EVERY_OTHER_TIME.fullmatch(each)]
