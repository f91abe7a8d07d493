"""The demo's page in the system's Chromium. Screenshots go to the test's temporary folder."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright import async_api, sync_api
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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


@dataclass(frozen=True)
class Chromium:
    """One for all tests of this process: starting it takes longer than most of them do. Playwright's loop runs in this
    very thread, and would seem to run between its calls, too, where other tests have loops of their own."""

    browser: Browser
    loop: asyncio.AbstractEventLoop

    @contextmanager
    def awake(self) -> Iterator[Browser]:
        """For as long as one test asks it something."""
        seem_to_run(self.loop)
        try:
            yield self.browser
        finally:
            seem_to_run(None)


@pytest.fixture(scope="session")
def chromium(browser_path: str) -> Iterator[Chromium]:
    """The system's, without a window."""
    playwright = sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
    made = Chromium(browser, asyncio.get_running_loop())
    seem_to_run(None)
    yield made
    with made.awake():
        browser.close()
        playwright.stop()


def seem_to_run(loop: asyncio.AbstractEventLoop | None) -> None:
    """In this thread."""
    asyncio._set_running_loop(loop)  # noqa: SLF001 - public in all but its name: loops of other makers call it


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Browser]:
    """With nothing in it that another test has left: each has contexts of its own, and they end with it."""
    with chromium.awake() as browser:
        yield browser
        for context in browser.contexts:
            context.close()


@contextmanager
def watched(context: BrowserContext, *homes: str) -> Iterator[BrowserContext]:
    """Whatever it complains of fails the test, and so does what is fetched from elsewhere than from there."""
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    context.on("request", lambda asked: None if asked.url.startswith(homes) else complaints.append(asked.url))
    yield context
    context.close()
    assert complaints == []


@pytest.fixture
def playing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A demo, fresh for each test."""
    # The browser is gone then, and what it asked last is not.
    monkeypatch.setattr("adapters.cli.playing.QUICK_STOP", 0.1)
    with Playing(tmp_path) as stage:
        yield stage


@contextmanager
def demo_page(browser: Browser, url: str, *further: str) -> Iterator[Page]:
    """The demo's page, wide. `further` is from where it may fetch, too."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB", timezone_id="Europe/London")
    with watched(context, url, *further):
        page = context.new_page()
        page.goto(url)
        page.locator(".entry").first.wait_for()
        yield page


@pytest.fixture
def page(playing: Stage, browser: Browser) -> Iterator[Page]:
    """Its page."""
    with demo_page(browser, playing.url) as page:
        yield page
