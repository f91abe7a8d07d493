"""Sentences that say why something was not done."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class RefusalWords(Text):
    """Name and English text of each."""

    # --- refusals -----------------------------------------------------------------------------------------------------
    UNKNOWN_PERSON = (
        "This chat account is not linked to anybody in a programme. Ask whoever runs your programme to add you."
    )
    NO_MATCHES = (
        "You are not matched with anybody, so there are no times I could look up. "
        "You can name somebody: “book with” and the name."
    )
    NO_SUCH_MATCH = "None of your matches is your {role}."
    NOT_OPEN_YET = "{partner} has not been told of your match yet, so I show no times. You can book from {at} on."
    JUST_TAKEN = "**{when:weekday} {when:time} was just taken**; nothing was booked."
    NEAREST = "Nearest that fit both:"
    THAT_IS_PAST = "{when:item} has passed; nothing was booked."
    NOTICE_IS = "The programme asks for {notice}; the first time you can book is {at}."
    NOTICE_TOO_SHORT = "The programme asks for more notice than that; nothing was booked."
    BEYOND_HORIZON = "{when:item} is further ahead than the programme lets anybody book. Nothing was booked."
    OUTSIDE_PROGRAMME = "{when:item} is outside the programme's dates; nothing was booked."
    IS_HOLIDAY = "{when:item} is a holiday of yours; nothing was booked."
    OUTSIDE_HOURS = "{when:item} is outside your working hours; nothing was booked."
    NOT_FREE = "{when:item} is not free for both; nothing was booked."
    NOT_KNOWN = "For {when:item} I do not know whether both are free, so nothing was booked."
    CANNOT_SEE_THEIRS = "I cannot see {partner}'s calendar right now, so I do not know if {partner} is free."
    CANNOT_SEE_YOURS = "I cannot see your calendar right now, so I do not know if you are free."
    CANNOT_SEE_EITHER = "I cannot see both calendars right now, so I do not know who is free."
    PROGRAMME_ENDED = "Your programme *{programme}* ended on {day:date}, so new sessions are closed."
    PROGRAMME_STARTS = "Your programme *{programme}* starts on {day}; sessions can be booked from then on."
    PROGRAMME_CLOSED = "Your programme *{programme}* is closed, so no sessions can be booked."
    YOU_ARE_PAUSED = "You take no sessions until {day}."
    NEEDS_ADMIN = "That needs the programme-admin role."
    LOOKUPS_USED_UP = (
        "You have looked {limit:# time|# times} today, which is the day's limit for one match. "
        "Tomorrow you can look again."
    )
    REQUESTS_USED_UP = (
        "You have sent {limit:# request|# requests} this week to people you are not matched with, which is the limit."
    )
    REQUEST_CLOSED = "That request is closed: it was answered or replaced meanwhile. Nothing was changed."
    REQUEST_IS_OPEN = "{partner} has asked you already and waits for your answer. One open request at a time."
    OLD_BUTTON = "That button leads nowhere any more; nothing was changed. Please ask again."
    SESSION_GONE = "I find no such session of yours. It may have been cancelled or moved."
    APPROVAL_NEEDED = "Your programme wants {partner} to approve sessions first, so nothing was booked."
    YOURS_REFUSED = "Your calendar takes no entry from me, so nothing was booked. Your contact can look into it."
    THEIRS_REFUSED = "{partner}'s calendar takes no entry from me, so nothing was booked. A contact can look into it."
    CALENDAR_REFUSED = "The calendar refused that. Nothing was changed; your contact can look into it."
    CALENDAR_AWAY = (
        "The calendar does not answer properly right now. I do not know what is free, so nothing was changed."
    )
    CONSENT_GONE = (
        "I was let into that calendar no longer ({why}). Until it is connected again I cannot see who is free."
    )
    TOO_SLOW = "That takes too long, and I do not know if it was done. Look at your sessions before you try again."
    STORE_AWAY = "I cannot reach my own memory right now. Look at your sessions before you try again."
    NOTHING_DONE = "That is not possible now; nothing was changed."
