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
    EVENT_CLEARED = "The entry of {when:short}{when:theirs_start} with {partner} is gone from the calendars now."
    EVENT_LEFT_YOURS = (
        "{when:short}{when:theirs_start} with {partner} is cancelled, but your calendar does not let me remove the "
        "entry. Please delete it there."
    )
    EVENT_LEFT_THEIRS = (
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

    # --- matches, memberships, programmes -----------------------------------------------------------------------------
    MATCH_ENDED = "Your match with **{partner}** (*{programme}*) has ended, so neither sees the other's times any more."
    PROGRAMME_OVER = "Your programme *{programme}* has ended, and with it your match with **{partner}**."
    STILL_PLANNED = "Still planned: {times}. The first of you to answer decides; without an answer they stay."
    STAYED_PLANNED = "Still planned: {times}."
    KEEP_PLANNED = "Keep the planned sessions"
    CANCEL_PLANNED = "Cancel them"
    YOU_KEPT = "All right, they stay: {times}. {partner} was told."
    YOU_CANCELLED = "**Cancelled:** {times}. {partner} was told, and the calendar entries go."
    NOTHING_PLANNED = "Nothing is planned any more, so nothing was changed."
    THEY_KEPT = "{partner} wants to keep your planned sessions: {times}. They stay."
    THEY_CANCELLED = "{partner} cancelled your planned sessions: {times}. The calendar entries go."
    DECIDED_KEPT = "{partner} has decided already: your planned sessions stay. Nothing was changed."
    DECIDED_CANCELLED = "{partner} has decided already: your planned sessions are cancelled. Nothing was changed."
    YOU_DECIDED_KEPT = "You decided already: your planned sessions stay. Nothing was changed."
    YOU_DECIDED_CANCELLED = "You decided already: your planned sessions are cancelled. Nothing was changed."
    PARTNER_LEFT = "**{partner}** is no longer in the programme *{programme}*."
    SOMEBODY_LEFT = "Somebody you were matched with is no longer in the programme *{programme}*."
    YOU_LEFT = "You are no longer in the programme *{programme}*."
    PLANNED_ITEM = "{when:short}{when:theirs_start}"
    PLANNED_ITEM_WITH = "{when:short}{when:theirs_start} with {partner}"
    CANCELLED_BY_THAT = "Cancelled by that: {times}. The calendar entries go."
