"""OAuth v2: the page, the code, organisations, and tokens that rotate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from .conftest import Api
from .test_delivery import ANA, drive

BACK = "https://pairtime.example.com/slack/oauth"


@pytest.fixture
async def client(api: Api) -> Api:
    """Without a token of its own."""
    await drive(api, "app", redirect_uris=[BACK])
    return replace(api, token="")


def address(api: Api, **changes: str) -> str:
    query = {"client_id": api.slack.installed.app.client_id, "scope": "commands,chat:write", "redirect_uri": BACK}
    return "/slack/oauth/v2/authorize?" + urlencode({**query, "state": "s1", **changes})


async def code(api: Api, **more: Any) -> str:
    told = await drive(api, "consent", url=address(api), **{"as": ANA, **more})
    answer = parse_qs(urlsplit(told["url"]).query)
    assert answer["state"] == ["s1"]
    return str(answer["code"][0])


async def exchange(api: Api, **changes: Any) -> Any:
    app = api.slack.installed.app
    form = {"client_id": app.client_id, "client_secret": app.client_secret, "redirect_uri": BACK, **changes}
    async with api.http.post("/slack/api/oauth.v2.access", data=form) as answer:
        return await answer.json()


async def test_the_page_shows_what_is_asked_for(client: Api) -> None:
    async with client.http.get(address(client)) as answer:
        assert "Choose an account" in await answer.text()
    async with client.http.post(address(client), data={"account": ANA}) as answer:
        assert "chat:write" in await answer.text()
    allowed = {"account": ANA, "decision": "allow"}
    async with client.http.post(address(client), data=allowed, allow_redirects=False) as answer:
        assert answer.headers["Location"].startswith(f"{BACK}?code=")
    for wrong in (
        {"client_id": "1.2"},
        {"redirect_uri": "https://elsewhere.example"},
        {"scope": "admin"},
        {"scope": ""},
    ):
        async with client.http.get(address(client, **wrong)) as answer:
            assert answer.status == 400


async def test_one_can_decline(client: Api) -> None:
    told = await drive(client, "consent", url=address(client), **{"as": ANA, "decision": "cancel"})
    assert "error=access_denied" in told["url"]


async def test_a_code_becomes_a_token_once(client: Api) -> None:
    given = await code(client)
    told = await exchange(client, code=given)
    assert (told["ok"], told["token_type"], told["is_enterprise_install"]) == (True, "bot", False)
    assert told["team"]["name"] == "Example"
    await replace(client, token=told["access_token"]).good("auth.test")
    assert (await exchange(client, code=given))["error"] == "code_already_used"


async def test_what_is_no_exchange(client: Api) -> None:
    assert (await exchange(client, code="1.2.3"))["error"] == "invalid_code"
    assert (await exchange(client, client_id="1.2"))["error"] == "invalid_client_id"
    assert (await exchange(client, client_secret="x"))["error"] == "bad_client_secret"
    assert (await exchange(client, grant_type="password"))["error"] == "invalid_grant_type"
    assert (await exchange(client, code=await code(client), redirect_uri="x"))["error"] == "bad_redirect_uri"


async def test_a_rotating_token_is_renewed_once(client: Api) -> None:
    await drive(client, "app", rotating=True)
    told = await exchange(client, code=await code(client))
    assert told["expires_in"] == 12 * 3600
    bot = replace(client, token=told["access_token"])
    client.slack.installed.end(told["access_token"])
    assert await bot.refused("auth.test") == "token_expired"
    renewal = {"grant_type": "refresh_token", "refresh_token": told["refresh_token"]}
    renewed = await exchange(client, **renewal)
    await replace(client, token=renewed["access_token"]).good("auth.test")
    assert (await exchange(client, **renewal))["error"] == "invalid_refresh_token"


async def test_an_organisation_installs_for_all(client: Api) -> None:
    enterprise = (await drive(client, "enterprise", name="Grid", domains=["example.com"]))["enterprise"]
    told = await exchange(client, code=await code(client, org=True))
    assert (told["team"], told["is_enterprise_install"]) == (None, True)
    assert told["enterprise"]["id"] == enterprise
