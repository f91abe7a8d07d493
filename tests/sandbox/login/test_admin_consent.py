"""Entra's page for administrators, and what a tenant's consent opens."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.login.directory import USUAL_ROLES
from sandbox.world import Mailbox
from tests.sandbox.graph.conftest import SCOPE
from tests.sandbox.login.consenting import WebApplication

HOME = "https://pairtime.example.com/consent/microsoft/callback"
TENANT = "5a4db0c5-0000-4000-8000-00000000000f"
ADA, MIA = "ada@example.org", "mia@example.org"


@dataclass
class Asking:
    """An application that sends administrators to the page."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    path: str = "/v2.0/adminconsent"

    async def page(
        self, said: list[tuple[str, str]] | None = None, place: str = TENANT, /, **changes: str | None
    ) -> tuple[int, str, str]:
        registered = self.sandbox.entra_registration(redirect_uris=[HOME])
        usual = {"client_id": registered.client_id, "redirect_uri": HOME, "state": "s & t", "scope": SCOPE}
        query = {name: value for name, value in {**usual, **changes}.items() if value is not None}
        method = "GET" if said is None else "POST"
        async with self.http.request(
            method, f"/login/{place}{self.path}", params=query, data=said, allow_redirects=False
        ) as answer:
            return answer.status, answer.headers.get("Location", ""), await answer.text()

    async def roles(self) -> list[str] | None:
        """What a token for the application itself carries; None where it gets none."""
        registered = self.sandbox.entra_registration()
        form = {
            "grant_type": "client_credentials",
            "client_id": registered.client_id,
            "client_secret": registered.client_secret,
            "scope": SCOPE,
        }
        async with self.http.post(f"/login/{TENANT}/oauth2/v2.0/token", data=form) as answer:
            if answer.status != 200:
                return None
            access = self.sandbox.entra.tokens.read((await answer.json())["access_token"])
            assert access is not None
            return sorted(access.roles)


@pytest.fixture
def asking(sandbox: Sandbox, http: aiohttp.ClientSession) -> Asking:
    directory = sandbox.entra.directory
    directory.add_tenant(TENANT, ["example.org"])
    for address in (ADA, MIA):
        sandbox.world.add_mailbox(Mailbox(address, address.partition("@")[0].title(), "microsoft", "Europe/Paris"))
    directory.delegated.set_administrators(TENANT, [ADA])
    return Asking(sandbox, http)


def back(location: str) -> dict[str, str]:
    assert location.partition("?")[0] == HOME, location
    return dict(parse_qsl(urlsplit(location).query))


async def test_an_administrator_reads_what_is_asked_and_allows_it_for_everybody(asking: Asking) -> None:
    assert await asking.roles() is None
    _, _, page = await asking.page([("account", ADA)])
    assert "Read and write calendars in all mailboxes" in page
    assert "all users in your organization" in page
    _, location, _ = await asking.page([("account", ADA), ("decision", "allow")])
    assert back(location) == {"admin_consent": "True", "tenant": TENANT, "state": "s & t", "scope": SCOPE}
    assert await asking.roles() == sorted(USUAL_ROLES)


@pytest.mark.parametrize("said", [[("decision", "cancel")], [("account", ADA), ("decision", "cancel")]], ids=str)
async def test_cancelling_changes_nothing(asking: Asking, said: list[tuple[str, str]]) -> None:
    _, location, _ = await asking.page(said)
    answer = back(location)
    assert (answer["error"], answer["error_subcode"], answer["state"]) == ("access_denied", "cancel", "s & t")
    assert await asking.roles() is None


async def test_at_organizations_it_is_the_administrators_own_tenant(asking: Asking) -> None:
    _, location, _ = await asking.page([("account", ADA), ("decision", "allow")], "organizations")
    assert back(location)["tenant"] == TENANT


async def test_a_registration_lists_what_is_asked_for(asking: Asking) -> None:
    asking.sandbox.entra_registration()
    asking.sandbox.entra.directory.list_permissions(["Calendars.ReadBasic.All"])
    await asking.page([("account", ADA), ("decision", "allow")])
    assert await asking.roles() == ["Calendars.ReadBasic.All"]


@pytest.mark.parametrize("path", ["/adminconsent", "/v2.0/adminconsent"])
async def test_what_is_not_said_is_what_the_registration_lists(asking: Asking, path: str) -> None:
    asking.path = path
    _, location, _ = await asking.page([("account", ADA), ("decision", "allow")], scope=None, redirect_uri=None)
    assert back(location)["admin_consent"] == "True"
    assert await asking.roles() == sorted(USUAL_ROLES)


async def test_after_it_nobody_of_the_tenant_is_asked(asking: Asking) -> None:
    app = WebApplication(asking.sandbox, asking.http)
    asking.sandbox.entra.directory.delegated.set_policy(TENANT, people_decide=False)
    assert "Need admin approval" in (await app.page([("account", MIA)]))[2]
    await asking.page([("account", ADA), ("decision", "allow")])
    assert "code" in await app.back(MIA)


async def test_delegated_permissions_are_allowed_for_everybody_and_are_no_roles(asking: Asking) -> None:
    await asking.page([("account", ADA), ("decision", "allow")], scope="https://graph.microsoft.com/Calendars.Read")
    delegated = asking.sandbox.entra.directory.delegated
    client_id = asking.sandbox.entra_registration().client_id
    assert delegated.of_everybody(client_id, TENANT) == {"Calendars.Read"}
    assert await asking.roles() == []


async def test_consent_given_again_brings_a_removed_application_back(asking: Asking) -> None:
    await asking.page([("account", ADA), ("decision", "allow")])
    asking.sandbox.world.revoke("example.org")
    assert await asking.roles() is None
    await asking.page([("account", ADA), ("decision", "allow")])
    assert await asking.roles() == sorted(USUAL_ROLES)


@pytest.mark.parametrize(
    ("place", "who", "code"),
    [
        (TENANT, MIA, "AADSTS90094"),
        (TENANT, "nobody@example.org", "AADSTS50034"),
        ("example.com", ADA, "AADSTS50020"),
        ("common", ADA, "AADSTS900144"),
        ("elsewhere.example", ADA, "AADSTS90002"),
    ],
)
async def test_whoever_may_not_decide_is_sent_nowhere(asking: Asking, place: str, who: str, code: str) -> None:
    _, location, page = await asking.page([("account", who), ("decision", "allow")], place)
    assert location == ""
    assert f"Error: {code}" in page
    assert await asking.roles() is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": "stranger"}, "AADSTS700016"),
        ({"redirect_uri": "https://evil.example/"}, "AADSTS50011"),
        ({"scope": "Calendars.Everything"}, "AADSTS650053"),
    ],
    ids=str,
)
async def test_a_wrong_request_gets_entras_page_and_leads_nowhere(
    asking: Asking, changes: dict[str, str | None], code: str
) -> None:
    for said in (None, [("account", ADA), ("decision", "allow")]):
        status, location, page = await asking.page(said, **changes)
        assert (status, location) == (400, "")
        assert f"Error: {code}" in page
