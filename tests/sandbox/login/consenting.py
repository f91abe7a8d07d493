"""A web application that sends people to Entra's pages and exchanges what comes back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from sandbox.app import Sandbox
from sandbox.consent.codes import challenge_of
from tests.sandbox.graph.conftest import Answer

HOME = "https://pairtime.example.com/connect/microsoft/callback"
VERIFIER = "v" * 43
WANTED = "openid profile offline_access Calendars.ReadWrite"
SAM = "sam@example.com"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@dataclass
class WebApplication:
    """`place` stands in the tenant's place; `usual` is what it asks for where a test says nothing else."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    place: str = "organizations"

    @property
    def usual(self) -> dict[str, str]:
        return {
            "client_id": self.sandbox.entra_registration(redirect_uris=[HOME]).client_id,
            "redirect_uri": HOME,
            "response_type": "code",
            "response_mode": "form_post",
            "scope": WANTED,
            "state": "s & t",
            "nonce": "n-1",
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
            "client_info": "1",
        }

    async def page(self, said: list[tuple[str, str]] | None = None, **changes: str | None) -> tuple[int, str, str]:
        """Status, where it leads, and the page itself: opened, or sent with what a person chose."""
        asked = {name: value for name, value in {**self.usual, **changes}.items() if value is not None}
        method, path = "GET" if said is None else "POST", f"/login/{self.place}/oauth2/v2.0/authorize"
        async with self.http.request(method, path, params=asked, data=said, allow_redirects=False) as answer:
            return answer.status, answer.headers.get("Location", ""), await answer.text()

    async def back(
        self, address: str = SAM, decision: str = "allow", ticked: tuple[str, ...] = (), /, **changes: str | None
    ) -> dict[str, str]:
        """What comes back after a press, in either response mode."""
        said = [("account", address), ("decision", decision), *(("scope", each) for each in ticked)]
        status, location, page = await self.page(said, **changes)
        if status == 302:
            assert location.partition("?")[0] == HOME
            return dict(parse_qsl(urlsplit(location).query))
        assert f'<form method="post" action="{HOME}">' in page, page
        return {unescape(name): unescape(value) for name, value in HIDDEN.findall(page)}

    async def exchange(self, code: str, **changes: str | None) -> Answer:
        return await self.post(
            grant_type="authorization_code", code=code, redirect_uri=HOME, code_verifier=VERIFIER, **changes
        )

    async def refresh(self, token: str, **changes: str | None) -> Answer:
        return await self.post(grant_type="refresh_token", refresh_token=token, **changes)

    async def post(self, **form: str | None) -> Answer:
        registered = self.sandbox.entra_registration(redirect_uris=[HOME])
        whole = {"client_id": registered.client_id, "client_secret": registered.client_secret, "client_info": "1"}
        sent = {name: value for name, value in {**whole, **form}.items() if value is not None}
        async with self.http.post(f"/login/{self.place}/oauth2/v2.0/token", data=sent) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))

    async def connected(self, address: str = SAM, /, **changes: str | None) -> Any:
        """The tokens of a person who allowed everything."""
        answer = await self.exchange((await self.back(address, **changes))["code"])
        assert answer.status == 200, answer.json
        return answer.json

    async def graph(self, token: str, path: str = "users/sam@example.com/calendar") -> Answer:
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.get(f"/graph/v1.0/{path}", headers=headers) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))
