"""Somebody with a browser: opens links from the chat, presses buttons, decides at the vendor's page, comes back."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import aiohttp

from .visiting import Reply, Visitor


@dataclass(frozen=True)
class Shown:
    """A page as it came: its status, its text without markup, its forms, and the code on it, if any."""

    status: int
    url: str
    html: str
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        """In one line."""
        return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", self.html.partition("<body>")[2]).split()))

    @property
    def title(self) -> str:
        """The heading."""
        return html.unescape(re.findall(r"<h1[^>]*>([^<]*)", self.html)[0])

    @property
    def code(self) -> str:
        """Six digits."""
        found = re.search(r"<output[^>]*>(\d{3}) (\d{3})<", self.html)
        assert found, self.text
        return f"{found[1]}{found[2]}"

    @property
    def onward(self) -> str:
        """Where the page sends the browser by itself."""
        return html.unescape(re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', self.html)[0])

    @property
    def buttons(self) -> list[str]:
        """Their names."""
        return [html.unescape(each) for each in re.findall(r"<button[^>]*>([^<]*)", self.html)]

    def form(self, label: str) -> tuple[str, dict[str, str]]:
        """Where the form of that button goes, and what it sends."""
        for action, body in re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', self.html, re.DOTALL):
            if f">{html.escape(label)}</button" in body:
                return action, dict(re.findall(r'name="(\w+)" value="([^"]*)"', body))
        raise AssertionError(f"no [{label}] on {self.title!r} but {self.buttons}")


@dataclass(frozen=True)
class Browser:
    """One browser with its cookies, at one installation."""

    http: aiohttp.ClientSession
    url: str
    sandbox: str

    async def open(self, url: str) -> Shown:
        """As a click does."""
        async with self.http.get(url) as answer:
            return await _shown(answer)

    async def press(self, page: Shown, label: str, **headers: str) -> Shown:
        """A button of ours."""
        action, fields = page.form(label)
        return await self.send(f"{self.url}{action}", fields, **headers)

    async def send(self, url: str, fields: Mapping[str, str], **headers: str) -> Shown:
        """A form."""
        async with self.http.post(url, data=fields, headers=headers) as answer:
            return await _shown(answer)

    async def decide(
        self, page: Shown, who: str, *, decision: str = "allow", ticked: Sequence[str] | None = None
    ) -> dict[str, str]:
        """At the vendor's page that ours leads to: what that page would have the browser do next, as `method`, `url`
        and the form's fields."""
        told: dict[str, object] = {"url": page.onward, "mailbox": who, "decision": decision}
        if ticked is not None:
            told["scopes"] = list(ticked)
        async with self.http.post(f"{self.sandbox}/_/consent", json=told) as answer:
            said = await answer.json()
            assert answer.status == 200, said
        return {"method": said["method"], "url": said["url"], **said["form"]}

    async def back(self, answer: Mapping[str, str]) -> Shown:
        """Back from the vendor, as its page says."""
        fields = {name: value for name, value in answer.items() if name not in ("method", "url")}
        if answer["method"] == "GET":
            return await self.open(answer["url"])
        return await self.send(answer["url"], fields)

    async def sign_in(self, page: Shown, who: str, vendor: str, **how: object) -> Shown:
        """[Continue], the vendor's page, and back."""
        onward = await self.press(page, f"Continue at {vendor}")
        return await self.back(await self.decide(onward, who, **how))  # type: ignore[arg-type]  # as decide has them


async def _shown(answer: aiohttp.ClientResponse) -> Shown:
    return Shown(answer.status, str(answer.url), await answer.text(), answer.headers)


@asynccontextmanager
async def browser(visitor: Visitor) -> AsyncIterator[Browser]:
    """A fresh one, watched if its owner is."""
    cookies, watching = aiohttp.CookieJar(unsafe=True), visitor.http.trace_configs
    async with aiohttp.ClientSession(cookie_jar=cookies, trace_configs=watching) as http:
        yield Browser(http, visitor.stage.url, visitor.stage.sandbox.url)


def link_in(reply: Reply) -> str:
    """The address behind the reply's one link."""
    (url,) = [choice["url"] for choice in reply["choices"] if choice["url"]]
    return url


async def link_for(visitor: Visitor, who: str, words: str) -> str:
    """A fresh one from the chat."""
    url = link_in(await visitor.say(who, words))
    assert urlsplit(url).path.startswith("/connect/")
    return url


async def signed_in(visitor: Visitor, who: str, link: str, vendor: str) -> None:
    """From a link of the chat through the vendor's page and back."""
    async with browser(visitor) as mine:
        done = await mine.sign_in(await mine.open(link), f"{who}@example.com", vendor)
    assert done.title == "Your calendar is connected"


async def connect(visitor: Visitor, who: str, words: str, vendor: str) -> Reply:
    """The whole way; the notice in the chat."""
    await signed_in(visitor, who, await link_for(visitor, who, words), vendor)
    return await visitor.hears(who, "Connected:")


async def nobody_signed_in(visitor: Visitor) -> Visitor:
    """Gil and Ines, who are connected from the first day, have disconnected."""
    store = visitor.stage.application.store
    for who in ("gil", "ines"):
        said = await visitor.press(who, await visitor.say(who, "disconnect"), "Disconnect")
        assert said["text"].startswith("Disconnected.")
        (user,) = await store.people.at_address(f"{who}@example.com")
        await visitor.until(partial(store.credentials.of, user.id), None)
    return visitor
