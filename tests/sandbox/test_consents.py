"""The control routes that give and end consent: by the person, by administrators, by nobody in particular."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import aiohttp
import jwt
import pytest

from sandbox.app import Sandbox
from sandbox.login.directory import TENANT
from sandbox.world import Mailbox
from tests.sandbox.google.consenting import OWNED, PAGE
from tests.sandbox.google.consenting import WebApplication as AtGoogle
from tests.sandbox.login.consenting import HOME, SAM
from tests.sandbox.login.consenting import WebApplication as AtMicrosoft

ANA = "ana@example.com"
MICROSOFT = "https://login.microsoftonline.com"


@pytest.fixture
def at_google(sandbox: Sandbox, http: aiohttp.ClientSession) -> AtGoogle:
    return AtGoogle(sandbox, http)


@pytest.fixture
def at_microsoft(sandbox: Sandbox, http: aiohttp.ClientSession) -> AtMicrosoft:
    return AtMicrosoft(sandbox, http)


async def told(http: aiohttp.ClientSession, route: str, status: int = 200, /, **fields: Any) -> Any:
    async with http.post(f"/_/{route}", json=fields) as answer:
        found = await answer.json()
        assert answer.status == status, found
        return found


async def reads(http: aiohttp.ClientSession, token: str) -> int:
    """The status of a call to Google that `events.owned` allows."""
    path = "/google/calendar/v3/calendars/primary/events"
    async with http.get(path, headers={"Authorization": f"Bearer {token}"}) as answer:
        return answer.status


def claims_of(id_token: str) -> Any:
    return jwt.decode(id_token, options={"verify_signature": False})


# Deciding without a browser


async def test_a_person_allows_at_google_without_a_browser(at_google: AtGoogle, http: aiohttp.ClientSession) -> None:
    url = f"https://accounts.google.com{PAGE.removeprefix('/google')}?{urlencode(at_google.usual)}"
    back = await told(http, "consent", url=url, mailbox=ANA, scopes=[OWNED])
    assert back["method"] == "GET"
    async with http.get("/_/world", params={"mailbox": ANA}) as answer:
        [grant] = (await answer.json())["mailboxes"][ANA]["grants"]
    assert OWNED in grant["scopes"]
    assert not [scope for scope in grant["scopes"] if scope.endswith("calendar.freebusy")]
    cancelled = await told(http, "consent", url=url, mailbox=ANA, decision="cancel")
    assert "error=access_denied" in cancelled["url"]


async def test_a_person_allows_at_microsoft_without_a_browser(
    at_microsoft: AtMicrosoft, http: aiohttp.ClientSession
) -> None:
    url = f"{MICROSOFT}/organizations/oauth2/v2.0/authorize?{urlencode(at_microsoft.usual)}"
    back = await told(http, "consent", url=url, mailbox=SAM)
    assert (back["method"], back["url"], back["form"]["state"]) == ("POST", HOME, "s & t")
    assert (await at_microsoft.exchange(back["form"]["code"])).status == 200


async def test_an_administrator_consents_without_a_browser(
    at_microsoft: AtMicrosoft, http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    other = "5a4db0c5-0000-4000-8000-00000000000f"
    sandbox.world.add_mailbox(Mailbox("ada@example.org", "Ada", "microsoft", "UTC"))
    client_id = at_microsoft.usual["client_id"]
    await told(http, "entra/tenant", tenant=other, domains=["example.org"])
    await told(http, "entra/administrators", tenant="example.org", mailboxes=["ada@example.org"])
    await told(http, "entra/permissions", roles=["Calendars.ReadBasic.All"])
    query = {
        "client_id": client_id,
        "redirect_uri": HOME,
        "state": "s",
        "scope": "https://graph.microsoft.com/.default",
    }
    url = f"{MICROSOFT}/organizations/v2.0/adminconsent?{urlencode(query)}"
    back = await told(http, "consent", url=url, mailbox="ada@example.org")
    assert f"tenant={other}" in back["url"]
    async with http.get("/_/world") as answer:
        tenant = (await answer.json())["tenants"][other]
    assert tenant["applications"] == {client_id: ["Calendars.ReadBasic.All"]}
    assert tenant["administrators"] == ["ada@example.org"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"url": "https://evil.example/page", "mailbox": ANA}, "no consent page"),
        ({"url": f"{MICROSOFT}/nowhere.example/oauth2/v2.0/authorize", "mailbox": ANA}, "AADSTS90002"),
        ({"url": "https://accounts.google.com/o/oauth2/v2/auth?client_id=x", "mailbox": ANA}, "not found"),
        ({"url": "https://accounts.google.com/o/oauth2/v2/auth", "mailbox": "nobody@example.com"}, "no mailbox"),
    ],
)  # fmt: skip
async def test_what_a_page_refuses_is_a_mistake_with_its_words(
    http: aiohttp.ClientSession, fields: dict[str, str], sentence: str
) -> None:
    assert sentence in (await told(http, "consent", 400, **fields))["error"]


async def test_a_policy_leaves_only_the_way_back(at_microsoft: AtMicrosoft, http: aiohttp.ClientSession) -> None:
    url = f"{MICROSOFT}/organizations/oauth2/v2.0/authorize?{urlencode(at_microsoft.usual)}"
    await told(http, "policy", domain="example.com", people_decide=False)
    assert "need admin approval" in (await told(http, "consent", 400, url=url, mailbox=SAM))["error"]
    back = await told(http, "consent", url=url, mailbox=SAM, decision="return")
    assert back["form"]["error"] == "access_denied"
    assert "AADSTS90094" in back["form"]["error_description"]
    await told(http, "policy", domain="example.com", people_decide=True)
    assert "code" in (await told(http, "consent", url=url, mailbox=SAM))["form"]


async def test_a_policy_at_google_blocks_what_was_allowed_before_too(
    at_google: AtGoogle, http: aiohttp.ClientSession
) -> None:
    tokens = await at_google.connected()
    await told(http, "policy", domain="example.com", people_decide=False)
    assert (await at_google.refresh(tokens["refresh_token"])).json["error"] == "admin_policy_enforced"
    await told(http, "policy", domain="example.com", people_decide=True)
    assert (await at_google.refresh(tokens["refresh_token"])).status == 200


# Ending it


async def test_withdrawn_on_the_accounts_own_page(
    at_google: AtGoogle, at_microsoft: AtMicrosoft, http: aiohttp.ClientSession
) -> None:
    google, microsoft = await at_google.connected(), await at_microsoft.connected()
    for address in (ANA, SAM):
        assert len((await told(http, "consent/withdraw", mailbox=address))["withdrawn"]) == 1
        assert (await told(http, "consent/withdraw", mailbox=address))["withdrawn"] == []
    assert await reads(http, google["access_token"]) == 401
    assert (await at_google.refresh(google["refresh_token"])).json["error"] == "invalid_grant"
    assert (await at_microsoft.graph(microsoft["access_token"])).status == 401
    assert (await at_microsoft.refresh(microsoft["refresh_token"])).json["suberror"] == "consent_required"


async def test_killed_refresh_tokens_leave_access_tokens_alive(
    at_google: AtGoogle, at_microsoft: AtMicrosoft, http: aiohttp.ClientSession
) -> None:
    google, microsoft = await at_google.connected(), await at_microsoft.connected()
    for address in (ANA, SAM):
        assert (await told(http, "tokens/kill", mailbox=address))["killed"] == 1
    assert await reads(http, google["access_token"]) == 200
    assert (await at_google.refresh(google["refresh_token"])).json["error"] == "invalid_grant"
    assert (await at_microsoft.graph(microsoft["access_token"])).status == 200
    assert (await at_microsoft.refresh(microsoft["refresh_token"])).json["error_codes"] == [50173]


@pytest.mark.parametrize("by", ["mailbox", "domain"])
async def test_expired_access_tokens_leave_refresh_tokens_alive(
    at_google: AtGoogle, at_microsoft: AtMicrosoft, http: aiohttp.ClientSession, by: str
) -> None:
    google, microsoft = await at_google.connected(), await at_microsoft.connected()
    for address in (ANA, SAM):
        await told(http, "tokens/expire", **{by: address if by == "mailbox" else "example.com"})
    assert await reads(http, google["access_token"]) == 401
    assert (await at_microsoft.graph(microsoft["access_token"])).status == 401
    again = await at_google.refresh(google["refresh_token"])
    assert await reads(http, again.json["access_token"]) == 200
    anew = await at_microsoft.refresh(microsoft["refresh_token"])
    assert (await at_microsoft.graph(anew.json["access_token"])).status == 200


async def test_an_expired_domain_ends_the_applications_own_tokens(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    registered = sandbox.entra_registration()
    token = sandbox.entra.tokens.given(registered.tenant, registered.client_id, ("Calendars.Read",))
    assert sandbox.entra.tokens.read(token) is not None
    await told(http, "tokens/expire", domain="example.com")
    assert sandbox.entra.tokens.read(token) is None


async def test_dropped_refresh_tokens(
    at_google: AtGoogle, at_microsoft: AtMicrosoft, http: aiohttp.ClientSession
) -> None:
    await told(http, "tokens/drop", mailbox=ANA)
    assert "refresh_token" not in await at_google.connected()
    assert "refresh_token" in await at_google.connected(prompt="consent")
    tokens = await at_microsoft.connected()
    await told(http, "tokens/drop", mailbox=SAM, times=2)
    for _ in range(2):
        assert "refresh_token" not in (await at_microsoft.refresh(tokens["refresh_token"])).json
    assert "refresh_token" in (await at_microsoft.refresh(tokens["refresh_token"])).json


async def test_graph_demands_claims_of_the_next_token_where_the_client_understands(
    at_microsoft: AtMicrosoft, http: aiohttp.ClientSession
) -> None:
    capable = json.dumps({"access_token": {"xms_cc": {"values": ["CP1"]}}})
    tokens = await at_microsoft.connected()
    understood = (await at_microsoft.refresh(tokens["refresh_token"], claims=capable)).json["access_token"]
    await told(http, "tokens/challenge", mailbox=SAM)
    assert (await at_microsoft.graph(tokens["access_token"])).status == 200
    refused = await at_microsoft.graph(understood)
    assert (refused.status, refused.code) == (401, "InvalidAuthenticationToken")
    header = refused.headers["WWW-Authenticate"]
    assert 'error="insufficient_claims"' in header
    demanded = json.loads(base64.b64decode(header.partition('claims="')[2].rstrip('"')))
    again = await at_microsoft.refresh(tokens["refresh_token"], claims=capable)
    assert (await at_microsoft.graph(again.json["access_token"])).status == 401
    demanded["access_token"] |= json.loads(capable)["access_token"]
    again = await at_microsoft.refresh(tokens["refresh_token"], claims=json.dumps(demanded))
    assert (await at_microsoft.graph(again.json["access_token"])).status == 200


async def test_id_tokens_can_be_made_to_lie(
    at_google: AtGoogle, at_microsoft: AtMicrosoft, http: aiohttp.ClientSession
) -> None:
    await told(http, "tokens/alter", mailbox=ANA, claims={"aud": "another client", "nonce": None})
    await told(http, "tokens/alter", mailbox=SAM, claims={"exp": 0}, times=2)
    google, microsoft = await at_google.connected(), await at_microsoft.connected()
    lies = claims_of(google["id_token"])
    assert (lies["aud"], lies["email"], "nonce" in lies) == ("another client", ANA, False)
    for _ in range(2):
        assert claims_of(microsoft["id_token"])["exp"] == 0
        microsoft = (await at_microsoft.refresh(microsoft["refresh_token"])).json
    assert claims_of(microsoft["id_token"])["exp"] > 0
    assert claims_of((await at_google.refresh(google["refresh_token"])).json["id_token"])["aud"] != "another client"


async def test_a_strict_rotation_takes_a_refresh_token_once(
    at_microsoft: AtMicrosoft, http: aiohttp.ClientSession
) -> None:
    tokens = await at_microsoft.connected()
    await told(http, "tokens/rotate", tolerated_seconds=0)
    assert (await at_microsoft.refresh(tokens["refresh_token"])).status == 200
    assert (await at_microsoft.refresh(tokens["refresh_token"])).json["error"] == "invalid_grant"


async def test_one_permission_is_removed_and_the_tokens_that_carry_it_live_on(
    at_microsoft: AtMicrosoft, http: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    tokens = await at_microsoft.connected(scope="openid offline_access Calendars.ReadWrite MailboxSettings.Read")
    left = await told(http, "entra/remove", tenant="example.com", permission="MailboxSettings.Read")
    assert left["roles"] == ["Calendars.ReadWrite"]
    assert sandbox.entra.directory.roles(TENANT, at_microsoft.usual["client_id"]) == ("Calendars.ReadWrite",)
    assert (await at_microsoft.graph(tokens["access_token"], "me/mailboxSettings")).status == 200
    narrow = await at_microsoft.refresh(tokens["refresh_token"], scope="openid offline_access Calendars.ReadWrite")
    assert (await at_microsoft.graph(narrow.json["access_token"], "me/mailboxSettings")).status == 403
    assert (await at_microsoft.refresh(tokens["refresh_token"])).json["suberror"] == "consent_required"


async def test_googles_delegation_as_its_administrator_enters_it(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    email = sandbox.service_account_key()["client_email"]
    await told(http, "google/delegation", domain="example.com", scopes=[OWNED])
    assert sandbox.google.access.delegated(email, "example.com") == frozenset({"calendar.events.owned"})
    await told(http, "google/delegation", domain="example.com", scopes=[])
    assert sandbox.google.access.delegated(email, "example.com") == frozenset()


# Accounts


@pytest.mark.parametrize(
    ("route", "refused"),
    [("suspend", ("Token has been expired or revoked.", 50057)), ("leave", ("Account has been deleted", 50034))],
)
async def test_a_person_who_is_suspended_or_gone_keeps_nothing(
    at_google: AtGoogle,
    at_microsoft: AtMicrosoft,
    http: aiohttp.ClientSession,
    route: str,
    refused: tuple[str, int],
) -> None:
    google, microsoft = await at_google.connected(), await at_microsoft.connected()
    for address in (ANA, SAM):
        await told(http, route, mailbox=address)
    assert await reads(http, google["access_token"]) == 401
    assert (await at_microsoft.graph(microsoft["access_token"], "me/calendar")).status == 401
    by_google = (await at_google.refresh(google["refresh_token"])).json["error_description"]
    [by_microsoft] = (await at_microsoft.refresh(microsoft["refresh_token"])).json["error_codes"]
    assert (by_google, by_microsoft) == refused


async def test_the_world_shows_grants_and_no_token(
    at_google: AtGoogle, at_microsoft: AtMicrosoft, http: aiohttp.ClientSession
) -> None:
    google, microsoft = await at_google.connected(), await at_microsoft.connected()
    async with http.get("/_/world") as answer:
        text, world = await answer.text(), await answer.json()
    [grant] = world["mailboxes"][SAM]["grants"]
    assert (grant["vendor"], grant["refresh_tokens"]) == ("entra", 1)
    assert "Calendars.ReadWrite" in grant["scopes"]
    assert world["mailboxes"]["gil@example.com"]["grants"] == []
    for tokens in (google, microsoft):
        for name in ("access_token", "refresh_token", "id_token"):
            assert tokens[name] not in text


async def test_clients_are_registered_from_outside(http: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    google = await told(http, "client", suite="google", redirect_uris=["https://a.example/back"])
    await told(http, "client", suite="google", redirect_uris=["https://b.example/back"])
    client = sandbox.google_client()
    assert (client.client_id, client.client_secret) == (google["client_id"], google["client_secret"])
    assert client.redirect_uris == ("https://a.example/back", "https://b.example/back")
    microsoft = await told(http, "client", suite="microsoft", redirect_uris=["https://a.example/back"])
    assert sandbox.entra_registration().client_secret == microsoft["client_secret"]


async def test_start_parameters_register_redirect_addresses() -> None:
    async with Sandbox(redirect_uris=[HOME]) as sandbox:
        assert sandbox.google_client().redirect_uris == (HOME,)
        application = sandbox.entra.directory.application(sandbox.entra_registration().client_id)
        assert application is not None
        assert application.redirect_uris == (HOME,)


@pytest.mark.parametrize(
    ("route", "fields", "sentence"),
    [
        ("share", {"mailbox": ANA, "with": "nobody@example.com", "role": "reader"}, "no mailbox"),
        ("share", {"mailbox": ANA, "with": SAM, "role": "king"}, "one of"),
        ("calendar", {"mailbox": SAM, "name": "Band"}, "no Google account"),
        ("calendar", {"mailbox": ANA, "name": "Band", "id": SAM}, "exists already"),
        ("tokens/expire", {}, "either"),
        ("tokens/rotate", {"tolerated_seconds": -1}, "between"),
        ("entra/administrators", {"tenant": "nowhere.example", "mailboxes": []}, "no tenant"),
        ("entra/permissions", {"roles": ["Mail.Read"]}, "no application permission"),
        ("policy", {"domain": "example.com", "people_decide": 1}, "true or false"),
        ("tokens/alter", {"mailbox": ANA, "claims": []}, "JSON object"),
    ],
)
async def test_a_mistake_is_answered_with_a_sentence(
    http: aiohttp.ClientSession, route: str, fields: dict[str, Any], sentence: str
) -> None:
    assert sentence in (await told(http, route, 400, **fields))["error"]


async def test_a_deleted_account_is_gone_after_a_restart(tmp_path: Any) -> None:
    async with Sandbox(folder=tmp_path) as sandbox:
        for address in (ANA, SAM):
            sandbox.world.add_mailbox(Mailbox(address, "Somebody", "google", "UTC"))
        sandbox.world.add_mailbox(replace(sandbox.world.mailboxes[ANA], address="band@example.com", owner=ANA))
        sandbox.world.remove_mailbox(ANA)
    async with Sandbox(folder=tmp_path) as sandbox:
        assert list(sandbox.world.mailboxes) == [SAM]
