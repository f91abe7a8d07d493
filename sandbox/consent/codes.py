"""Authorization codes (RFC 6749 4.1, RFC 7636): for one client, one address, one exchange, a few minutes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Literal

from sandbox.world import Json, World

SECONDS = 600  # of real time
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for. `challenge` is S256's, "" where the client sent none; `offline`: a refresh token comes
    with the access token."""

    client_id: str
    redirect_uri: str
    who: str
    scopes: tuple[str, ...]
    challenge: str = ""
    nonce: str = ""
    offline: bool = False

    def proved_by(self, verifier: str) -> bool:
        """Whether the one who exchanges it is the one who asked for it. A verifier nobody announced is wrong too."""
        if not self.challenge:
            return not verifier
        return VERIFIER.fullmatch(verifier) is not None and hmac.compare_digest(challenge_of(verifier), self.challenge)


class Spent(Exception):
    """There is no such code any more, or there never was."""

    def __init__(self, why: Literal["unknown", "used", "expired"]) -> None:
        super().__init__(why)
        self.why = why


class Codes:
    """One vendor's codes."""

    def __init__(self, world: World, vendor: str) -> None:
        self._world = world
        self._vendor = vendor

    def issue(self, code: Code) -> str:
        """What the browser carries back."""
        text = f"4/0A{secrets.token_urlsafe(48)}"
        kept: dict[str, Json] = {
            "client_id": code.client_id,
            "redirect_uri": code.redirect_uri,
            "who": code.who,
            "scopes": list(code.scopes),
            "challenge": code.challenge,
            "nonce": code.nonce,
            "offline": code.offline,
            "ends": self._world.clock.real_now().timestamp() + SECONDS,
            "used": False,
        }
        self._world.remember(self._key(text), kept)
        return text

    def take(self, text: str) -> Code:
        """Use it up, whatever comes of the exchange. Raises Spent."""
        kept = self._world.fact(self._key(text))
        if not isinstance(kept, dict):
            raise Spent("unknown")
        if kept["used"]:
            raise Spent("used")
        self._world.remember(self._key(text), {**kept, "used": True})
        ends = kept["ends"]
        if not isinstance(ends, float) or ends <= self._world.clock.real_now().timestamp():
            raise Spent("expired")
        return _code(kept)

    def who(self, text: str) -> str | None:
        """Whom it was given for, used or not: for the log."""
        kept = self._world.fact(self._key(text))
        return str(kept["who"]) if isinstance(kept, dict) else None

    def _key(self, text: str) -> str:
        return f"{self._vendor} code {text}"


def challenge_of(verifier: str) -> str:
    """S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _code(kept: dict[str, Json]) -> Code:
    scopes = kept["scopes"]
    return Code(
        client_id=str(kept["client_id"]),
        redirect_uri=str(kept["redirect_uri"]),
        who=str(kept["who"]),
        scopes=tuple(map(str, scopes)) if isinstance(scopes, list) else (),
        challenge=str(kept["challenge"]),
        nonce=str(kept["nonce"]),
        offline=kept["offline"] is True,
    )
