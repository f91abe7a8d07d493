"""Who may ask, and how what is brought is signed."""

from __future__ import annotations

import base64
import json
from typing import Any

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from sandbox.app import Sandbox
from sandbox.login.directory import OTHER_TENANT

from .bot import Heard
from .conftest import SAM, Api, said, token_of

GRAPH = "https://graph.microsoft.com/.default"


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def read(token: str) -> tuple[Any, Any]:
    head, body, _ = token.split(".")
    return json.loads(decoded(head)), json.loads(decoded(body))


async def published(api: Api) -> dict[str, Any]:
    """The keys by id, found as a bot finds them."""
    async with api.http.get("/teams/v1/.well-known/openidconfiguration") as answer:
        metadata = await answer.json()
    assert metadata["issuer"] == "https://api.botframework.com"
    async with api.http.get(metadata["jwks_uri"]) as answer:
        return {each["kid"]: each for each in (await answer.json())["keys"]}


def verify(token: str, key: dict[str, Any]) -> None:
    numbers = rsa.RSAPublicNumbers(*(int.from_bytes(decoded(key[name])) for name in ("e", "n")))
    signed, _, signature = token.rpartition(".")
    numbers.public_key().verify(decoded(signature), signed.encode(), padding.PKCS1v15(), SHA256())


async def test_what_is_brought_is_signed_for_this_bot_and_service(api: Api, heard: Heard) -> None:
    await api.drive("say", **{"as": SAM, "text": "book"})
    header, claims = read(heard.tokens[0])
    key = (await published(api))[header["kid"]]
    verify(heard.tokens[0], key)
    assert (header["alg"], "msteams" in key["endorsements"]) == ("RS256", True)
    assert claims["aud"] == api.sandbox.teams_bot().app_id
    assert claims["iss"] == "https://api.botframework.com"
    assert claims["serviceurl"] == heard.heard[0]["serviceUrl"] == f"{api.sandbox.url}/teams/emea/"
    assert claims["nbf"] <= api.sandbox.clock.real_now().timestamp() < claims["exp"]


@pytest.mark.parametrize("keep", [True, False])
async def test_keys_change(api: Api, heard: Heard, keep: bool) -> None:
    await api.drive("say", **{"as": SAM, "text": "one"})
    kid = (await api.drive("keys/rotate", keep=keep))["kid"]
    await api.drive("say", **{"as": SAM, "text": "two"})
    before, after = (read(each)[0]["kid"] for each in heard.tokens)
    assert (after, before != after) == (kid, True)
    keys = await published(api)
    verify(heard.tokens[1], keys[after])
    assert (before in keys) is keep


async def test_any_client_can_play_teams(api: Api) -> None:
    whole = {"iss": "i", "aud": "a", "exp": 1}
    for body in (whole, {"claims": whole}):
        token = (await api.drive("token", **body))["token"]
        header, claims = read(token)
        assert claims == whole
        verify(token, (await published(api))[header["kid"]])
    _, claims = read((await api.drive("token", claims={"serviceurl": "x"}))["token"])
    assert (claims["serviceurl"], claims["aud"]) == ("x", api.sandbox.teams_bot().app_id)
    foreign = (await api.drive("token", claims={}, key="foreign"))["token"]
    assert read(foreign)[0]["kid"] not in await published(api)
    weak = (await api.drive("token", claims={}, key="unendorsed"))["token"]
    assert "msteams" not in (await published(api))[read(weak)[0]["kid"]]["endorsements"]
    await api.drive("token", 400, claims={}, key="golden")


async def test_only_its_own_token_from_home_lets_a_bot_in(
    api: Api, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    place = f"conversations/{api.chat()}/activities"
    await api.sent(api.chat(), said())
    good, graph = api.token, sandbox.entra_registration()
    other = await token_of(sandbox, http, client_id=graph.client_id, client_secret=graph.client_secret, scope=GRAPH)
    for bad in ("", "x", "a.b.c", "a.b.é", f"{good}x", other["access_token"]):
        api.token = bad
        answer = await api.ask("POST", place, said())
        assert (api.status, answer) == (401, {"message": "Authorization has been denied for this request."})
    sandbox.entra.tokens.end_all(sandbox.teams_bot().tenant)
    api.token = good
    await api.ask("POST", place, said())
    assert api.status == 401


async def test_entra_gives_a_bots_token_at_home_alone(api: Api, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    sandbox.free_busy_registration()
    assert "AADSTS700016" in (await token_of(sandbox, http, tenant=OTHER_TENANT))["error_description"]
    assert "AADSTS7000215" in (await token_of(sandbox, http, client_secret="wrong"))["error_description"]
    assert "AADSTS1002012" in (await token_of(sandbox, http, scope="https://api.botframework.com"))["error_description"]


async def test_a_calendar_consent_withdrawn_leaves_the_bot_alone(
    api: Api, sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    sandbox.world.revoke("example.com")
    await api.sent(api.chat(), said())
    api.token = (await token_of(sandbox, http))["access_token"]
    await api.sent(api.chat(), said())
