"""Sentences about sessions that are called off, and about matches, memberships and programmes that end."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class EndingWords(Text):
    """Name and English text of each."""

    # --- sessions called off ------------------------------------------------------------------------------------------
    CANCELLED_BY = "{partner} cancelled **{when:short}**{when:theirs_start}."
    CANCELLED = "**Cancelled:** {when:short}{when:theirs_start} with {partner}. Both calendars are clear."
    CANCELLED_UNCONFIRMED = (
        "**Cancelled here:** {when:short}{when:theirs_start} with {partner}. {suite} has not confirmed removing the "
        "entry. I keep trying and will tell you."
    )
    CANCELLED_UNCONFIRMED_SOMEWHERE = (
        "**Cancelled here:** {when:short}{when:theirs_start} with {partner}. The calendar has not confirmed removing "
        "the entry. I keep trying and will tell you."
    )
    ENTRY_GONE = "The entry of {when:short}{when:theirs_start} with {partner} is gone from the calendars now."
    ENTRY_LEFT_YOURS = (
        "{when:short}{when:theirs_start} with {partner} is cancelled, but your calendar does not let me remove the "
        "entry. Please delete it there."
    )
    ENTRY_LEFT_THEIRS = (
        "{when:short}{when:theirs_start} with {partner} is cancelled, but the calendar of {partner} does not let me "
        "remove the entry. Please delete it from yours."
    )
    CAN_AFTER_ALL = "{partner} can make **{when:short}**{when:theirs_start} after all: it stands."
    CAN_AFTER_ALL_YOU_CANNOT = (
        "{partner} can make **{when:short}**{when:theirs_start} after all. You had said that you cannot."
    )
    YOU_CAN_AFTER_ALL = "Accepted: **{when:short}**{when:theirs_start} stands again. {partner} was told."
    YOU_CAN_THEY_CANNOT = (
        "Accepted: **{when:short}**{when:theirs_start}. {partner} cannot make it, so it still needs a new time."
    )
    FAILED_ENDED = "The match has ended meanwhile."
