"""What is said in Teams about files that are handed over."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class TeamsFileWords(Text):
    """Name and English text of each."""

    MAY_IT_COME = "I put it into your OneDrive if you allow it. Nobody else sees it there."
    MAY_IT_COME_OR_MAIL = (
        "I put it into your OneDrive if you allow it. Nobody else sees it there. If you have none, decline: then I can "
        "mail it to you."
    )
    NOT_WANTED = "Nothing was handed over. Ask again whenever you want it."
    NOT_HANDED_OVER = (
        "I could not put the file into your OneDrive, so you do not have it. Ask for it again in a minute."
    )
    HAS_CHANGED = "What is in the file has changed since you asked. Allow it once more."
    BY_MAIL = "I can mail it to you instead, to the address that your programme knows."
    MAIL_IT = "Mail it to me"
    MAILED = "Mailed to {address}."
    NOT_MAILED = "I could not mail the file, so you do not have it. Ask for it again in a minute."
    LETTER_SUBJECT = "Your file: {name}"
    LETTER = "You asked for this file in Teams, and to have it by mail. Whoever has this letter can read it."
