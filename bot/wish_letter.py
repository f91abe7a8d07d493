"""The letter that tells the operator what an organisation's admins wish for."""

from __future__ import annotations

from calendar_core.people import Organisation, User

from .replies import Reader
from .sentences import sentence
from .wording import Voice
from .words import OperatingWords


def wish_letter(organisation: Organisation, admin: User) -> tuple[str, tuple[str, ...]]:
    """Its subject and its paragraphs. In English: nobody knows how an operator reads."""
    voice = Voice(Reader())
    wished = sentence(
        OperatingWords.MAIL_WISH, organisation=organisation.name, name=admin.name or admin.email, address=admin.email
    )
    said = (wished, sentence(OperatingWords.MAIL_WISH_HOW), sentence(OperatingWords.MAIL_WISH_ANSWERED))
    subject = sentence(OperatingWords.MAIL_WISH_SUBJECT, organisation=organisation.name)
    return voice.say(subject), tuple(voice.say(each) for each in said)
