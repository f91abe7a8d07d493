"""How long a chat's service wants us to wait, as it says it with a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

LONGEST = timedelta(hours=1)


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """At most LONGEST, whatever is there; None where there is nothing."""
    told = headers.get("Retry-After", "").strip()
    return min(timedelta(seconds=int(told[:9])), LONGEST) if told.isdecimal() and told.isascii() else None
