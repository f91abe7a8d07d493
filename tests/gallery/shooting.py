"""Photographs replies in the system's Chromium, without a server: whatever the page asks for is handed to it here."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from playwright.async_api import Page, Route, async_playwright

ADDRESS = "http://gallery.test"
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PIXELS_A_POINT = 2


class Gallery(Protocol):
    """What a chat's module gives: replies by name, what its page draws them with, and how wide (by what stands in the
    pictures' names) they are looked at."""

    @property
    def messages(self) -> Mapping[str, object]: ...

    @property
    def drawn_in(self) -> str:
        """Where in a sample the reply is: a selector."""

    @property
    def widths(self) -> Mapping[str, int]: ...

    async def part(self, path: str) -> bytes | None:
        """What is at that path of the page."""


async def shoot(gallery: Gallery, folder: Path, chromium: str) -> None:
    """A picture a reply, width and theme, and one of all. Raises RuntimeError if the page complains."""
    complaints: list[str] = []

    async def hand_out(route: Route) -> None:
        path = urlsplit(route.request.url).path
        part = await gallery.part(path)
        kind = "image/png" if "/pictures/" in path else mimetypes.guess_type(path)[0] or "text/html"
        await route.fulfill(status=404 if part is None else 200, body=part or b"", content_type=kind)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1440, "height": 900}, device_scale_factor=PIXELS_A_POINT)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        await page.route("**/*", hand_out)
        await page.goto(ADDRESS)
        await page.wait_for_function("() => window.draw")
        for name, message in gallery.messages.items():
            await page.evaluate("([name, reply]) => window.draw(name, reply)", [name, message])
        for name, width in gallery.widths.items():
            await page.set_viewport_size({"width": width, "height": 900})
            for theme in THEMES:
                await page.emulate_media(color_scheme=theme)
                await _shoot_all(page, gallery, folder, f"{theme}{name}")
        await browser.close()
    if complaints:
        raise RuntimeError(f"The page complained: {'; '.join(complaints)}")


async def _shoot_all(page: Page, gallery: Gallery, folder: Path, look: str) -> None:
    await page.wait_for_function("() => [...document.images].every((image) => image.complete && image.naturalWidth)")
    for name in gallery.messages:
        await page.locator(f"#{name} {gallery.drawn_in}").screenshot(path=folder / f"{name}-{look}.png")
    await page.screenshot(path=folder / f"all-{look}.png", full_page=True)
