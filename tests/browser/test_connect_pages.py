"""Connecting one's own calendar, clicked through from the demo's chat to the vendor's page and back: with the mouse, by
keyboard alone, on a narrow phone, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from adapters.cli.playing import Stage

from .conftest import watched
from .test_demo_page import button, pane, say

NARROW = {"width": 360, "height": 740}


@pytest.fixture
def context(playing: Stage, browser: Browser) -> Iterator[BrowserContext]:
    """At the demo, and at its sandbox's pages."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", viewport={"width": 1440, "height": 1000})
    with watched(context, playing.url, playing.sandbox.url):
        yield context


def at_the_demo(context: BrowserContext, playing: Stage, name: str) -> Page:
    """The demo's page, with somebody in the first pane."""
    page = context.new_page()
    page.goto(playing.url)
    page.locator(".entry").first.wait_for()
    page.get_by_label("Whose chat this is").first.select_option(name)
    say(page, name, "disconnect")  # who is connected from the first day
    button(page, name, "Disconnect").click()
    expect(pane(page, name).get_by_role("log")).to_contain_text("Disconnected.")
    return page


def link_from_the_chat(page: Page, name: str, words: str, vendor: str) -> str:
    say(page, name, words)
    link = pane(page, name).get_by_role("link", name=f"Continue to {vendor}")
    expect(link).to_be_visible()
    return link.get_attribute("href") or ""


def nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")


def test_gil_connects_from_the_demo(context: BrowserContext, playing: Stage, tmp_path: Path) -> None:
    page = at_the_demo(context, playing, "Gil Mora")
    say(page, "Gil Mora", "connect")
    button(page, "Gil Mora", "Google Calendar").click()
    with context.expect_page() as opened:
        pane(page, "Gil Mora").get_by_role("link", name="Continue to Google").click()
    tab = opened.value
    expect(tab.get_by_role("heading", name="Connect your calendar")).to_be_visible()
    expect(tab.get_by_text("gil@example.com")).to_be_visible()
    tab.screenshot(path=tmp_path / "offered.png", full_page=True)
    tab.get_by_role("button", name="Continue at Google").click()
    tab.get_by_role("button", name="Next").click()
    for box in tab.get_by_role("checkbox").all():
        box.check()
    tab.get_by_role("button", name="Allow").click()
    expect(tab.get_by_role("heading", name="Your calendar is connected")).to_be_visible()
    tab.screenshot(path=tmp_path / "connected.png", full_page=True)
    log = pane(page, "Gil Mora").get_by_role("log")
    expect(log).to_contain_text("Connected: Google - Individual (gil@example.com), Madrid time")
    page.screenshot(path=tmp_path / "demo.png", full_page=True)


def test_ines_connects_by_keyboard_alone(context: BrowserContext, playing: Stage) -> None:
    page = at_the_demo(context, playing, "Ines Falk")
    for deed in ("revoke", "restore"):  # she removes what Microsoft still lists, so that it asks again
        assert page.request.post(f"{playing.sandbox.url}/_/{deed}", data={"mailbox": "ines@example.com"}).ok
    link = link_from_the_chat(page, "Ines Falk", "connect outlook", "Microsoft")
    tab = context.new_page()
    tab.goto(link)
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Continue at Microsoft")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Choose an account")).to_be_visible()
    tab.keyboard.press("Tab")  # the account is chosen already
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Next")).to_be_focused()
    tab.keyboard.press("Enter")
    accept = tab.get_by_role("button", name="Allow")
    expect(accept).to_be_visible()
    for _ in range(8):
        if accept.evaluate("button => button === document.activeElement"):
            break
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Your calendar is connected")).to_be_visible()
    expect(tab.get_by_role("main", name="Your calendar is connected")).to_be_visible()
    expect(pane(page, "Ines Falk").get_by_role("log")).to_contain_text("(from Outlook)")


def test_another_browser_gets_a_code_that_completes_it_in_the_chat(
    context: BrowserContext, playing: Stage, tmp_path: Path
) -> None:
    page = at_the_demo(context, playing, "Gil Mora")
    first = context.new_page()
    first.goto(link_from_the_chat(page, "Gil Mora", "connect google", "Google"))
    first.get_by_role("button", name="Continue at Google").click()
    first.get_by_role("heading", name="Choose an account").wait_for()
    browser = context.browser
    assert browser
    phone = browser.new_context(viewport=NARROW, color_scheme="dark").new_page()  # type: ignore[arg-type]  # a TypedDict
    phone.goto(first.url)
    phone.get_by_role("button", name="Next").click()
    for box in phone.get_by_role("checkbox").all():
        box.check()
    phone.get_by_role("button", name="Allow").click()
    expect(phone.get_by_role("heading", name="Type this code in your chat")).to_be_visible()
    phone.screenshot(path=tmp_path / "code.png", full_page=True)
    nothing_sticks_out(phone)
    code = phone.locator("output").inner_text()
    phone.reload()
    expect(phone.locator("output")).to_have_text(code)
    say(page, "Gil Mora", code)
    expect(pane(page, "Gil Mora").get_by_role("log")).to_contain_text("Connected: Google - Individual")


def test_on_a_narrow_phone_nothing_sticks_out(context: BrowserContext, playing: Stage, tmp_path: Path) -> None:
    page = at_the_demo(context, playing, "Gil Mora")
    link = link_from_the_chat(page, "Gil Mora", "connect google", "Google")
    tab = context.new_page()
    tab.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a TypedDict
    tab.goto(link)
    nothing_sticks_out(tab)
    tab.screenshot(path=tmp_path / "narrow.png", full_page=True)
    tab.get_by_role("button", name="Continue at Google").click()
    tab.get_by_label("Account").select_option("Gil Mora (gil.mora@example.net)")
    tab.get_by_role("button", name="Next").click()
    for box in tab.get_by_role("checkbox").all():
        box.check()
    tab.get_by_role("button", name="Allow").click()
    expect(tab.get_by_role("heading", name="That is another account")).to_be_visible()
    nothing_sticks_out(tab)
    tab.screenshot(path=tmp_path / "other.png", full_page=True)
    tab.emulate_media(color_scheme="dark")
    tab.screenshot(path=tmp_path / "other-dark.png", full_page=True)
    tab.get_by_role("button", name="Use gil.mora@example.net").click()
    expect(tab.get_by_role("heading", name="Type this code in your chat")).to_be_visible()
