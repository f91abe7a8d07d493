"""Whether Slack sent it: HMAC-SHA256 over the bytes as they came, and not older than five minutes."""

from __future__ import annotations

import hashlib
import hmac
import re

from adapters.secret import Secret

FRESH = 300  # seconds, either way
TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class Signature:
    """By one app's signing secret. Whatever stands in the headers, the answer is yes or no."""

    def __init__(self, secret: Secret) -> None:
        self._keyed = hmac.new(secret.reveal().encode(), b"", hashlib.sha256)

    def proves(self, body: bytes, timestamp: str, signature: str, now: float) -> bool:
        """`now` in seconds since 1970."""
        if not TIMESTAMP.fullmatch(timestamp) or not SIGNATURE.fullmatch(signature):
            return False
        if abs(now - int(timestamp)) > FRESH:
            return False
        return hmac.compare_digest(self.of(body, timestamp), signature)

    def of(self, body: bytes, timestamp: str) -> str:
        """As Slack writes it."""
        keyed = self._keyed.copy()
        keyed.update(f"v0:{timestamp}:".encode())
        keyed.update(body)
        return f"v0={keyed.hexdigest()}"
