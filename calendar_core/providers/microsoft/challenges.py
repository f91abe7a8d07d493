"""What Graph demands of the next token when it refuses one that has not ended (continuous access evaluation)."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping

LARGEST = 4_096  # characters
CLAIMS = re.compile(r'\bclaims="([A-Za-z0-9+/_=-]{1,4096})"')


def claims_demanded(headers: Mapping[str, str]) -> str | None:
    """The JSON in a WWW-Authenticate header, for whoever renews the token; None where nothing sensible is there."""
    challenge = headers.get("WWW-Authenticate", "")
    found = CLAIMS.search(challenge[: 2 * LARGEST])
    if found is None or 'error="insufficient_claims"' not in challenge:
        return None
    try:
        text = base64.b64decode(found[1].replace("-", "+").replace("_", "/") + "==").decode()
        return text if isinstance(json.loads(text), dict) else None
    except ValueError:
        return None
