"""Replies as Slack shows them: Block Kit, and the same as text."""

from .drawn import drawn
from .shown import Block, Shown

__all__ = ["Block", "Shown", "drawn"]
