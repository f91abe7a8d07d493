"""Replies in words: sentences, days and times per reader. Nothing here is drawn."""

from .data import ReplyData, as_data
from .local_times import LocalTimes
from .plain import in_plain, plain
from .style import PLAIN, Style
from .voice import Voice
from .worded import Button, Worded, worded

__all__ = [
    "PLAIN",
    "Button",
    "LocalTimes",
    "ReplyData",
    "Style",
    "Voice",
    "Worded",
    "as_data",
    "in_plain",
    "plain",
    "worded",
]
