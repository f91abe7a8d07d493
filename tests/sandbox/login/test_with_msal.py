"""Microsoft's own library, as it ships, signs somebody in here and keeps the tokens fresh."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msal
import pytest
import requests

from tests.sandbox.login.consenting import HOME, SAM, WebApplication

PUBLIC = "https://login.microsoftonline.com"


class ByLoopback:
    """MSAL's http_client: what is meant for the public address goes to the sandbox."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._session = requests.Session()
        self._session.trust_env = False

    def get(self, url: str, **more: Any) -> requests.Response:
        return self._session.get(self._base + url.removeprefix(PUBLIC), timeout=5, **more)

    def post(self, url: str, **more: Any) -> requests.Response:
        return self._session.post(self._base + url.removeprefix(PUBLIC), timeout=5, **more)

    def close(self) -> None:
        self._session.close()


def client(app: WebApplication, place: str, cache: msal.SerializableTokenCache) -> Any:
    registered = app.sandbox.entra_registration(redirect_uris=[HOME])
    return msal.ConfidentialClientApplication(
        registered.client_id,
        client_credential=registered.client_secret,
        authority=f"{PUBLIC}/{place}",
        http_client=ByLoopback(f"{app.sandbox.url}/login"),
        instance_discovery=False,
        token_cache=cache,
    )


@pytest.mark.parametrize("place", ["organizations", "common", "example.com"])
async def test_msal_signs_in_fills_its_cache_and_refreshes(app: WebApplication, place: str) -> None:
    app.sandbox.entra_registration()
    cache = msal.SerializableTokenCache()
    signing_in = await asyncio.to_thread(client, app, place, cache)
    flow: dict[str, Any] = signing_in.initiate_auth_code_flow(
        ["Calendars.ReadWrite"], redirect_uri=HOME, login_hint=SAM, prompt="select_account", response_mode="form_post"
    )
    request = urlsplit(flow["auth_uri"])
    app.place = request.path.split("/")[1]
    callback = await app.back(SAM, "allow", **dict(parse_qsl(request.query)))
    tokens: Mapping[str, Any] = await asyncio.to_thread(signing_in.acquire_token_by_auth_code_flow, flow, callback)
    assert "error" not in tokens, tokens
    assert tokens["id_token_claims"]["preferred_username"] == SAM
    [account] = signing_in.get_accounts()
    assert account["username"] == SAM

    kept = msal.SerializableTokenCache()
    kept.deserialize(cache.serialize())
    later = await asyncio.to_thread(client, app, place, kept)
    [account] = later.get_accounts()
    silent = await asyncio.to_thread(later.acquire_token_silent_with_error, ["Calendars.ReadWrite"], account)
    assert silent["token_source"] == "cache"
    fresh = await asyncio.to_thread(
        lambda: later.acquire_token_silent_with_error(["Calendars.ReadWrite"], account, force_refresh=True)
    )
    assert fresh["token_source"] == "identity_provider"
    assert (await app.graph(fresh["access_token"])).status == 200
    assert kept.has_state_changed


async def test_msal_tells_what_became_of_withdrawn_consent(app: WebApplication) -> None:
    app.sandbox.entra_registration()
    signing_in = await asyncio.to_thread(client, app, "organizations", msal.SerializableTokenCache())
    flow: dict[str, Any] = signing_in.initiate_auth_code_flow(
        ["Calendars.ReadWrite"], redirect_uri=HOME, response_mode="form_post"
    )
    callback = await app.back(SAM, "allow", **dict(parse_qsl(urlsplit(flow["auth_uri"]).query)))
    await asyncio.to_thread(signing_in.acquire_token_by_auth_code_flow, flow, callback)
    app.sandbox.entra.directory.delegated.grants.withdraw(app.usual["client_id"], SAM)
    [account] = signing_in.get_accounts()
    refused = await asyncio.to_thread(
        lambda: signing_in.acquire_token_silent_with_error(["Calendars.ReadWrite"], account, force_refresh=True)
    )
    assert (refused["error"], refused["suberror"]) == ("invalid_grant", "consent_required")
