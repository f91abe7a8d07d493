"""Sentences about whom one can ask, and what administrators ask of the operator."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class OperatingWords(Text):
    """Name and English text of each."""

    # --- whom to ask --------------------------------------------------------------------------------------------------
    ASK_WHOM = "Your contact: {contact}."

    # --- what only the operator can do --------------------------------------------------------------------------------
    HELP_FREE_BUSY_ONLY = "for programme admins: ask the operator to limit your organisation to free/busy"
    ONLY_THE_OPERATOR = "Only the operator can switch this on. It removes links and moving from Outlook."
    SEND_THE_REQUEST = "Send the request"
    REQUEST_SENT = (
        "Sent. The operator finds your request for *Free/Busy Only* of {organisation} in the installation's status."
    )
    REQUEST_MAILED = "Sent. The operator has your request for *Free/Busy Only* of {organisation} by mail."
    REQUEST_STANDS = "{name} asked for that already on {day}. The operator has not answered yet."
    REQUEST_STANDS_YOURS = "You asked for that already on {day}. The operator has not answered yet."

    # --- by mail, to the operator -------------------------------------------------------------------------------------
    MAIL_WISH_SUBJECT = "{organisation} asks for Free/Busy Only"
    MAIL_WISH = "{name} ({address}), admin of {organisation}, asks for Free/Busy Only."
    MAIL_WISH_HOW = (
        "It replaces all other connections of the organisation. There are then no links made by calendars, invitations "
        "go by mail, and nothing is noticed that is moved in Outlook. Use it only where full access cannot be granted."
    )
    MAIL_WISH_ANSWERED = "Once you have answered, say so with: pairtime organisation NAME --answered"
