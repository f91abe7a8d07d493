"""The sandbox's consent screens in a real browser: by keyboard alone, on a narrow phone, and all the way back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from aiohttp import web
from playwright.async_api import Page, async_playwright

from sandbox.app import Sandbox
from sandbox.consent.codes import challenge_of
from sandbox.login.directory import TENANT
from sandbox.world import Mailbox

NARROW = {"width": 360, "height": 640}
CAST = (
    Mailbox("gil@example.com", "Gil Mora", "google", "Europe/Madrid"),
    Mailbox("ana@example.com", "Ana Ruiz", "google", "America/New_York"),
    Mailbox("ines@example.com", "Ines Falk", "microsoft", "Europe/Berlin"),
)
BACK = '<!DOCTYPE html><title>Back</title><link rel="icon" href="data:,"><h1>Welcome back</h1>'
PREFIX = "https://www.googleapis.com/auth/"
PKCE = {"code_challenge": challenge_of("v" * 43), "code_challenge_method": "S256", "response_type": "code"}


@dataclass
class Application:
    """Where people are sent back to, and what came with them."""

    sandbox: Sandbox
    home: str
    came: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def google(self, **more: str) -> str:
        query = {
            "client_id": self.sandbox.google_client(self.home).client_id,
            "redirect_uri": self.home,
            "scope": f"openid email {PREFIX}calendar.events.owned {PREFIX}calendar.freebusy",
            "state": "s",
            **PKCE,
            **more,
        }
        return f"{self.sandbox.url}/google/o/oauth2/v2/auth?{urlencode(query)}"

    def microsoft(self, **more: str) -> str:
        query = {
            "client_id": self.sandbox.entra_registration(redirect_uris=[self.home]).client_id,
            "redirect_uri": self.home,
            "scope": "openid profile offline_access Calendars.ReadWrite",
            "response_mode": "form_post",
            "state": "s",
            **PKCE,
            **more,
        }
        return f"{self.sandbox.url}/login/organizations/oauth2/v2.0/authorize?{urlencode(query)}"


@pytest.fixture
async def application() -> AsyncIterator[Application]:
    async def back(request: web.Request) -> web.Response:
        found = await request.post() if request.method == "POST" else request.query
        came.append((request.method, {name: str(value) for name, value in found.items()}))
        return web.Response(text=BACK, content_type="text/html")

    async with Sandbox() as sandbox:
        for mailbox in CAST:
            sandbox.world.add_mailbox(mailbox)
        app = web.Application()
        app.router.add_route("*", "/callback", back)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        made = Application(sandbox, f"http://127.0.0.1:{runner.addresses[0][1]}/callback")
        came = made.came
        yield made
        await runner.cleanup()


@pytest.fixture
async def page(browser_path: str) -> AsyncIterator[Page]:
    """On a phone. Whatever the browser complains of fails the test."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": NARROW["width"], "height": NARROW["height"]})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        yield page
        await browser.close()
    assert complaints == []


async def tab_to(page: Page, name: str) -> None:
    """By the keyboard, to what is called so."""
    for _ in range(12):
        await page.keyboard.press("Tab")
        focused: str = await page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0] ?? e).textContent.trim() }"
        )
        if focused.startswith(name):
            return
    raise AssertionError(f"the keyboard never came to {name!r}")


async def fits(page: Page) -> bool:
    """Nothing sticks out sideways."""
    return bool(await page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))


async def test_google_by_keyboard_with_one_box_left_empty(application: Application, page: Page) -> None:
    await page.goto(application.google(login_hint="gil@example.com"))
    assert await page.locator("#account").input_value() == "gil@example.com"
    assert await fits(page)
    await tab_to(page, "Next")
    await page.keyboard.press("Enter")
    await page.get_by_text("Signed in as").wait_for()
    assert await fits(page)
    await tab_to(page, "View your availability in your calendars")
    await page.keyboard.press("Space")
    await tab_to(page, "Allow")
    await page.keyboard.press("Enter")
    await page.get_by_text("Welcome back").wait_for()
    [(method, answer)] = application.came
    assert (method, answer["state"]) == ("GET", "s")
    assert f"{PREFIX}calendar.freebusy" in answer["scope"].split()
    assert f"{PREFIX}calendar.events.owned" not in answer["scope"].split()


async def test_microsoft_by_keyboard_comes_back_by_a_form_that_sends_itself(
    application: Application, page: Page
) -> None:
    await page.goto(application.microsoft(login_hint="ines@example.com"))
    await tab_to(page, "Next")
    await page.keyboard.press("Enter")
    await page.get_by_text("Have full access to your calendars").wait_for()
    assert await fits(page)
    await tab_to(page, "Allow")
    await page.keyboard.press("Enter")
    await page.get_by_text("Welcome back").wait_for()
    [(method, answer)] = application.came
    assert (method, answer["state"]) == ("POST", "s")
    assert "code" in answer


async def test_another_account_is_picked_and_declines(application: Application, page: Page) -> None:
    await page.goto(application.google(login_hint="gil@example.com"))
    await page.get_by_label("Account").select_option("ana@example.com")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_text("ana@example.com").wait_for()
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_text("Welcome back").wait_for()
    [(_, answer)] = application.came
    assert answer["error"] == "access_denied"


async def test_where_an_administrator_must_decide_there_is_only_the_way_back(
    application: Application, page: Page
) -> None:
    address = application.microsoft()
    application.sandbox.entra.directory.delegated.set_policy(TENANT, people_decide=False)
    await page.goto(address)
    await page.get_by_label("Account").select_option("ines@example.com")
    await page.get_by_role("button", name="Next").click()
    await page.get_by_role("heading", name="Need admin approval").wait_for()
    assert await fits(page)
    await page.get_by_role("button", name="Return to the application").click()
    await page.get_by_text("Welcome back").wait_for()
    [(_, answer)] = application.came
    assert answer["error_description"].startswith("AADSTS90094")


async def test_a_wrong_address_ends_on_the_vendors_page(application: Application, page: Page) -> None:
    address = application.google(redirect_uri="https://evil.example/")
    answer = await page.request.get(address, max_redirects=0)
    assert answer.status == 400
    assert "redirect_uri_mismatch" in await answer.text()
    assert application.came == []
