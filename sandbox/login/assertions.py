"""Proof by certificate instead of a secret: a signed assertion about the application itself (RFC 7523)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def proves(assertion: str, client_id: str, certificates: tuple[str, ...], *, audience: str, now: datetime) -> bool:
    """Whether it is signed (PS256 or RS256) with the key of one of the certificates and made for this endpoint."""
    try:
        head, body, signature = assertion.split(".")
        header, claims = json.loads(_bytes(head)), json.loads(_bytes(body))
        signed, raw = f"{head}.{body}".encode(), _bytes(signature)
    except ValueError:
        return False
    return (
        claims.get("iss") == claims.get("sub") == client_id
        and claims.get("aud") == audience
        and claims.get("nbf", 0) <= now.timestamp() < claims.get("exp", 0)
        and any(_signed_with(header, signed, raw, x509.load_pem_x509_certificate(pem.encode())) for pem in certificates)
    )


def _signed_with(header: Mapping[str, str], signed: bytes, signature: bytes, certificate: x509.Certificate) -> bool:
    key = certificate.public_key()
    thumbprint = hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()
    named = header.get("x5t#S256", "")
    if not isinstance(key, rsa.RSAPublicKey) or (named and _bytes(named) != thumbprint):
        return False
    scheme = (
        padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        if header.get("alg") == "PS256"
        else padding.PKCS1v15()
    )
    try:
        key.verify(signature, signed, scheme, hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
