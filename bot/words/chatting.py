"""What a chat says by itself, before or instead of an answer."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class ChattingWords(Text):
    """Name and English text of each."""

    APOLOGY = "Something went wrong on my side. Look at your sessions before you try again."
    NOT_INSTALLED = "Pairtime is not installed here any more, so I can do nothing. Ask whoever looks after it."
    DIRECTORY_AWAY = "I cannot reach your chat's directory right now, so I do not know who asks. Try again in a minute."
    STILL_WORKING = "Still working on it..."
    CHECKING_TAKES_LONGER = "It takes a little longer to check both calendars; the answer follows."
    TAKES_LONGER = "This takes a little longer; the answer follows."
    TOO_BUSY = "So many people are asking right now that I have not looked at this. Say it again in a minute."
    TOO_MANY_AT_ONCE = "I am still busy with what you said before. Wait for those answers, and then say it again."
