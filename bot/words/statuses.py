"""Sentences about everybody's calendar integration, for an admin."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class StatusesWords(Text):
    """Name and English text of each."""

    OF_ALL = "**{programme}**, everybody: {first} - {last} of {count}."
    OF_KIND = "**{programme}**, *{kind}*: {first} - {last} of {count}."
    OF_NONE = "**{programme}**, not connected: {first} - {last} of {count}."
    NOBODY = "Nobody in *{programme}* has that status."
    WORKS = "{name}, {role}: **{kind}**, working"
    BROKEN = "{name}, {role}: **{kind}**, not working: {why}"
    BLANK = "{name}, {role}: *not connected*, {why}"
    PREVIOUS = "Previous"
    EVERYBODY = "Everybody"
    NOT_CONNECTED = "Not connected"
    CSV = "CSV"
    AS_FILE = "The calendar status of everybody in **{programme}**, {count:# person|# people}, as a file for you alone."
    MORE_OF = (
        "There is more to see of **{programme}**, {count:# person|# people}. How one of them is connected: type "
        "*status of* and a name. One kind alone: *admin integrations* and its name."
    )
    HELP_STATUSES = "for programme admins: how everybody is connected; add a status to see those alone"
