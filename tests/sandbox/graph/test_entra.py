"""Entra: who gets a token, who does not and why, and when one ends."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from sandbox.clock import WorldClock
from sandbox.login import AccessTokens, Directory, Secret
from sandbox.login import Application as Registered
from sandbox.login.assertions import JWT_BEARER
from sandbox.world import World

from .conftest import Application

TENANT = "11111111-2222-4333-8444-555555555555"


def claims(token: str) -> Any:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


async def test_the_metadata_names_the_public_addresses(app: Application, http: aiohttp.ClientSession) -> None:
    async with http.get(f"/login/{app.registration.tenant}/v2.0/.well-known/openid-configuration") as answer:
        found = await answer.json()
    assert found["token_endpoint"] == (f"https://login.microsoftonline.com/{app.registration.tenant}/oauth2/v2.0/token")


async def test_a_token_carries_what_was_consented_to_when_it_was_given(app: Application) -> None:
    assert claims(app.token)["roles"] == ["Calendars.ReadWrite", "MailboxSettings.Read"]
    later = await app.granted("Calendars.ReadBasic.All")
    assert claims(later.token)["roles"] == ["Calendars.ReadBasic.All"]


@pytest.mark.parametrize(
    ("changes", "status", "error", "number"),
    [
        ({"client_secret": "guessed"}, 401, "invalid_client", 7000215),
        ({"client_secret": None}, 401, "invalid_client", 7000218),
        ({"client_id": "nobody"}, 400, "unauthorized_client", 700016),
        ({"scope": "https://graph.microsoft.com/Calendars.Read"}, 400, "invalid_scope", 1002012),
        ({"scope": "https://graph.microsoft.com/.default openid"}, 400, "invalid_scope", 1002012),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"tenant": "common"}, 400, "invalid_request", 90002),
    ],
)
async def test_a_wrong_request_gets_oauths_error_and_microsofts_number(
    app: Application, changes: dict[str, str | None], status: int, error: str, number: int
) -> None:
    answer = await app.exchange(**changes)
    assert (answer.status, answer.json["error"], answer.json["error_codes"]) == (status, error, [number])
    assert answer.json["error_description"].startswith(f"AADSTS{number}: ")


async def test_a_secret_ends(app: Application) -> None:
    ended = Secret(app.registration.client_secret, datetime(2020, 1, 1, tzinfo=UTC))
    app.sandbox.entra.directory.register(Registered(app.registration.client_id, (ended,)))
    assert (await app.exchange()).json["error_codes"] == [7000222]


async def test_an_application_taken_out_of_the_tenant_gets_no_token(app: Application) -> None:
    app.sandbox.entra.directory.withdraw(app.registration.tenant, app.registration.client_id)
    assert (await app.exchange()).json["error"] == "unauthorized_client"


async def test_a_token_dies_with_the_domains_consent_and_stays_dead(app: Application) -> None:
    assert (await app.ask("GET", "sam@example.com/calendar")).status == 200
    app.sandbox.world.revoke("example.com")
    assert (await app.ask("GET", "sam@example.com/calendar")).code == "InvalidAuthenticationToken"
    assert (await app.exchange()).json["error"] == "unauthorized_client"
    app.sandbox.world.restore("example.com")
    assert (await app.ask("GET", "sam@example.com/calendar")).status == 401
    assert (await (await app.signed_in()).ask("GET", "sam@example.com/calendar")).status == 200


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
async def test_a_made_up_token_is_refused(app: Application, token: str) -> None:
    assert (await replace(app, token=token).ask("GET", "sam@example.com/calendar")).status == 401


def test_a_token_ends_by_real_time_whatever_the_worlds_clock_says() -> None:
    present = [datetime(2026, 11, 23, 8, tzinfo=UTC)]
    world = World(WorldClock(real=lambda: present[0]))
    directory = Directory(world)
    tokens = AccessTokens(world, directory)
    directory.add_tenant(TENANT, ["example.com"])
    token = tokens.given(TENANT, "app", ("Calendars.Read",))
    world.clock.jump(timedelta(days=365))
    access = tokens.read(token)
    assert access is not None
    assert access.roles == {"Calendars.Read"}
    present[0] += timedelta(hours=1)
    assert tokens.read(token) is None
    assert tokens.read(token[:-2]) is None


async def test_a_certificate_proves_as_well_as_a_secret(app: Application) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    client = app.registration.client_id
    app.sandbox.entra.directory.register(Registered(client, certificates=(certificate(key),)))

    async def shown(signer: rsa.RSAPrivateKey, **changes: object) -> int:
        now = int(app.sandbox.clock.real_now().timestamp())
        audience = f"https://login.microsoftonline.com/{app.registration.tenant}/oauth2/v2.0/token"
        said = {"aud": audience, "iss": client, "sub": client, "nbf": now, "exp": now + 600, **changes}
        assertion = jwt.encode(said, signer, algorithm="PS256")
        answer = await app.exchange(client_secret=None, client_assertion=assertion, client_assertion_type=JWT_BEARER)
        return answer.status

    assert await shown(key) == 200
    assert await shown(other) == 401
    assert await shown(key, aud="https://elsewhere.example") == 401
    assert await shown(key, exp=0) == 401


def certificate(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pairtime")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=3650))
    return built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
