"""The bridge pair in the demo: Sam in Teams with Outlook, Ana in Slack with Google; each is told in their own chat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from adapters.cli.playing import Stage

from .conftest import Playing, demo_page


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A demo with both chats."""
    monkeypatch.setattr("adapters.cli.playing.QUICK_STOP", 0.1)  # the browser is gone, and what it asked last is not
    with Playing(tmp_path, slack=True, teams=True) as stage:
        yield stage


@pytest.fixture
def demo(bridge: Stage, browser: Browser) -> Iterator[Page]:
    """Its page."""
    with demo_page(browser, bridge.url, "data:") as page:
        teams(page).locator(".card").first.wait_for()
        yield page


def teams(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.teams")


def test_one_books_in_teams_and_the_other_is_told_in_slack(demo: Page, tmp_path: Path) -> None:
    teams(demo).get_by_role("button", name="book with my mentee").click()
    offered = teams(demo).get_by_role("article", name="Pairtime").last
    expect(offered.get_by_role("heading")).to_contain_text("Times for you and Ana Ruiz")
    demo.screenshot(path=tmp_path / "offered.png")
    offered.get_by_role("button", name="1", exact=True).click()
    expect(teams(demo).get_by_role("log")).to_contain_text("Booked.")
    slack = demo.frame_locator("iframe.slack")
    expect(slack.get_by_role("article", name="Pairtime").first).to_contain_text("Sam Okoye booked a session")
    expect(demo.get_by_role("button", name="Mentoring session").first).to_be_visible()
    demo.screenshot(path=tmp_path / "booked.png", full_page=True)


def test_one_books_in_slack_and_the_other_is_told_in_teams(demo: Page) -> None:
    slack = demo.frame_locator("iframe.slack")
    slack.get_by_role("button", name="/book with my mentor").click()
    slack.get_by_role("button", name="Tue 24 Nov").first.click()
    expect(teams(demo).get_by_role("log")).to_contain_text("Ana Ruiz booked a session")
    pane = demo.get_by_role("region", name="Sam Okoye’s chat")
    pane.get_by_role("button", name="Console").click()
    expect(demo.locator("iframe.teams")).to_be_hidden()


def test_what_is_new_is_in_sight_once_the_pane_is(demo: Page) -> None:
    demo.set_viewport_size({"width": 360, "height": 760})
    demo.reload()
    slack = demo.frame_locator("iframe.slack")
    slack.get_by_role("button", name="/book with my mentor").click()
    slack.get_by_role("button", name="Tue 24 Nov").first.click()
    expect(slack.get_by_role("log")).to_contain_text("Booked.")
    demo.get_by_role("tab", name="Sam").click()
    expect(teams(demo).get_by_role("article", name="Pairtime").last).to_contain_text("Ana Ruiz booked a session")
    expect(teams(demo).get_by_role("button", name="Cannot make it")).to_be_in_viewport()


async def test_any_client_can_play_teams_with_what_the_line_says(bridge: Stage) -> None:
    assert bridge.teams is not None
    told = bridge.teams.json()
    assert set(told) == {"messages", "app_id", "tenant", "users", "service"}
    assert told["messages"] == f"{bridge.url}/api/messages"
    sam = bridge.teams.users["sam@example.com"]
    activity = {
        "type": "message",
        "id": "1",
        "channelId": "msteams",
        "serviceUrl": told["service"],
        "text": "help",
        "from": {"id": sam.id, "aadObjectId": sam.object_id, "name": "Sam"},
        "recipient": {"id": f"28:{told['app_id']}"},
        "conversation": {"id": sam.conversation, "conversationType": "personal", "tenantId": told["tenant"]},
    }
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{bridge.sandbox.url}/_/teams/token", json={"claims": {}}) as given:
            token = (await given.json())["token"]
        async with http.post(str(told["messages"]), json=activity) as answer:
            assert answer.status == 401
        headers = {"Authorization": f"Bearer {token}"}
        async with http.post(str(told["messages"]), json=activity, headers=headers) as answer:
            assert answer.status == 202
