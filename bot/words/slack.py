"""What only Slack says: questions before a press counts, the booking form, and the app's Home."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class SlackWords(Text):
    """Name and English text of each."""

    # --- before a press counts ----------------------------------------------------------------------------------------
    SURE = "Are you sure?"
    SURE_ABOUT = "{button}: this counts at once, and cannot be taken back here."
    NO_GO_BACK = "No, go back"

    # --- the form -----------------------------------------------------------------------------------------------------
    CHOOSE_A_DAY = "Choose a day"
    FORM_TITLE = "Book a session"
    FORM_LOOKING = "I am looking at the calendars ..."
    FORM_TIME = "Time"
    FORM_CHOOSE_TIME = "Choose a time"
    FORM_SLOT = "{when:time}{when:theirs_start}"
    FORM_SLOT_ALONE = "{when:time}"
    FORM_BOOK = "Book"
    FORM_ASK = "Ask"
    FORM_CLOSE = "Close"
    FORM_NEXT_DAY = "Next day"
    FORM_BOOKING = "I look again at the calendars, and book ..."
    FORM_EXPIRED = "The form could not be opened in time; nothing was booked. Press to open it again."
    FORM_FAILED = "That did not work; nothing is known to be booked. Type **sessions** to see what is planned."
    FORM_NOT_BOOKED = "I could not find out who asks, so nothing was booked. Close this, and try again in a minute."
    OPEN_FORM = "Open form"

    # --- other windows ------------------------------------------------------------------------------------------------
    WINDOW_TITLE = "Pairtime"
    WINDOW_WAITING = "One moment ..."

    # --- the Home -----------------------------------------------------------------------------------------------------
    HOME_SESSIONS = "Sessions"
    HOME_CALENDAR = "Your calendar"
    HOME_PEOPLE = "Calendar integration"
    HOME_PERSON = "Find a person"
    HOME_PERSON_HOW = "A name, then Enter"
    HOME_SETTINGS = "To change one, write the words behind it in Messages."
    HOME_SHOW = "Show"
    HOME_ALL = "All who haven't integrated"
    HOME_HEALTH = "How connections stand"
    JOIN_WITH = "Join {when:short} with {partner}"
