"""What a person's consent is exchanged for at Google, for how long, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import aiohttp
import jwt
import pytest

from sandbox.app import Sandbox
from sandbox.google.clients import Client as Registered
from tests.sandbox.google.conftest import Client
from tests.sandbox.google.consenting import CALENDARS, FREE_BUSY, HOME, OWNED, WANTED, WebApplication

ANA = "ana@example.com"
EMAIL = "https://www.googleapis.com/auth/userinfo.email"


@pytest.fixture
def app(sandbox: Sandbox, http: aiohttp.ClientSession) -> WebApplication:
    return WebApplication(sandbox, http)


async def zone(google: Client, token: str) -> int:
    """The status of a call that `events.owned` allows."""
    answer = await replace(google, token=token).send(google.api.events().list(calendarId="primary", maxResults=1))
    return answer.status


async def test_the_whole_way_gives_tokens_that_work_and_tells_the_truth_of_scopes(
    app: WebApplication, google: Client
) -> None:
    tokens = await app.connected()
    assert tokens["scope"].split() == ["openid", EMAIL, OWNED, FREE_BUSY]
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3599)
    assert await zone(google, tokens["access_token"]) == 200
    again = await app.refresh(tokens["refresh_token"])
    assert (again.status, again.json["scope"]) == (200, tokens["scope"])
    assert "refresh_token" not in again.json
    assert await zone(google, again.json["access_token"]) == 200


async def test_an_unticked_scope_is_missing_from_the_token_and_its_call_is_refused(
    app: WebApplication, google: Client
) -> None:
    answer = await app.exchange((await app.back(ANA, (OWNED,)))["code"])
    assert FREE_BUSY not in answer.json["scope"].split()
    narrow = replace(google, token=answer.json["access_token"])
    body = {"timeMin": "2026-12-01T00:00:00Z", "timeMax": "2026-12-02T00:00:00Z", "items": [{"id": "primary"}]}
    refused = await narrow.send(google.api.freebusy().query(body=body))
    assert (refused.status, refused.reason) == (403, "insufficientPermissions")
    assert refused.json["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert await zone(google, answer.json["access_token"]) == 200


async def test_the_id_token_says_who_signed_in_and_its_signature_can_be_checked(app: WebApplication) -> None:
    tokens = await app.connected()
    async with app.http.get("/google/oauth2/v3/certs") as answer:
        [key] = jwt.PyJWKSet.from_dict(await answer.json()).keys
    claims: dict[str, Any] = jwt.decode(
        tokens["id_token"],
        key,
        algorithms=["RS256"],
        audience=app.usual["client_id"],
        issuer="https://accounts.google.com",
    )
    assert (claims["email"], claims["email_verified"], claims["hd"]) == (ANA, True, "example.com")
    assert claims["nonce"] == "n-1"
    assert claims["sub"].isdecimal()
    assert len(claims["sub"]) == 21
    assert claims["exp"] - claims["iat"] == 3600
    assert (await app.connected("gil@example.com"))["id_token"] != tokens["id_token"]


async def test_without_openid_there_is_no_id_token_and_without_email_no_address(app: WebApplication) -> None:
    assert "id_token" not in await app.connected(scope=OWNED)
    bare = await app.connected("gil@example.com", scope=f"openid {OWNED}")
    assert "email" not in jwt.decode(bare["id_token"], options={"verify_signature": False})


async def test_a_refresh_token_comes_once_and_again_only_with_a_new_consent(app: WebApplication) -> None:
    assert "refresh_token" not in await app.connected(access_type=None)
    assert "refresh_token" in await app.connected()
    assert "refresh_token" not in await app.connected()
    assert "refresh_token" in await app.connected(prompt="consent")


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_id": "stranger"}, 401, "invalid_client"),
        ({"client_secret": "guessed"}, 401, "invalid_client"),
        ({"client_secret": None}, 400, "invalid_request"),
        ({"redirect_uri": f"{HOME}?"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": None}, 400, "redirect_uri_mismatch"),
        ({"code_verifier": "w" * 43}, 400, "invalid_grant"),
        ({"code_verifier": None}, 400, "invalid_grant"),
        ({"code": "4/0Aguessed"}, 400, "invalid_grant"),
    ],
    ids=str,
)
async def test_a_code_is_refused_with_anything_wrong(
    app: WebApplication, changes: dict[str, str | None], status: int, error: str
) -> None:
    code = (await app.back())["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": HOME, "code_verifier": "v" * 43}
    answer = await app.post(**{**form, **changes})
    assert (answer.status, answer.json["error"]) == (status, error)


async def test_a_verifier_nobody_announced_is_refused(app: WebApplication) -> None:
    code = (await app.back(code_challenge=None, code_challenge_method=None))["code"]
    assert (await app.exchange(code)).json["error"] == "invalid_grant"


async def test_a_code_works_once(app: WebApplication) -> None:
    code = (await app.back())["code"]
    assert (await app.exchange(code)).status == 200
    assert (await app.exchange(code)).json["error"] == "invalid_grant"


async def test_another_clients_code_and_refresh_token_are_refused(app: WebApplication) -> None:
    other = Registered("other", "secret", (HOME,))
    app.sandbox.google.clients.register(other)
    theirs = {"client_id": other.client_id, "client_secret": other.client_secret}
    answer = await app.exchange((await app.back())["code"], **theirs)
    assert (answer.status, answer.json["error"]) == (400, "invalid_grant")
    tokens = await app.connected(prompt="consent")
    answer = await app.refresh(tokens["refresh_token"], **theirs)
    assert (answer.status, answer.json["error"]) == (401, "unauthorized_client")


async def test_a_refresh_token_can_ask_for_less_and_not_for_more(app: WebApplication) -> None:
    token = (await app.connected())["refresh_token"]
    assert (await app.refresh(token, scope=FREE_BUSY)).json["scope"] == FREE_BUSY
    assert (await app.refresh(token, scope=CALENDARS)).json["error"] == "invalid_scope"
    assert (await app.refresh("1//0guessed")).json["error"] == "invalid_grant"


@pytest.mark.parametrize("which", ["refresh_token", "access_token"])
async def test_revoking_either_token_ends_everything_and_the_next_consent_is_a_first_one(
    app: WebApplication, google: Client, which: str
) -> None:
    tokens = await app.connected()
    assert (await app.send("/google/oauth2/revoke", {"token": tokens[which]})).status == 200
    assert await zone(google, tokens["access_token"]) == 401
    dead = await app.refresh(tokens["refresh_token"])
    assert (dead.status, dead.json["error"]) == (400, "invalid_grant")
    assert dead.json["error_description"] == "Token has been expired or revoked."
    again = await app.send("/google/oauth2/revoke", {"token": tokens[which]})
    assert (again.status, again.json["error"]) == (400, "invalid_token")
    assert "refresh_token" in await app.connected()


async def test_a_code_from_before_the_revocation_is_dead(app: WebApplication) -> None:
    tokens = await app.connected()
    code = (await app.back())["code"]
    await app.send("/google/oauth2/revoke", {"token": tokens["access_token"]})
    assert (await app.exchange(code)).json["error"] == "invalid_grant"


async def test_a_hundred_refresh_tokens_live_and_the_oldest_dies_silently(app: WebApplication) -> None:
    first, *others = [
        (await app.connected(prompt="consent", scope=f"openid {OWNED}"))["refresh_token"] for _ in range(101)
    ]
    assert (await app.refresh(first)).json["error"] == "invalid_grant"
    assert (await app.refresh(others[0])).status == 200


async def test_withdrawn_delegation_of_the_domain_leaves_a_persons_own_consent_alone(
    app: WebApplication, google: Client
) -> None:
    tokens = await app.connected(scope=WANTED)
    app.sandbox.world.revoke("example.com")
    assert await zone(google, tokens["access_token"]) == 200
    app.sandbox.world.revoke(ANA)
    assert await zone(google, tokens["access_token"]) == 401
    assert (await app.refresh(tokens["refresh_token"])).json["error"] == "invalid_grant"


async def test_a_suspended_or_blocked_person_gets_nothing_more(app: WebApplication, google: Client) -> None:
    tokens = await app.connected()
    app.sandbox.google.access.block("example.com", blocked=True)
    assert (await app.refresh(tokens["refresh_token"])).json["error"] == "admin_policy_enforced"
    app.sandbox.google.access.block("example.com", blocked=False)
    world = app.sandbox.world
    world.add_mailbox(replace(world.mailboxes[ANA], suspended=True))
    assert await zone(google, tokens["access_token"]) == 401
    assert (await app.refresh(tokens["refresh_token"])).json["error"] == "invalid_grant"


async def test_the_log_names_the_person_and_never_a_code_or_token(app: WebApplication) -> None:
    app.sandbox.log.clear()
    tokens = await app.connected()
    await app.refresh(tokens["refresh_token"])
    await app.send("/google/oauth2/revoke", {"token": tokens["refresh_token"]})
    calls = app.sandbox.log.calls
    assert [(each.operation, each.mailbox) for each in calls] == [
        ("consent", None),
        ("token", ANA),
        ("token", ANA),
        ("revoke", ANA),
    ]
    assert tokens["refresh_token"] not in str(calls)
