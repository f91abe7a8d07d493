"""The demo's page in the system's Chromium. Screenshots go to the test's temporary folder."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright import async_api, sync_api
from playwright.sync_api import Page, sync_playwright

from adapters.cli.playing import Stage, staged
from tests.staging import NOW

PATIENT_MS = 30_000
sync_api.expect.set_options(timeout=PATIENT_MS)
async_api.expect.set_options(timeout=PATIENT_MS)


class Playing:
    """A demo in a thread of its own: Playwright's calls would keep it from answering."""

    def __init__(self, folder: Path, *, slack: bool = False, teams: bool = False) -> None:
        self._folder = folder
        self._slack, self._teams = slack, teams
        self._loop: asyncio.AbstractEventLoop
        self._ready = threading.Event()
        self._over: asyncio.Event
        self.stage: Stage
        self._thread = threading.Thread(target=asyncio.run, args=(self._play(),))

    async def _play(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        async with staged(self._folder, now=NOW, keep=False, slack=self._slack, teams=self._teams) as self.stage:
            self._ready.set()
            await self._over.wait()

    def __enter__(self) -> Stage:
        self._thread.start()
        assert self._ready.wait(60)
        return self.stage

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()


@pytest.fixture
def playing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A demo, fresh for each test."""
    # The browser is gone then, and what it asked last is not.
    monkeypatch.setattr("adapters.cli.playing.QUICK_STOP", 0.1)
    with Playing(tmp_path) as stage:
        yield stage


@pytest.fixture
def page(playing: Stage, browser_path: str) -> Iterator[Page]:
    """Its page. Whatever the browser complains of, or fetches from elsewhere, fails the test."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="en-GB", timezone_id="Europe/London")
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on(
            "request",
            lambda request: None if request.url.startswith(playing.url) else complaints.append(request.url),
        )
        page.goto(playing.url)
        page.locator(".entry").first.wait_for()
        yield page
        browser.close()
    assert complaints == []
