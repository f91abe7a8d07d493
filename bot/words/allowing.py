"""Sentences about what a person may allow beside the least that works."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class AllowingWords(Text):
    """Name and English text of each."""

    HELP_ALLOW_CALENDARS = "let Google tell me which other calendars you have"
    HELP_ALLOW_HOURS = "let Google tell me your working hours"
    ALLOW_IT = "Allow it"
    CALENDARS_COULD_BE = (
        "Your main calendar counts. Which others you have I may not see yet; you can allow it if more are to count."
    )
    HOURS_COULD_BE = "I may not read your working hours in your calendar yet, so nothing was changed. You can allow it."
    WILL_ASK_CALENDARS = (
        "{vendor} will ask whether I may see the list of your calendars. I use it to let you choose which of your own "
        "count; nobody else sees their names."
    )
    WILL_ASK_HOURS = (
        "{vendor} will ask whether I may see the settings of your calendars. I use it to read your working hours and "
        "your time zone."
    )
    ALL_ELSE_STAYS = "Leave it unticked, and everything else goes on as it is."
    NOTHING_TO_ALLOW = (
        "There is nothing for you to allow: it is allowed already, or your calendar is not one you connected yourself."
    )
    CALENDARS_REFUSED = (
        "You did not allow me to see which other calendars you have, so your main one alone counts. "
        "Everything else works."
    )
    HOURS_REFUSED = "You did not allow me to read your working hours, so they stay as they are. Everything else works."
