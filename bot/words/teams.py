"""What only Teams says: names of its own buttons, its form, and the card that everybody of a chat may see."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class TeamsWords(Text):
    """Name and English text of each."""

    JOIN_NOW = "Join"
    FINDING_A_TIME = (
        "**{booker}** and **{partner}** are finding a time. Only the two of them see times, and only their own view."
    )
    SHOW_MINE = "Show my view"

    # --- the form -----------------------------------------------------------------------------------------------------
    ANOTHER_TIME = "**Another time**"
    YOUR_TIME = "By {city} time. I look at both calendars before anything is booked."
    FIELD_DAY = "Which day"
    FIELD_START = "Start"
    FIELD_LENGTH = "Length"
    DAY_MISSING = "Choose a day."
    START_MISSING = "Choose when it starts, for example 09:30."
    LENGTH_MISSING = "Choose how long it lasts."
    LOOK = "Look for this time"
