"""Sentences about sessions in a group message of the two, and about wanting them there."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class GroupWords(Text):
    """Name and English text of each."""

    # --- what both read -----------------------------------------------------------------------------------------------
    BOOKED_TOGETHER = "**Booked.** {when:long}{when:theirs}, {first} and {second}."
    INVITED_TOGETHER = "**Invitations sent.** {when:long}{when:theirs}, {first} and {second}."
    NEEDS_NEW_TIME_TOGETHER = "**Needs a new time.** {when:long}{when:theirs}, {first} and {second}."
    CANCELLED_TOGETHER = "**Cancelled.** {when:long}{when:theirs}, {first} and {second}."

    # --- wanting it ---------------------------------------------------------------------------------------------------
    GROUPS_WANTED = (
        "Group message in Slack: confirms new sessions if your partner wants it too. *group confirmations off*"
    )
    GROUPS_NOT_WANTED = "Group message in Slack: none. *group confirmations on*"
    GROUPS_ON = "Group confirmations on"
    GROUPS_OFF = "Group confirmations off"
    GROUPS_TURNED_ON = (
        "**New sessions are confirmed in a group message in Slack, too,** with your partner and me in it, once your "
        "partner wants that as well. It says when, who and where: never free times, and never why."
    )
    GROUPS_TURNED_OFF = (
        "**New sessions are confirmed in no group message.** One that stands in such a message is still said to be "
        "cancelled there, so that nobody is misled."
    )
    HELP_GROUPS = "confirm new sessions in a group message of the two of you in Slack, too; or off"
