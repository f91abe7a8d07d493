"""How long to wait before a calendar is asked again."""

from __future__ import annotations

from datetime import timedelta

from calendar_core.errors import ProviderUnavailable


def pause_after(age: timedelta, trouble: Exception | None) -> timedelta:
    """A tenth of the age, from one second to five minutes; never shorter than the provider asked for."""
    pause = min(max(age / 10, timedelta(seconds=1)), timedelta(minutes=5))
    asked = trouble.retry_after if isinstance(trouble, ProviderUnavailable) else None
    return max(pause, asked) if asked else pause
