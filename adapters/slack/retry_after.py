"""How long Slack wants us to wait, which it may leave unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from adapters import retry_after as told

AGAIN_AFTER = timedelta(seconds=1)  # where Slack says "too many" and not how long


def retry_after(headers: Mapping[str, str]) -> timedelta:
    """As it says, within bounds."""
    return told.retry_after(headers) or AGAIN_AFTER
