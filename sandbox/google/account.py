"""A service account as its JSON key file, made here and known to this world alone."""

from __future__ import annotations

from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from sandbox.google.access import Access
from sandbox.world import World

PROJECT = "pairtime-sandbox"
CLIENT_EMAIL = f"pairtime@{PROJECT}.iam.gserviceaccount.com"


def service_account(world: World, access: Access, token_uri: str) -> dict[str, str]:
    """The key file of the one service account, registered with the token endpoint. The same again each time."""
    kept = world.fact("google private key")
    private = kept if isinstance(kept, str) else _fresh_key()
    if kept is None:
        world.remember("google private key", private)
    access.register(CLIENT_EMAIL, _public_key(private))
    world.remember("google token endpoint", token_uri)
    return {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": "0000000000000000000000000000000000000001",
        "private_key": private,
        "client_email": CLIENT_EMAIL,
        "client_id": "100000000000000000001",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": token_uri,
        "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
        "universe_domain": "googleapis.com",
    }


@cache
def _fresh_key() -> str:
    """Once a process: making one takes longer than most tests."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@cache
def _public_key(private: str) -> str:
    """Once a key: reading one proves it first, which is slow."""
    public = load_pem_private_key(private.encode(), None).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
