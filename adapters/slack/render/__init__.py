"""Replies as Slack shows them: Block Kit, and the same as text."""

from .drawn import drawn
from .shown import Block, Shown, as_text

__all__ = ["Block", "Shown", "as_text", "drawn"]
