"""The bot proved by its certificate instead of a secret: a short statement, signed with its key (RFC 7523)."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A key, and what its certificate is known by."""

    key: RSAPrivateKey
    thumbprint: str

    @classmethod
    def from_pem(cls, pem: str) -> Certificate:
        """A private key and its certificate in one text. Raises ValueError, quoting nothing."""
        key, mark, certificate = pem.partition("-----BEGIN CERTIFICATE")
        try:
            private = load_pem_private_key(key.encode(), None)
            public = load_pem_x509_certificate(f"{mark}{certificate}".encode())
        except (TypeError, ValueError):
            raise ValueError("this is not the key and the certificate of a bot") from None
        if not isinstance(private, RSAPrivateKey):
            raise ValueError("Entra takes keys of RSA alone")
        return cls(private, _encoded(public.fingerprint(SHA256())))

    def assertion(self, app_id: str, audience: str, now: datetime) -> str:
        """Good for ten minutes, at that address alone. Signs PS256, names the certificate by x5t#S256."""
        header = {"alg": "PS256", "typ": "JWT", "x5t#S256": self.thumbprint}
        begins = int(now.timestamp())
        claims = {
            "aud": audience,
            "iss": app_id,
            "sub": app_id,
            "jti": str(uuid4()),
            "nbf": begins,
            "iat": begins,
            "exp": begins + int(LASTS.total_seconds()),
        }
        signed = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
        padding = PSS(MGF1(SHA256()), SHA256.digest_size)
        return f"{signed}.{_encoded(self.key.sign(signed.encode(), padding, SHA256()))}"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
