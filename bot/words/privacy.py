"""Sentences about what is stored of a person, and what becomes of it."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class PrivacyWords(Text):
    """Name and English text of each."""

    DOWNLOAD = "Download my data"
    DELETE = "Delete my data"
    DATA_FILE = "This is everything that is stored about you."
    DELETE_WHAT = (
        "**Delete everything about you?** Your name, address, settings, receipts, messages, calendar "
        "connection and links "
        "to chats are deleted; you leave every programme, and nobody here knows you afterwards."
    )
    DELETE_STAYS = (
        "What has to stay: {count:one session|# sessions} of the people you met, without your name. "
        "What stands in calendars stays there. It cannot be undone."
    )
    DELETE_STAYS_NOTHING = "Nothing has to stay. It cannot be undone."
    DELETE_IT = "Delete everything"
    KEEP_DATA = "Keep my data"
    DELETE_SESSIONS_FIRST = (
        "You have {count:one planned session|# planned sessions}, next {when:item} with {partner}. Others "
        "count on them, "
        "so nothing was deleted. I can cancel them first: those you would meet are told, and the calendar entries go."
    )
    SESSIONS_CANCELLED = (
        "{count:Your planned session is|Your # planned sessions are} cancelled, and those you would have met were told."
    )
    DELETE_CLEARING = (
        "A calendar has not confirmed yet that a cancelled session is gone from it, so nothing was deleted. "
        "Ask again in a few minutes."
    )
    DELETE_LAST_ADMIN = (
        "You are the only administrator of *{programme}*, so nothing was deleted. Have another one named first."
    )
    DELETED = "**Deleted.** I know nothing of you any more. If your programme enrols you again, you begin anew."
    HELP_DOWNLOAD = "everything that is stored about you, as a file"
    HELP_DELETE = "have all of it deleted"
