"""The state with which a browser is sent to Slack's page: signed, so that sending one there stores nothing."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

from adapters.secret import Secret

LASTS = timedelta(minutes=10)
STATE = re.compile(r"([A-Za-z0-9_-]{32})\.(\d{10,11})\.([A-Za-z0-9_-]{43})", re.ASCII)


class InstallStates:
    """Each is one browser's, for ten minutes. `key` is known to every process of the installation."""

    def __init__(self, key: Secret) -> None:
        self._key = hashlib.sha256(f"state of installing {key.reveal()}".encode()).digest()

    def new(self, browser: str, now: datetime) -> str:
        """For whoever has this browser's cookie."""
        told = f"{secrets.token_urlsafe(24)}.{int((now + LASTS).timestamp())}"
        return f"{told}.{self._mark(told, browser)}"

    def ends_at(self, state: str, browser: str, now: datetime) -> datetime | None:
        """None if it was never given to this browser, or has ended."""
        found = STATE.fullmatch(state)
        if found is None:
            return None
        told = f"{found[1]}.{found[2]}"
        if not hmac.compare_digest(self._mark(told, browser), found[3]):
            return None
        ends_at = datetime.fromtimestamp(int(found[2]), UTC)
        return ends_at if now < ends_at else None

    def _mark(self, told: str, browser: str) -> str:
        marked = hmac.digest(self._key, f"{told} {browser}".encode(), hashlib.sha256)
        return urlsafe_b64encode(marked).rstrip(b"=").decode()
