"""Sentences about an organisation in Free/Busy Only: what becomes of sessions, and of answers by mail."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class FreeBusyOnlyWords(Text):
    """Name and English text of each."""

    # --- sessions whose way changes -----------------------------------------------------------------------------------
    FROZEN = (
        "{when:short}{when:theirs_start} with {partner} stays as it is, and I can no longer move or cancel it: the "
        "organisation now allows free/busy only. If it has to change, change it in your calendar."
    )
    FROZEN_FAILED = (
        "{when:short}{when:theirs_start} with {partner} was to be sent by mail instead, but I could not take it out of "
        "the calendar. It stays there: if it has to change, change it in your calendar."
    )
    THAWED = "{when:short}{when:theirs_start} with {partner} can be changed here again."
    NOW_BY_MAIL = (
        "{when:short}{when:theirs_start} with {partner} takes place as before, but its calendar entry is replaced: the "
        "organisation now allows free/busy only. An invitation comes by mail; please accept it there. The old meeting "
        "link is gone with the entry."
    )
    CHANGES_HERE_ALONE = "To move or cancel it, tell me; changes made in Outlook do not move it."
    NOW_IN_CALENDAR = (
        "{when:short}{when:theirs_start} with {partner} is in both calendars again; the invitation by mail is "
        "cancelled."
    )
    CHANGE_IN_CALENDAR = "{session} (change it in your calendar)"
    STAYS_IN_CALENDAR = "If it has to change, change it in your calendar; I can no longer do that."
    IS_FROZEN = (
        "Nothing was changed. Your organisation allows free/busy only, and that session was booked before: change it "
        "in your calendar."
    )

    # --- answers by mail ----------------------------------------------------------------------------------------------
    YOU_DECLINED_BY_MAIL = (
        "You declined **{when:short}**{when:theirs_start} with {partner} by mail. It is not cancelled yet; {partner} "
        "was told."
    )
    COUNTER_REFUSED = (
        "You proposed another time by mail for **{when:short}**{when:theirs_start} with {partner}. That moves nothing, "
        "and {partner} was not asked: mail cannot show me whether both of you are free. To suggest another time, press "
        "here or say “book”."
    )

    # --- why nothing is connected -------------------------------------------------------------------------------------
    ONLY_FREE_BUSY = "the organisation allows free/busy from Microsoft 365 only"
