"""Sentences about whom a chat reaches, and whom not."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class ReachingWords(Text):
    """Name and English text of each."""

    NOTICE_SUBJECT = "News of your mentoring programme"
    NOTICE_WHY = (
        "You get this by mail because I cannot reach you in a chat. To answer, write to me in your organisation's "
        "chat; if you do not find me there, ask whoever runs your programme."
    )
    REACH_GONE = "the chat account is switched off or gone"
    REACH_NO_MESSAGES = "the chat lets the app send them no messages"
    REACH_NOT_INSTALLED = "the app is not installed in their workspace any more"
    REACH_REFUSED = "the chat refuses messages to them"
