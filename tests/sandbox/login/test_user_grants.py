"""What a person's sign-in is exchanged for at Entra, how its refresh token rotates, and how it ends."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import jwt
import pytest

from sandbox.login import Application
from sandbox.login.directory import TENANT, object_id
from sandbox.world import Mailbox
from tests.sandbox.login.consenting import HOME, SAM, WANTED, WebApplication

GRAPH = "https://graph.microsoft.com/"


async def id_claims(app: WebApplication, tokens: Any) -> dict[str, Any]:
    async with app.http.get(f"/login/{TENANT}/discovery/v2.0/keys") as answer:
        [key] = jwt.PyJWKSet.from_dict(await answer.json()).keys
    found: dict[str, Any] = jwt.decode(tokens["id_token"], key, algorithms=["RS256"], audience=app.usual["client_id"])
    return found


async def test_the_whole_way_gives_tokens_that_work(app: WebApplication) -> None:
    tokens = await app.connected()
    assert tokens["scope"] == "openid profile Calendars.ReadWrite"
    assert (await app.graph(tokens["access_token"])).status == 200
    again = await app.refresh(tokens["refresh_token"])
    assert (await app.graph(again.json["access_token"])).status == 200


async def test_the_id_token_and_client_info_say_who_signed_in(app: WebApplication) -> None:
    tokens = await app.connected()
    claims = await id_claims(app, tokens)
    sam = app.sandbox.world.mailboxes[SAM]
    assert claims["iss"] == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert (claims["tid"], claims["oid"]) == (TENANT, object_id(sam))
    assert (claims["preferred_username"], claims["nonce"], claims["ver"]) == (SAM, "n-1", "2.0")
    raw = tokens["client_info"]
    assert json.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))) == {"uid": claims["oid"], "utid": TENANT}


async def test_scopes_are_answered_as_they_were_asked_for(app: WebApplication) -> None:
    tokens = await app.connected(scope=f"openid {GRAPH}Calendars.ReadWrite")
    assert tokens["scope"] == f"openid {GRAPH}Calendars.ReadWrite"
    assert "refresh_token" not in tokens
    later = await app.connected(scope="User.Read")
    assert later["scope"] == "User.Read Calendars.ReadWrite"
    assert "id_token" not in later


@pytest.mark.parametrize(
    ("changes", "status", "error", "number"),
    [
        ({"client_id": "stranger"}, 400, "unauthorized_client", 700016),
        ({"client_secret": "guessed"}, 401, "invalid_client", 7000215),
        ({"client_secret": None}, 401, "invalid_client", 7000218),
        ({"redirect_uri": f"{HOME}?"}, 401, "invalid_client", 500112),
        ({"code_verifier": "w" * 43}, 400, "invalid_grant", 50148),
        ({"code_verifier": None}, 400, "invalid_grant", 50148),
        ({"code": "guessed"}, 400, "invalid_grant", 70000),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
    ],
    ids=str,
)
async def test_a_code_is_refused_with_anything_wrong(
    app: WebApplication, changes: dict[str, str | None], status: int, error: str, number: int
) -> None:
    code = (await app.back())["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": HOME, "code_verifier": "v" * 43}
    answer = await app.post(**{**form, **changes})
    assert (answer.status, answer.json["error"], answer.json["error_codes"]) == (status, error, [number])
    assert answer.json["error_description"].startswith(f"AADSTS{number}: ")


async def test_a_code_works_once(app: WebApplication) -> None:
    code = (await app.back())["code"]
    assert (await app.exchange(code)).status == 200
    assert (await app.exchange(code)).json["error_codes"] == [54005]


async def test_a_code_of_one_tenants_person_is_nothing_at_another_tenant(app: WebApplication) -> None:
    code = (await app.back())["code"]
    app.sandbox.entra.directory.add_tenant("5a4db0c5-0000-4000-8000-00000000000f", ["example.org"])
    app.place = "example.org"
    assert (await app.exchange(code)).json["error_codes"] == [50020]


async def test_another_applications_refresh_token_is_refused(app: WebApplication) -> None:
    directory = app.sandbox.entra.directory
    tokens = await app.connected()
    known = directory.application(app.usual["client_id"])
    assert known is not None
    directory.register(Application("other", known.secrets))
    answer = await app.refresh(tokens["refresh_token"], client_id="other")
    assert answer.json["error"] == "invalid_grant"


async def test_a_refresh_token_rotates_and_the_old_one_is_taken_for_a_while(app: WebApplication) -> None:
    first = (await app.connected())["refresh_token"]
    second = (await app.refresh(first)).json["refresh_token"]
    assert second != first
    assert (await app.refresh(first)).status == 200
    app.sandbox.world.remember("entra tolerates", 0)
    third = (await app.refresh(second)).json["refresh_token"]
    dead = await app.refresh(second)
    assert (dead.json["error"], dead.json["error_codes"]) == ("invalid_grant", [700082])
    assert (await app.refresh(third)).status == 200


async def test_a_refresh_may_ask_for_what_was_allowed_and_no_more(app: WebApplication) -> None:
    token = (await app.connected())["refresh_token"]
    assert (await app.refresh(token, scope="openid Calendars.ReadWrite")).json["scope"] == "openid Calendars.ReadWrite"
    more = await app.refresh(token, scope="MailboxSettings.Read")
    assert (more.json["error"], more.json["suberror"]) == ("invalid_grant", "consent_required")
    assert more.json["error_codes"] == [65001]


async def test_withdrawn_consent_ends_both_tokens_and_can_be_given_again(app: WebApplication) -> None:
    tokens = await app.connected()
    app.sandbox.entra.directory.delegated.grants.withdraw(app.usual["client_id"], SAM)
    assert (await app.graph(tokens["access_token"])).status == 401
    assert (await app.refresh(tokens["refresh_token"])).json["error_codes"] == [65001]
    assert (await app.graph((await app.connected())["access_token"])).status == 200


async def test_a_code_from_before_the_withdrawal_is_dead(app: WebApplication) -> None:
    code = (await app.back())["code"]
    app.sandbox.entra.directory.delegated.grants.withdraw(app.usual["client_id"], SAM)
    assert (await app.exchange(code)).json["error_codes"] == [65001]


@pytest.mark.parametrize(("change", "number"), [("suspended", 50057), ("removed", 7000112)])
async def test_a_suspended_person_or_a_removed_application_gets_nothing_more(
    app: WebApplication, change: str, number: int
) -> None:
    tokens = await app.connected()
    world = app.sandbox.world
    if change == "suspended":
        world.add_mailbox(replace(world.mailboxes[SAM], suspended=True))
    else:
        world.revoke("example.com")
    assert (await app.graph(tokens["access_token"])).status == 401
    assert (await app.refresh(tokens["refresh_token"])).json["error_codes"] == [number]


async def test_removing_the_application_from_the_tenant_ends_what_people_allowed(app: WebApplication) -> None:
    tokens = await app.connected()
    app.sandbox.entra.directory.withdraw(TENANT, app.usual["client_id"])
    assert (await app.graph(tokens["access_token"])).status == 401
    assert (await app.refresh(tokens["refresh_token"])).json["error_codes"] == [65001]


async def test_one_persons_consent_brings_the_application_into_the_tenant_without_any_role(
    app: WebApplication,
) -> None:
    world = app.sandbox.world
    other = "5a4db0c5-0000-4000-8000-00000000000f"
    app.sandbox.entra.directory.add_tenant(other, ["example.org"])
    world.add_mailbox(Mailbox("theo@example.org", "Theo", "microsoft", "Europe/Paris"))
    await app.connected("theo@example.org")
    assert app.sandbox.entra.directory.roles(other, app.usual["client_id"]) == ()


async def test_the_log_names_the_person(app: WebApplication) -> None:
    app.sandbox.log.clear()
    tokens = await app.connected(scope=WANTED)
    await app.refresh(tokens["refresh_token"])
    assert [(each.operation, each.mailbox) for each in app.sandbox.log.calls] == [
        ("consent", None),
        ("token", SAM),
        ("token", SAM),
    ]
