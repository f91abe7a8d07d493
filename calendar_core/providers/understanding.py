"""An answer that makes no sense is no answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from calendar_core.errors import ProviderUnavailable

Value = TypeVar("Value")


def understood(read: Callable[[], Value]) -> Value:
    """What `read` makes of an answer. Raises ProviderUnavailable where it stumbles over a shape it does not know."""
    try:
        return read()
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as unreadable:
        raise ProviderUnavailable("unreadable answer") from unreadable
