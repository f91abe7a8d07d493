"""The story in the demo's Slack pane: Ana runs a command in Slack, presses a slot, and both calendars show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from adapters.cli.playing import Stage

from .conftest import Playing, demo_page

SHOWN_WHOLE = """(select) => {
  const room = select.offsetWidth;
  select.style.cssText = "max-width: none; width: max-content";
  return select.offsetWidth <= room;
}"""


@pytest.fixture
def in_slack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A demo whose cast is in Slack, too."""
    monkeypatch.setattr("adapters.cli.playing.QUICK_STOP", 0.1)  # the browser is gone, and what it asked last is not
    with Playing(tmp_path, slack=True) as stage:
        yield stage


@pytest.fixture
def demo(in_slack: Stage, browser: Browser) -> Iterator[Page]:
    """Its page."""
    with demo_page(browser, in_slack.url) as page:
        yield page


def slack(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.slack")


def nothing_sticks_out(page: Page) -> None:
    """Neither of the page nor of the pane."""
    for frame in page.frames:
        assert frame.evaluate("document.documentElement.scrollWidth") <= frame.evaluate("window.innerWidth")


def test_ana_books_in_slack(demo: Page, tmp_path: Path) -> None:
    slack(demo).get_by_role("button", name="/book with my mentor").click()
    answer = slack(demo).get_by_role("article", name="Pairtime").last  # a word that it takes longer may stand above
    expect(answer).to_contain_text("Tue 24 Nov")
    expect(answer).to_contain_text("Only visible to you")
    demo.screenshot(path=tmp_path / "offered.png")
    slack(demo).get_by_role("button", name="Tue 24 Nov").first.click()
    expect(slack(demo).get_by_role("log")).to_contain_text("Booked.")
    expect(demo.get_by_role("region", name="Sam Okoye’s chat").get_by_role("log")).to_contain_text("booked a session")
    expect(demo.get_by_role("button", name="Mentoring session, 09:00 to 09:45 New York")).to_be_visible()
    demo.screenshot(path=tmp_path / "booked.png", full_page=True)


def test_words_to_the_bot_and_back_to_the_console(demo: Page, tmp_path: Path) -> None:
    field = slack(demo).get_by_role("textbox", name="Message Pairtime")
    field.fill("help")
    field.press("Enter")
    expect(slack(demo).get_by_role("article", name="Pairtime").first).to_contain_text("book")
    demo.screenshot(path=tmp_path / "help.png")
    pane = demo.get_by_role("region", name="Ana Ruiz’s chat")
    pane.get_by_role("button", name="Console").click()
    pane.get_by_role("button", name="book with my mentor").click()
    expect(pane.get_by_role("listitem").first).to_contain_text("Tue 24 Nov")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pane_on_a_phone(demo: Page, tmp_path: Path, scheme: Any) -> None:
    demo.emulate_media(color_scheme=scheme)
    demo.set_viewport_size({"width": 360, "height": 760})
    slack(demo).get_by_role("button", name="/book with my mentor").click()
    expect(slack(demo).get_by_role("article", name="Pairtime").first).to_contain_text("Tue 24 Nov")
    nothing_sticks_out(demo)
    whose = demo.get_by_role("region", name="Ana Ruiz’s chat").get_by_label("Whose chat this is")
    assert whose.evaluate(SHOWN_WHOLE)
    demo.screenshot(path=tmp_path / f"phone-{scheme}.png")
    slack(demo).get_by_role("button", name="Tue 24 Nov").first.click()
    expect(slack(demo).get_by_role("log")).to_contain_text("Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York")
    expect(slack(demo).get_by_role("link", name="Join").first).to_be_visible()
    nothing_sticks_out(demo)
    demo.screenshot(path=tmp_path / f"phone-booked-{scheme}.png")


def test_a_picture_that_comes_late_is_in_sight(demo: Page) -> None:
    field = slack(demo).get_by_role("textbox", name="Message Pairtime")
    field.fill("settings")
    field.press("Enter")
    expect(slack(demo).get_by_role("log")).to_contain_text("Your settings.")
    slack(demo).get_by_role("button", name="/book with my mentor").click()
    slack(demo).get_by_role("button", name="See both calendars").click()
    log = slack(demo).get_by_role("log")
    slack(demo).get_by_role("img").last.wait_for()
    expect(log.get_by_role("img").last).to_be_in_viewport(ratio=0.9)


def test_any_client_can_play_slack_with_what_the_line_says(in_slack: Stage) -> None:
    assert in_slack.slack is not None
    told = in_slack.slack.json()
    assert set(told) == {"events", "signing_secret", "team", "users", "api", "token"}
    assert told["events"] == f"{in_slack.url}/slack/events"
    assert in_slack.slack.users["ana@example.com"].startswith("U")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_form_and_the_home(demo: Page, tmp_path: Path, scheme: Any, width: int) -> None:
    demo.emulate_media(color_scheme=scheme)
    demo.set_viewport_size({"width": width, "height": 900})
    field = slack(demo).get_by_role("textbox", name="Message Pairtime")
    field.fill("/book form")
    field.press("Enter")
    form = slack(demo).get_by_role("dialog", name="Book a session")
    form.get_by_label("Topic").fill("My first presentation")
    form.get_by_label("Time").select_option(index=2)
    demo.screenshot(path=tmp_path / "form.png")
    form.get_by_role("button", name="Book", exact=True).click()
    expect(form).to_contain_text("Booked.")
    expect(form).to_contain_text("About: My first presentation")
    demo.screenshot(path=tmp_path / "booked.png")
    form.get_by_role("button", name="Close").last.click()
    expect(form).to_be_hidden()
    expect(slack(demo).get_by_role("log")).to_contain_text("My first presentation")
    slack(demo).get_by_role("tab", name="Home").click()
    home = slack(demo).get_by_role("tabpanel", name="Home")
    expect(home).to_contain_text("About: My first presentation")
    expect(home.get_by_role("link", name="Join Tue 24 Nov")).to_be_visible()
    home.get_by_role("button", name="Past sessions").click()
    expect(slack(demo).get_by_role("dialog")).to_contain_text("You have no past sessions.")
    assert demo.evaluate("document.documentElement.scrollWidth") <= width
    demo.screenshot(path=tmp_path / "home.png")


def is_now(page: Page, name: str) -> None:
    """The pane that shows Slack is that person's."""
    page.get_by_label("Whose chat this is").first.select_option(name)
    expect(page.locator("iframe.slack")).to_have_attribute("title", f"{name}’s Slack")


def say(page: Page, words: str) -> None:
    field = slack(page).get_by_role("textbox", name="Message Pairtime")
    field.fill(words)
    field.press("Enter")


def test_an_admin_asks_in_slack(demo: Page, tmp_path: Path) -> None:
    is_now(demo, "Priya Nair")
    say(demo, "/pairtime admin who hasn't integrated their calendar?")
    answer = slack(demo).get_by_role("article", name="Pairtime").last
    expect(answer).to_contain_text("Leaders 2026: 131 people, 119 working")
    expect(answer).to_contain_text("Only visible to you")
    answer.get_by_role("button", name="Next").click()
    expect(slack(demo).get_by_role("article", name="Pairtime").last).to_contain_text("Showing 4 to 6 of 12")
    demo.screenshot(path=tmp_path / "admin.png")
    slack(demo).get_by_role("tab", name="Home").click()
    home = slack(demo).get_by_role("tabpanel", name="Home")
    expect(home.get_by_role("heading", name="Calendar integration")).to_be_visible()
    demo.screenshot(path=tmp_path / "admin-home.png")


def test_a_mentor_takes_one_of_the_times_that_were_suggested(demo: Page, tmp_path: Path) -> None:
    say(demo, "/book with my mentor")
    slack(demo).get_by_role("button", name="More").click()
    slack(demo).get_by_role("button", name="Ask Sam").click()
    expect(slack(demo).get_by_role("log")).to_contain_text("Nothing is booked until Sam picks one.")
    is_now(demo, "Sam Okoye")
    suggested = slack(demo).get_by_role("article", name="Pairtime").last
    expect(suggested).to_contain_text("Ana Ruiz would like 45 min with you.")
    demo.screenshot(path=tmp_path / "suggested.png")
    suggested.get_by_role("button", name="Wed 25 Nov").click()
    expect(slack(demo).get_by_role("log")).to_contain_text("Booked. Wed 25 Nov 2026, 16:00 - 16:45 Berlin")
    expect(demo.get_by_role("button", name="Mentoring session, 16:00 to 16:45 Berlin").first).to_be_visible()
    demo.screenshot(path=tmp_path / "picked.png")
