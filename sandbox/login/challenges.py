"""Continuous access evaluation: Graph refuses a token that has not ended, and says what the next one has to claim."""

from __future__ import annotations

import base64
import json

from sandbox.world import Json, World

CAPABLE = "cp1"  # how a client says that it understands challenges; both spellings are documented


class Challenges:
    """Of persons, kept as facts of the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def demand(self, address: str) -> None:
        """Every token this person has now is refused where its client understands that; others live to their end."""
        self._world.remember(f"entra challenge {address}", f"{self._world.clock.real_now().timestamp():.6f}")

    def demanded(self, address: str) -> str:
        """What a token has to answer; "" for nothing."""
        kept = self._world.fact(f"entra challenge {address}")
        return kept if isinstance(kept, str) else ""

    def header(self, demanded: str) -> str:
        """Graph's WWW-Authenticate."""
        claims = {"access_token": {"nbf": {"essential": True, "value": demanded}}}
        encoded = base64.b64encode(json.dumps(claims).encode()).decode()
        return (
            'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", '
            'client_id="00000003-0000-0000-c000-000000000000", '
            'errorDescription="Continuous access evaluation resulted in challenge with result: InteractionRequired and '
            f'code: TokenIssuedBeforeRevocationTimestamp", error="insufficient_claims", claims="{encoded}"'
        )


def said(claims: str) -> dict[str, Json]:
    """What a token request's `claims` puts into the token: that the client is capable, what it answers."""
    try:
        asked = json.loads(claims or "{}")["access_token"]
        capable = CAPABLE in [str(each).lower() for each in asked.get("xms_cc", {}).get("values", [])]
        answers = str(asked.get("nbf", {}).get("value", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"capable": False, "answers": ""}
    return {"capable": capable, "answers": answers}
