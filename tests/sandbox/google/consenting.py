"""A web application that sends people to Google's consent screen and exchanges what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from sandbox.app import Sandbox
from sandbox.consent.codes import challenge_of
from sandbox.google.access import PREFIX
from tests.sandbox.google.conftest import Answer

HOME = "https://pairtime.example.com/connect/google/callback"
VERIFIER = "v" * 43
OWNED, FREE_BUSY, CALENDARS = (
    f"{PREFIX}calendar.events.owned",
    f"{PREFIX}calendar.freebusy",
    f"{PREFIX}calendar.calendars.readonly",
)
WANTED = f"openid email {OWNED} {FREE_BUSY}"
PAGE = "/google/o/oauth2/v2/auth"


@dataclass
class WebApplication:
    """`usual` is what it asks for where a test says nothing else."""

    sandbox: Sandbox
    http: aiohttp.ClientSession

    @property
    def usual(self) -> dict[str, str]:
        return {
            "client_id": self.sandbox.google_client(HOME).client_id,
            "redirect_uri": HOME,
            "response_type": "code",
            "scope": WANTED,
            "state": "s & t",
            "nonce": "n-1",
            "access_type": "offline",
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
        }

    def asked(self, **changes: str | None) -> dict[str, str]:
        """The request's query; None leaves a parameter out."""
        return {name: value for name, value in {**self.usual, **changes}.items() if value is not None}

    async def page(self, said: list[tuple[str, str]] | None = None, **changes: str | None) -> tuple[int, str, str]:
        """Status, where it leads, and the page itself: opened, or sent with what a person chose."""
        method = "GET" if said is None else "POST"
        async with self.http.request(
            method, PAGE, params=self.asked(**changes), data=said, allow_redirects=False
        ) as answer:
            return answer.status, answer.headers.get("Location", ""), await answer.text()

    async def back(
        self, address: str = "ana@example.com", ticked: tuple[str, ...] = (OWNED, FREE_BUSY), /, **changes: str | None
    ) -> dict[str, str]:
        """What comes back after [Allow]."""
        said = [("account", address), ("decision", "allow"), *(("scope", each) for each in ticked)]
        status, location, page = await self.page(said, **changes)
        assert (status, location.partition("?")[0]) == (302, HOME), page
        return dict(parse_qsl(urlsplit(location).query))

    async def exchange(self, code: str, **changes: str | None) -> Answer:
        return await self.post(
            grant_type="authorization_code", code=code, redirect_uri=HOME, code_verifier=VERIFIER, **changes
        )

    async def refresh(self, token: str, **changes: str | None) -> Answer:
        return await self.post(grant_type="refresh_token", refresh_token=token, **changes)

    async def post(self, **form: str | None) -> Answer:
        client = self.sandbox.google_client(HOME)
        whole = {"client_id": client.client_id, "client_secret": client.client_secret, **form}
        sent = {name: value for name, value in whole.items() if value is not None}
        return await self.send("/google/oauth2/token", sent)

    async def send(self, path: str, form: Mapping[str, str]) -> Answer:
        async with self.http.post(path, data=form) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))

    async def connected(self, address: str = "ana@example.com", **changes: str | None) -> Any:
        """The tokens of a person who allowed everything."""
        answer = await self.exchange((await self.back(address, **changes))["code"])
        assert answer.status == 200, answer.json
        return answer.json
