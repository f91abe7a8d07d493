"""The story clicked through: Ana books, Sam sees it come, Priya asks; calendars, failures, clock, keyboard, phone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect


def pane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"{name}’s chat")


def say(page: Page, name: str, text: str) -> None:
    field = pane(page, name).get_by_placeholder(f"Say something as {name.split(maxsplit=1)[0]}")
    field.fill(text)
    field.press("Enter")


def button(page: Page, name: str, label: str) -> Locator:
    return pane(page, name).get_by_role("button", name=label).last


def test_ana_books_and_everybody_sees_it(page: Page, tmp_path: Path) -> None:
    pane(page, "Ana Ruiz").get_by_role("button", name="book with my mentor").click()
    offered = pane(page, "Ana Ruiz").get_by_role("listitem")
    expect(offered).to_have_text(["Tue 24 Nov, 09:00 (15:00)", "Wed 25 Nov, 10:00 (16:00)", "Tue 1 Dec, 09:00 (15:00)"])
    button(page, "Ana Ruiz", "Tue 24 Nov, 09:00").click()
    log = pane(page, "Ana Ruiz").get_by_role("log")
    expect(log).to_contain_text("Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin)")
    expect(log.get_by_role("link", name="meet.google.com")).to_be_visible()
    expect(pane(page, "Sam Okoye").get_by_role("log")).to_contain_text("Ana Ruiz booked a session with you")
    expect(page.get_by_role("button", name="Mentoring session, 09:00 to 09:45 New York")).to_be_visible()
    expect(page.get_by_role("button", name="Mentoring session, 15:00 to 15:45 Berlin")).to_be_visible()
    button(page, "Sam Okoye", "Looks good").click()
    expect(pane(page, "Sam Okoye").get_by_role("log")).to_contain_text("Accepted")
    page.screenshot(path=tmp_path / "booked.png", full_page=True)


def test_both_calendars_are_shown_as_a_picture_that_loads(page: Page, tmp_path: Path) -> None:
    say(page, "Ana Ruiz", "book with my mentor")
    button(page, "Ana Ruiz", "See both calendars").click()
    image = pane(page, "Ana Ruiz").get_by_role("img", name="Both free: 09:00 - 11:00")
    expect(image).to_be_visible()
    page.wait_for_function("() => document.querySelector('.bubble img').naturalWidth > 0")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.querySelector('.bubble img').currentSrc.includes('dark')")
    page.screenshot(path=tmp_path / "dark.png", full_page=True)


def test_sam_is_asked_and_chooses(page: Page, tmp_path: Path) -> None:
    say(page, "Ana Ruiz", "book with my mentor")
    button(page, "Ana Ruiz", "More").click()
    button(page, "Ana Ruiz", "Ask Sam").click()
    expect(pane(page, "Sam Okoye").get_by_role("log")).to_contain_text("Ana Ruiz would like 45 min with you.")
    say(page, "Sam Okoye", "3")
    expect(pane(page, "Sam Okoye").get_by_role("log")).to_contain_text("Booked. Tue 1 Dec 2026, 15:00 - 15:45 Berlin")
    expect(pane(page, "Ana Ruiz").get_by_role("log")).to_contain_text("Tue 1 Dec 2026, 09:00 - 09:45 New York")
    page.screenshot(path=tmp_path / "asked.png", full_page=True)


def test_priya_asks_who_has_not_integrated(page: Page, tmp_path: Path) -> None:
    pane(page, "Priya Nair").get_by_role("button", name="who hasn't integrated?").click()
    expect(pane(page, "Priya Nair").get_by_role("log")).to_contain_text("Leaders 2026: 131 people, 119 working")
    page.screenshot(path=tmp_path / "admin.png", full_page=True)


def test_a_calendar_is_let_fail_and_answer_again(page: Page) -> None:
    page.get_by_role("button", name="Let Outlook fail").click()
    expect(page.get_by_role("button", name="Outlook fails: let it answer")).to_be_visible()
    say(page, "Ana Ruiz", "book with my mentor")
    expect(pane(page, "Ana Ruiz").get_by_role("log")).to_contain_text("I cannot see Sam's calendar right now")
    page.get_by_role("button", name="Outlook fails: let it answer").click()
    expect(page.get_by_role("button", name="Let Outlook fail")).to_be_visible()
    button(page, "Ana Ruiz", "Try again").click()
    expect(pane(page, "Ana Ruiz").get_by_role("listitem")).to_have_count(3)


def test_an_event_is_moved_as_its_owner_would(page: Page) -> None:
    page.get_by_role("button", name="Interview, 13:00 to 14:30 Berlin").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("In Sam Okoye’s calendar, shown as busy")
    dialog.get_by_label("New start").fill("2026-11-24T14:00")  # London, where this browser is
    dialog.get_by_role("button", name="Move").click()
    expect(page.get_by_role("button", name="Interview, 15:00 to 16:30 Berlin")).to_be_visible()
    say(page, "Ana Ruiz", "book with my mentor")
    expect(pane(page, "Ana Ruiz").get_by_role("listitem").first).to_have_text("Wed 25 Nov, 10:00 (16:00)")


def test_the_clock_jumps_to_the_next_reminder(page: Page) -> None:
    expect(page.get_by_role("button", name="To the next reminder")).to_be_disabled()
    say(page, "Ana Ruiz", "book with my mentor")
    button(page, "Ana Ruiz", "Tue 24 Nov, 09:00").click()
    page.get_by_role("button", name="To the next reminder").click()
    expect(pane(page, "Ana Ruiz").get_by_role("log")).to_contain_text("Tomorrow: Tue 24 Nov")
    expect(pane(page, "Sam Okoye").get_by_role("log")).to_contain_text("Tomorrow: Tue 24 Nov")
    expect(page.get_by_role("banner")).to_contain_text("Mon, 23 Nov 2026")


def test_somebody_else_can_take_a_pane(page: Page) -> None:
    page.get_by_label("Whose chat this is").first.select_option("Uma Sorensen")
    say(page, "Uma Sorensen", "book with sam")
    expect(pane(page, "Uma Sorensen").get_by_role("log")).to_contain_text("You are not matched with sam")


def test_text_of_others_is_never_markup(page: Page) -> None:
    say(page, "Ana Ruiz", "book with <img src=x onerror=alert(1)>")
    log = pane(page, "Ana Ruiz").get_by_role("log")
    expect(log).to_contain_text("You are not matched with img")
    expect(log.locator("img")).to_have_count(0)


def test_it_is_used_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the chats")).to_be_focused()
    field = pane(page, "Ana Ruiz").get_by_placeholder("Say something as Ana")
    field.focus()
    page.keyboard.type("book with my mentor")
    page.keyboard.press("Enter")
    expect(button(page, "Ana Ruiz", "Tue 24 Nov, 09:00")).to_be_visible()
    expect(field).to_be_focused()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(pane(page, "Ana Ruiz").get_by_role("log")).to_contain_text("Booked.")


def test_a_phone_shows_one_chat_at_a_time_and_nothing_sticks_out(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    expect(pane(page, "Ana Ruiz")).to_be_visible()
    expect(pane(page, "Sam Okoye")).to_be_hidden()
    say(page, "Ana Ruiz", "book with my mentor")
    button(page, "Ana Ruiz", "Tue 24 Nov, 09:00").click()
    sams = page.get_by_role("tab", name="Sam")
    expect(sams).to_contain_text("1")
    sams.click()
    expect(pane(page, "Sam Okoye").get_by_role("log")).to_contain_text("Ana Ruiz booked a session with you")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.screenshot(path=tmp_path / "phone.png", full_page=True)
