"""A Google client that signs, asks for a token and sends what Google's own request builder makes."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import aiohttp
import pytest
from google.auth import crypt, jwt
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.http import HttpRequest

from sandbox.app import Sandbox
from sandbox.google.access import PREFIX, USUAL_SCOPES
from sandbox.google.contract import check_body, method

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@dataclass
class Answer:
    status: int
    json: Any
    headers: dict[str, str]

    @property
    def reason(self) -> str:
        return str(self.json["error"]["errors"][0]["reason"])


@dataclass
class Client:
    """Acts for one subject; `api` is googleapiclient's own builder, pointed at the sandbox."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    api: Any
    token: str = ""

    def assertion(self, subject: str | None, *scopes: str, **claims: object) -> str:
        key = self.sandbox.service_account_key()
        now = int(time.time())  # noqa: TID251  a signature is of real time
        payload: dict[str, object] = {
            "iss": key["client_email"],
            "aud": "https://oauth2.googleapis.com/token",
            "iat": now,
            "exp": now + 3600,
            "scope": " ".join(PREFIX + scope for scope in scopes or USUAL_SCOPES),
        }
        if subject is not None:
            payload["sub"] = subject
        signed: bytes = jwt.encode(_signer(key["private_key"]), {**payload, **claims})  # type: ignore[no-untyped-call]  # ships no types
        return signed.decode()

    async def exchange(self, assertion: str) -> Answer:
        form = {"grant_type": JWT_BEARER, "assertion": assertion}
        async with self.http.post("/google/oauth2/token", data=form) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))

    async def acting_for(self, subject: str | None, *scopes: str) -> Client:
        answer = await self.exchange(self.assertion(subject, *scopes))
        assert answer.status == 200, answer.json
        return Client(self.sandbox, self.http, self.api, answer.json["access_token"])

    async def send(self, request: HttpRequest, if_match: str | None = None) -> Answer:
        """Send what the builder made; a good answer must be one that Google's own schema allows."""
        headers = {"If-Match": if_match} if if_match else {}
        answer = await self.ask(request.method, request.uri, request.body, headers)
        schema = method(request.methodId.removeprefix("calendar.")).answer
        if answer.status == 200 and schema is not None:
            check_body(schema, answer.json)
        return answer

    async def ask(
        self, method: str, uri: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        path = uri.removeprefix(self.sandbox.url)
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **(headers or {})}
        async with self.http.request(method, path, data=body, headers=sent) as answer:
            text = await answer.text()
            return Answer(answer.status, json.loads(text) if text else None, dict(answer.headers))


@cache
def _signer(private_key: str) -> crypt.RSASigner:
    signer: crypt.RSASigner = crypt.RSASigner.from_string(private_key)  # type: ignore[no-untyped-call]  # ships no types
    return signer


@pytest.fixture
async def google(sandbox: Sandbox, http: aiohttp.ClientSession) -> Client:
    document = json.loads(get_static_doc("calendar", "v3"))
    document["rootUrl"] = f"{sandbox.url}/google/"
    document["baseUrl"] = f"{sandbox.url}/google/calendar/v3/"
    # Built, never executed: aiohttp sends it. Any http would do, and this one cannot be used by accident.
    return Client(sandbox, http, build_from_document(document, http=object()))


@pytest.fixture
async def ana(google: Client) -> Client:
    return await google.acting_for("ana@example.com")


@pytest.fixture
async def gil(google: Client) -> Client:
    return await google.acting_for("gil@example.com")
