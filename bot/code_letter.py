"""The letter that carries a one-time code."""

from __future__ import annotations

from calendar_core.people import User

from .replies import Reader
from .sentences import sentence
from .wording import Voice
from .words import LinkingWords


def code_letter(user: User, code: str) -> tuple[str, tuple[str, ...]]:
    """Its subject and its paragraphs, in the reader's language."""
    voice = Voice(Reader(language=user.language, zone=user.itinerary))
    said = (sentence(LinkingWords.MAIL_CODE, code=code), sentence(LinkingWords.MAIL_NOT_YOU))
    return voice.say(sentence(LinkingWords.MAIL_SUBJECT, code=code)), tuple(voice.say(each) for each in said)
