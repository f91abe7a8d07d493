"""What only Teams says: names of its own buttons, its form, and a session's card that everybody of a chat may see."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class TeamsWords(Text):
    """Name and English text of each."""

    JOIN_NOW = "Join"
    SHOW_MINE = "Show my view"
    NO_VIEW = "It is none of your planned sessions. Whoever has it in their plan sees here how it stands."

    SENT_TO_YOUR_CHAT = "I have sent the answer to your own chat with me."
    OPEN_A_CHAT = "I answer that only in your own chat with me. Open it, and say it there."
    WELCOME = "**Hello.** I find times at which you and your match are both free, and book them."
    WELCOME_ALL = (
        "**Hello.** Mention me, or type /, to find a time with your mentor or mentee. Whatever concerns you I say to "
        "you alone."
    )
    ANSWERED_BELOW = "Answered below."
    PICTURE_GONE = "What stood here was shown for a day, and is gone. Type **calendars** to see both as they are now."
    WHICH_BUTTON = "I do not know what that button wants. Type **help** for what I can do."

    # --- the form -----------------------------------------------------------------------------------------------------
    FIELD_DAY = "Which day"
    FIELD_LENGTH = "Length"
    DAY_MISSING = "Choose a day."
    LENGTH_MISSING = "Choose how long it lasts."
    SHOW_TIMES = "Show times"
    TIME_MISSING = "Choose a time."

    # --- an administrator's field -------------------------------------------------------------------------------------
    PERSON_HOW = "Begin to type a name"
    PERSON_MISSING = "Choose a person."

    # --- the message extension ----------------------------------------------------------------------------------------
    MENTORING_SESSION = "**Mentoring session**"
    NONE_WITH = "You have no planned session with anybody of that name."
    SEARCH_SESSIONS = "My planned sessions"
    SEARCH_SESSIONS_FOR = "Show one of your sessions to the people you write to."
    SEARCH_NAME = "With whom"
    SEARCH_NAME_FOR = "The name of your mentor or mentee"
    BOOK_FROM_ANYWHERE = "Find a time for a session"
    BOOK_FROM_ANYWHERE_FOR = "Choose a day and a time at which both of you are free. What a message says is not read."

    # --- the app, as Teams lists it -----------------------------------------------------------------------------------
    APP_FULL_NAME = "Pairtime: mentoring sessions"
    APP_SHORT = "Book mentoring sessions at times when both of you are really free."
    APP_FULL = (
        "Pairtime finds times when you and your mentor or mentee are both free, and books one with a press: it "
        "stands in both calendars, with a meeting link. Type **book** and choose a time; type **sessions** to see "
        "what is planned, **calendars** to see when both of you are free, and **status** to see how your calendar "
        "is connected. Your matches see only whether you are free or busy, never what is in your calendar; "
        "**privacy** shows who was shown your times. Everything is said to you alone, in groups and channels too. "
        "You need an account in a mentoring programme that uses Pairtime: whoever runs it adds you. Type **help** "
        "for all you can say."
    )
