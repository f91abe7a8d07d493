"""An application that has a token and asks Graph; every good answer is held against Graph's schema where it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.login import Registration
from sandbox.world import Event, Timed
from tests.conftest import CONTRACTS
from tests.sandbox.conftest import NOW

from .contract import check_answer

STEADY = 'IdType="ImmutableId"'
SESSION_ID = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Session"
NEXT_WEEK = NOW + timedelta(days=7, hours=1)
SCOPE = "https://graph.microsoft.com/.default"


@dataclass
class Answer:
    status: int
    json: Any
    headers: dict[str, str]

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


@dataclass
class Application:
    """Asks Graph as itself."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    registration: Registration
    token: str = ""
    prefer: str = STEADY

    async def exchange(self, tenant: str | None = None, **changes: str | None) -> Answer:
        """Ask Entra for a token; `changes` replace fields of the form, None leaves one out."""
        usual = {
            "grant_type": "client_credentials",
            "client_id": self.registration.client_id,
            "client_secret": self.registration.client_secret,
            "scope": SCOPE,
        }
        form = {name: value for name, value in {**usual, **changes}.items() if value is not None}
        path = f"/login/{tenant or self.registration.tenant}/oauth2/v2.0/token"
        async with self.http.post(path, data=form) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))

    async def signed_in(self) -> Application:
        answer = await self.exchange()
        assert answer.status == 200, answer.json
        return replace(self, token=answer.json["access_token"])

    async def granted(self, *roles: str) -> Application:
        """The same with other permissions."""
        self.sandbox.entra.directory.consent(self.registration.tenant, self.registration.client_id, roles)
        return await self.signed_in()

    async def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, /, **query: str
    ) -> Answer:
        sent = {"Authorization": f"Bearer {self.token}", "Prefer": self.prefer, **(headers or {})}
        url = path if path.startswith("/graph/") else f"/graph/v1.0/users/{path}"
        params = {f"${name.lstrip('_')}" if name.startswith("_") else name: value for name, value in query.items()}
        async with self.http.request(method, url, json=body, headers=sent, params=params) as answer:
            text = await answer.text()
            read = json.loads(text) if text else None
            if answer.status < 300 and CONTRACTS:
                check_answer(Path(CONTRACTS), self.sandbox.log.calls[-1].operation, read)
            return Answer(answer.status, read, dict(answer.headers))

    async def create(self, owner: str = "sam@example.com", **changes: Any) -> Any:
        answer = await self.ask("POST", f"{owner}/events", {**a_session(), **changes})
        assert answer.status == 201, answer.json
        return answer.json

    def copy(self, address: str, uid: str) -> Event:
        found = self.sandbox.world.by_uid(address, uid)
        assert found is not None
        return found


@pytest.fixture
async def app(sandbox: Sandbox, http: aiohttp.ClientSession) -> Application:
    return await Application(sandbox, http, sandbox.entra_registration()).signed_in()


def a_session(start: datetime = NEXT_WEEK, minutes: int = 45) -> dict[str, Any]:
    return {
        "subject": "Mentoring",
        "start": {"dateTime": start.strftime("%Y-%m-%dT%H:%M:%S"), "timeZone": "UTC"},
        "end": {"dateTime": (start + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S"), "timeZone": "UTC"},
        "attendees": [{"emailAddress": {"address": "ana@example.com", "name": "Ana Ruiz"}, "type": "required"}],
        "isOnlineMeeting": True,
        "onlineMeetingProvider": "teamsForBusiness",
        "allowNewTimeProposals": False,
        "singleValueExtendedProperties": [{"id": SESSION_ID, "value": "Key-1"}],
    }


def timed(start: datetime, minutes: int) -> Timed:
    return Timed(start, start + timedelta(minutes=minutes))
