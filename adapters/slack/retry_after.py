"""How long Slack wants us to wait, as it says it with a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

AGAIN_AFTER = timedelta(seconds=1)  # where Slack says "too many" and not how long
LONGEST = timedelta(hours=1)


def retry_after(headers: Mapping[str, str]) -> timedelta:
    """At most LONGEST, whatever is there."""
    told = headers.get("Retry-After", "").strip()
    return min(timedelta(seconds=int(told[:9])), LONGEST) if told.isdecimal() and told.isascii() else AGAIN_AFTER
