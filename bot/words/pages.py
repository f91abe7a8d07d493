"""Sentences of the pages on which people connect their own calendar in a browser."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class PageWords(Text):
    """Name and English text of each."""

    # --- before the vendor --------------------------------------------------------------------------------------------
    CONNECT_TITLE = "Connect your calendar"
    CONNECTS_WHOM = "This page connects the calendar of"
    WHAT_FOR = "What Pairtime does with it"
    SEES_FREE = "It sees when you are free, so that times can be offered to you and your match."
    WRITES_SESSIONS = "It enters, moves and cancels your sessions, and nothing else."
    SHOWS_CALENDARS = "It asks to see which calendars you have, so that you can choose which of them count."
    READS_HOURS = "It asks to read your working hours and your time zone."
    NEVER_TITLES = "Your matches see free or busy, never titles."
    NOT_YOU = "Is this not you? Then close this page: nothing has been changed."
    WORKS_UNTIL = "This page can be used once, until {at:time} ({at:city} time)."
    GO_ON = "Continue at {vendor}"
    ON_YOUR_WAY_TITLE = "On your way to {vendor}"
    ON_YOUR_WAY = "You are being taken there. If nothing happens, use this link:"

    # --- after the vendor ---------------------------------------------------------------------------------------------
    CONNECTED_TITLE = "Your calendar is connected"
    CONNECTED_NOW = "You can close this page. Pairtime tells you the rest in the chat where you asked."
    CODE_TITLE = "Type this code in your chat"
    CODE_WHY = (
        "You finished in another browser or with another account than the one Pairtime knows. "
        "So that nobody else can use this, send this code to Pairtime in the chat where you asked:"
    )
    CODE_LASTS = "It works until {at:time} ({at:city} time). Did you not ask for this? Then close this page."
    OTHER_TITLE = "That is another account"
    SIGNED_IN_AS = "You signed in as {account}, but your programme knows {email}."
    OTHER_MAY = "You may use it all the same; a code then shows that it is you."
    USE_ACCOUNT = "Use {account}"
    SIGN_IN_AGAIN = "Sign in again"
    UNDER_WAY_TITLE = "You have begun to sign in"
    UNDER_WAY = "Finish it at {vendor}, or begin once more here."

    # --- nothing was connected ----------------------------------------------------------------------------------------
    NOTHING_TITLE = "Nothing was connected"
    SAID_NO = "You said no at {vendor}, so nothing was changed. If that was a mistake, sign in again."
    PARTIAL = "Not everything was ticked at {vendor}. Missing is: {parts}. Sign in again and tick it, or leave it so."
    PART_FREE = "seeing when you are free"
    PART_SESSIONS = "entering and moving your sessions"
    PART_OTHER = "keeping the connection while you are away"
    ADMIN_FIRST_PAGE = (
        "An administrator of your organisation must approve Pairtime first. "
        "In the chat where you asked you find whom to ask, and a text for IT."
    )
    WRONG_TENANT = "That account belongs to another organisation. Sign in with the one your programme knows: {email}."
    UNUSABLE = "That account has no calendar that Pairtime could use. Sign in with {email}."
    TOO_LATE = "That took too long, or was done before. Sign in again."
    NOT_YOURS = "What {vendor} sent does not belong to this sign-in, so it was not used. Sign in again."
    UNAVAILABLE = "{vendor} does not answer right now. Wait a minute, then sign in again."
    NOT_SET_UP = "{vendor} does not accept this installation. Your programme's contact can have it put right."
    NOT_ANY_MORE = "Your calendar cannot be connected this way any more. In your chat, say connect to see what is so."
    VOID = "Too many wrong codes were typed, so this is void. In your chat, say connect to begin again."

    # --- links --------------------------------------------------------------------------------------------------------
    NO_LINK_TITLE = "This link leads nowhere"
    NO_LINK = "It was cut off, or ended long ago. In your chat with Pairtime, say connect: you get a new one."
    ENDED_TITLE = "This link has ended"
    ENDED = "Such links work for ten minutes. In your chat with Pairtime, say connect: you get a new one."
    USED_TITLE = "This link was used already"
    USED = (
        "It works once. If that was you, go on where you began; else tell your programme's contact. "
        "For a new one, say connect in your chat with Pairtime."
    )
    ANSWERS_NOTHING_TITLE = "This answer belongs to nothing"
    ANSWERS_NOTHING = (
        "Nothing was changed: no sign-in is waiting for it, or it was used before. "
        "To connect your calendar, say connect in your chat with Pairtime."
    )
    FROM_ELSEWHERE_TITLE = "Please open the link again"
    FROM_ELSEWHERE = (
        "This was not sent by the page that you were shown, or your browser keeps no cookies. Nothing was changed. "
        "Open the link from your chat again, and allow cookies for this page."
    )
    TOO_LONG_TITLE = "That cannot be right"
    TOO_LONG = "What was sent is too long, or not a form. Nothing was changed. Open the link from your chat again."
    STORE_AWAY_TITLE = "Please try again in a minute"
    STORE_AWAY_PAGE = "Pairtime cannot reach its own memory right now. Nothing was changed."
    NOT_HERE_TITLE = "Calendars cannot be connected here"
    NOT_HERE = "This installation is not set up for it. Your programme's contact can say what is possible."

    # --- an administrator's approval ----------------------------------------------------------------------------------
    APPROVED_TITLE = "Approved"
    APPROVED = (
        "Pairtime was let into your tenant and is finding out whose calendars it reaches. You can close this page."
    )
    APPROVED_FOR_PEOPLE = "Whoever could not connect their calendar can now say connect in their chat with Pairtime."
    APPROVED_LATER_TITLE = "Approved, but not there yet"
    APPROVED_LATER = (
        "Microsoft has not yet passed your approval on; that can take an hour. Pairtime tries again by itself. "
        "If it still does not work then, open the link once more."
    )
    NOT_APPROVED_TITLE = "Not approved"
    NOT_APPROVED = "Nothing was changed. If that was a mistake, open the link from Pairtime's operator again."
    NOTHING_ASKED = (
        "Nothing was changed: Pairtime's operator did not ask for it, or longer than seven days ago. "
        "Ask the operator for a new link."
    )
    FOREIGN_TENANT = (
        "The approval came from another tenant than the one Pairtime's operator named, so it was not used. "
        "Sign in as an administrator of the right tenant and open the link again."
    )
    NOT_USED_TITLE = "Approved, but not used"
    TAKEN_TENANT = (
        "Since this link was made, Pairtime's operator has given your tenant to another organisation, so nothing was "
        "changed here. Ask the operator whose it is: if it is to be this organisation's, they make you a new link."
    )
