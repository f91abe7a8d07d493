"""What is said in Teams about files that are handed over."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class TeamsFileWords(Text):
    """Name and English text of each."""

    MAY_IT_COME = "I put it into your OneDrive if you allow it. Nobody else sees it there."
    NOT_WANTED = "Nothing was handed over. Ask again whenever you want it."
    NOT_HANDED_OVER = (
        "I could not put the file into your OneDrive, so you do not have it. Ask for it again in a minute."
    )
    HAS_CHANGED = "What is in the file has changed since you asked. Allow it once more."
