"""The demo, fresh for each test."""

from tests.staging import stage, visitor

__all__ = ["stage", "visitor"]
