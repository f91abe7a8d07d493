"""The bot's own token, as Entra and Azure's machines give it: by a secret, by a certificate, by being there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from adapters.teams.assertion import Certificate
from adapters.teams.tokens import ClientCredentials, ManagedIdentity
from calendar_core.errors import ProviderRejected
from sandbox.app import Sandbox
from tests.sandbox.graph.test_entra import certificate

RESOURCE = "https://api.botframework.com"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def registration(sandbox: Sandbox) -> AsyncIterator[ClientCredentials]:
    bot = sandbox.teams_bot()
    async with aiohttp.ClientSession() as http:
        yield ClientCredentials(
            http=http,
            login_base=f"{sandbox.url}/login",
            tenant=bot.tenant,
            app_id=bot.app_id,
            resource=RESOURCE,
            proof=bot.secret,
            real_now=sandbox.clock.real_now,
        )


async def test_a_secret(sandbox: Sandbox, registration: ClientCredentials) -> None:
    assert sandbox.teams.state.is_admitted((await registration.fetch()).value)
    with pytest.raises(ProviderRejected):
        await replace(registration, proof="another").fetch()


async def test_a_certificate(sandbox: Sandbox, registration: ClientCredentials) -> None:
    directory = sandbox.entra.directory
    key, other = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    known = directory.registered(client_id=registration.app_id)
    directory.register(replace(known, certificates=(certificate(key),)))
    proof = Certificate.from_pem(pem(key))
    assert sandbox.teams.state.is_admitted((await replace(registration, proof=proof).fetch()).value)
    with pytest.raises(ProviderRejected):
        await replace(registration, proof=Certificate.from_pem(pem(other))).fetch()


async def test_a_machine_of_azures(sandbox: Sandbox, registration: ClientCredentials) -> None:
    machine = ManagedIdentity(
        http=registration.http,
        base=f"{sandbox.url}/teams",
        app_id=registration.app_id,
        resource=RESOURCE,
        real_now=registration.real_now,
    )
    assert sandbox.teams.state.is_admitted((await machine.fetch()).value)


def pem(key: rsa.RSAPrivateKey) -> str:
    """The key and its certificate in one text."""
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return f"{private}{certificate(key)}"
