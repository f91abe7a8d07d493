"""The demo as it runs, and somebody to talk to it."""

from tests.adapters.conftest import stage, visitor

__all__ = ["stage", "visitor"]
