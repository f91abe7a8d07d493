"""Sentences about what a session is to be about."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class TopicWords(Text):
    """Name and English text of each."""

    ABOUT = "About: *{topic}*"
    SESSION_ABOUT = "{session}. About: *{topic}*"
    FIELD = "Topic"
    FIELD_HINT = "{partner} reads it, too. It is in no calendar, and nobody else sees it."
    FIELD_EXAMPLE = "For example: my first presentation"
