"""The demo, fresh for each story."""

from tests.staging import stage, visitor

__all__ = ["stage", "visitor"]
