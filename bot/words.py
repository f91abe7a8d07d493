"""Every sentence and button name, in English. Other languages are catalogues keyed by these texts.

In braces: a named field, and after a colon its form ("{when:long}"; "{count:# time|# times}" chooses by number).
`**` and `*` mark emphasis; a chat draws it in its own way and plain text leaves it out.
"""

from __future__ import annotations

from enum import UNIQUE, StrEnum, verify


@verify(UNIQUE)
class Words(StrEnum):
    """Name and English text of each."""

    # --- buttons -----------------------------------------------------------------------------------------------------
    BOOK_AT = "Book {when:time}"
    BOOK_ON = "Book {when:item}"
    ASK_FOR = "Ask for {when:item}"
    ADD_TIME = "Add {when:item}"
    SEE_BOTH_CALENDARS = "See both calendars"
    MORE = "More"
    OTHER_TIMES = "Other times"
    NEXT = "Next"
    DAY = "Day"
    WEEK = "Week"
    ASK = "Ask {name}"
    TRY_AGAIN = "Try again"
    CONTACT = "Contact"
    WHY = "Why?"
    WHY_THESE = "Why these"
    PLAIN_TIMES = "Plain times"
    SHOW_MY_FREE_TIMES = "Show my free times"
    USE_MINUTES = "Use {minutes} min"
    FROM_TIME = "From {time}"
    UNTIL_TIME = "Until {time}"
    LOOK_AHEAD = "Look {far} ahead"
    WEEKS = "{weeks:# week|# weeks}"
    DAYS = "{days:# day|# days}"
    MINUTES_LONG = "Take {minutes} min"
    INCLUDE_IT = "Include it"
    INCLUDE_DAY = "Include {day}"
    LOOKS_GOOD = "Looks good"
    CANNOT_MAKE_IT = "Cannot make it"
    FIND_TIMES = "Find times"
    FIND_ANOTHER_TIME = "Find another time"
    OFFER_OTHER_TIMES = "Offer other times"
    NOT_NOW = "Not now"
    NO_MORE_FROM = "No more from this person"
    NOT_THIS_ONE = "Not this one"
    SEND = "Send"
    START_AGAIN = "Start again"
    PLANNED_SESSIONS = "Planned sessions"
    PAST_SESSIONS = "Past sessions"
    HELP = "Help"
    YES = "Yes"
    YES_THAT = "Yes, {what}"
    MATCH_NAMED = "{name} ({programme})"

    # --- times -------------------------------------------------------------------------------------------------------
    TIMES_FOR = "**Times for you and {partner}**, {minutes} min."
    TIMES_FOR_IN = "**Times for you and {partner}**, {minutes} min, {conference}."
    ONE_ZONE = "{city} time."
    CITY_TIME = "{when:city} time"
    TWO_ZONES = "{city} time ({other} in brackets)."
    CHECKED = "Checked {at:time}. Each of you sees only free or busy."
    BY_REQUEST = "{partner} approves sessions first: press one and I ask."
    HOLIDAY_LEFT_OUT = "{day} is left out ({name})."
    LENGTHS_ARE = "Sessions of *{programme}* last {lengths:or} min, not {minutes}."
    I_READ = "I read:"
    AND_MORE = "{count} more"
    MINUTES = "{minutes} min"
    WHY_THESE_ARE = "{reasons:upper}."
    WHY_THESE_TURN = "{reasons:upper}; {turn}."
    WHY_SOONEST = "the soonest both are free"
    WHY_SPREAD = "spread over days"
    WHY_ANOTHER_WEEK = "one in another week"
    WHY_PREFERRED = "in the preferred hours"
    TURN_EARLY_YOU = "last time was early for you, so later ones come first"
    TURN_LATE_YOU = "last time was late for you, so earlier ones come first"
    TURN_EARLY_THEM = "last time was early for {partner}, so it is your turn"
    TURN_LATE_THEM = "last time was late for {partner}, so it is your turn"
    TURN_OFTEN_EARLY_YOU = "lately it was early for you more often, so later ones come first"
    TURN_OFTEN_LATE_YOU = "lately it was late for you more often, so earlier ones come first"
    TURN_OFTEN_EARLY_THEM = "lately it was early for {partner} more often, so it is your turn"
    TURN_OFTEN_LATE_THEM = "lately it was late for {partner} more often, so it is your turn"
    NO_COMMON_TIME = "Nothing fits both of you in the next {days:# day|# days}."
    NO_OWN_TIME = "You have no free time in the next {days:# day|# days}."
    NOTHING_THEN = "Nothing fits both of you then."
    NO_MORE_TIMES = "Those were all; there are no other times."
    ALL_PAST = "That has passed. Please name a time that is still to come."
    ALL_TOO_FAR = "That is too far ahead: sessions can be booked {days:# day|# days} ahead."
    ALL_OUTSIDE_PROGRAMME = "That is outside the dates of your programme *{programme}*."
    NO_COMMON_HOURS = "Your working hours and {partner}'s have no time in common, so nothing can fit."
    SHORTER_HELPS = "**{minutes} min instead of {usual}: {count:# time|# times}.**"
    FROM_HELPS = "From {time} your time: {count:# time|# times}."
    UNTIL_HELPS = "Until {time} your time: {count:# time|# times}."
    FURTHER_HELPS = "Looking {far} ahead: {count:# time|# times}."
    WHY_COUNTS = "Of {count:# start|# starts} I looked at: {reasons:comma}."
    WHY_NOTHING_ASKED = "None of the times asked for is long enough."
    COUNT_PAST = "{count} past"
    COUNT_NOTICE = "{count} too soon for the programme's notice"
    COUNT_HORIZON = "{count} too far ahead"
    COUNT_PROGRAMME = "{count} outside the programme's dates"
    COUNT_PAUSED = "{count} in your pause"
    COUNT_HOLIDAY = "{count} on your holidays"
    COUNT_HOURS = "{count} outside your hours"
    COUNT_HELD = "{count} in your other sessions"
    COUNT_BUSY = "{count} when you are busy"
    COUNT_NOT_BOTH = "{count} not free for both"
    COUNT_UNKNOWN = "{count} not known"
    MORE_OF_WHAT = "What would you like to change?"

    # --- both calendars ----------------------------------------------------------------------------------------------
    CALENDAR_DAY = "**{day}**."
    CALENDAR_HEADING = "**{day}**,"
    YOU = "You: {parts:comma}."
    THEY = "{partner}: {parts:comma}."
    BUSY = "busy {times:comma}"
    FREE = "free {times:comma}"
    UNKNOWN = "unknown {times:comma}"
    OTHERWISE_FREE = "otherwise free {times:comma}"
    OTHERWISE_NOT_FREE = "otherwise not free"
    NOT_FREE_AT_ALL = "not free"
    NO_HOURS = "no working hours"
    NO_ANSWER = "unknown, the calendar did not answer"
    BOTH_FREE = "**Both free: {times:comma}.**"
    PICTURE_YOU = "You"
    PICTURE_BOTH = "Both free"
    NEVER_BOTH_FREE = "**Both free: never.**"

    # --- the pair matrix ---------------------------------------------------------------------------------------------
    PARTNER_NOT_CONNECTED = (
        "{partner} has not connected a calendar, so I can see only **your** free times. "
        "I can ask {partner} to pick one of three."
    )
    YOU_NOT_CONNECTED = "You have not connected a calendar. I can ask {partner} to offer times."
    NOBODY_CONNECTED = "Neither calendar is connected, so these are plain times; I do not know who is free."
    NOT_MATCHED = (
        "You are not matched with *{typed}*, so I show no free or busy times. "
        "I can pass on a request with plain times if they are in your programme."
    )
    WITH_WHOM = "You have {count:# match|# matches}. With whom?"

    # --- sessions ----------------------------------------------------------------------------------------------------
    BOOKED = "**Booked.** {when:long}{when:theirs}, with {partner}."
    BOOKED_LINK_LATE = "The meeting link is not ready yet; I will post it here within a few minutes."
    JOIN = "Join: {url}"
    JOIN_YOURS = "Join: {url}. It is in both calendars; you are the organizer."
    JOIN_THEIRS = "Join: {url}. It is in both calendars; {partner} is the organizer."
    JOIN_THEY_INVITED = "Join: {url}. It is in your calendar; {partner} is invited."
    JOIN_YOU_INVITED = "Join: {url}. It is in the calendar of {partner}; you are invited."
    IN_BOTH_YOURS = "It is in both calendars; you are the organizer."
    IN_BOTH_THEIRS = "It is in both calendars; {partner} is the organizer."
    THEY_INVITED = "It is in your calendar; {partner} is invited."
    YOU_INVITED = "It is in the calendar of {partner}; you are invited."
    REMINDERS_TWO = "Reminders: the day before and 15 min before."
    REMINDERS_ONE = "Reminder: 15 min before."
    STILL_BOOKING = (
        "{when:long}{when:theirs} with {partner} is reserved, but the calendar has not confirmed it yet. "
        "I keep trying and tell you here; nobody else can take that time."
    )
    STILL_CHECKING = "Still checking both calendars..."
    BOOKED_WITH_YOU = (
        "**{partner}** booked a session with you: **{when:long}**{when:theirs_start}. The link is in your calendar."
    )
    BOOKED_WITH_YOU_LINK_LATE = (
        "**{partner}** booked a session with you: **{when:long}**{when:theirs_start}. "
        "The meeting link comes within a few minutes."
    )
    BOOKING_FAILED = "**Not booked:** {when:short}{when:theirs_start} with {partner}. {why} Nothing is in any calendar."
    FAILED_TAKEN = "The time was taken meanwhile."
    FAILED_REFUSED = "The calendar refused it."
    FAILED_SILENT = "The calendar did not answer for too long."
    LINK_READY = "The meeting link for {when:short}{when:theirs_start} with {partner} is ready."
    PICKED = "**{partner}** picked **{when:long}**{when:theirs}: it is booked."
    LINK_MISSING = (
        "There is no meeting link yet for {when:short}{when:theirs_start} with {partner}. I keep trying; "
        "if it does not come, please agree with {partner} how to meet."
    )
    DECLINED_BY = "{partner} cannot make **{when:short}**{when:theirs_start}. It is not cancelled yet."
    TOMORROW = "Tomorrow: **{when:long}**{when:theirs_start} with {partner}."
    IN_MINUTES = "In {minutes:# minute|# minutes}: your session with {partner}."
    ACCEPTED = "Accepted: **{when:short}**{when:theirs_start} with {partner}."
    DECLINED = (
        "Noted: you cannot make **{when:short}**{when:theirs_start}. {partner} was told; it is not cancelled yet."
    )
    YOUR_SESSIONS = "**Your sessions**, {zone}"
    YOUR_PAST_SESSIONS = "**Your past sessions**, {zone}"
    SESSION_WITH = "{when:item}{when:theirs_start}, with {partner}"
    SESSION_NEEDS_TIME = "{when:item}{when:theirs_start}, with {partner} (needs a new time)"
    NO_SESSIONS = "You have no sessions planned."
    NO_PAST_SESSIONS = "You have no past sessions."

    # --- requests ----------------------------------------------------------------------------------------------------
    WOULD_LIKE = "**{partner}** would like {minutes} min with you."
    WOULD_LIKE_YOU_OFFER = (
        "**{partner}** would like {minutes} min with you, but cannot see when you are free. "
        "Nothing of your calendar is shown unless you choose times to offer."
    )
    STRANGER_WOULD_LIKE = (
        "**{partner}** of your programme, with whom you are not matched, would like {minutes} min with you. "
        "These are plain times: no calendar was looked at."
    )
    WOULD_LIKE_NO_TIME = (
        "**{partner}** would like {minutes} min with you, but I found no time that fits both. You can offer some."
    )
    OFFERS_INSTEAD = "**{partner}** offers other times, {minutes} min."
    TIMES_BOTH_FREE = "Times when you are both free:"
    TIMES_FREE = "Times when {partner} is free:"
    TIMES_PLAIN = "Plain times; I do not know who is free:"
    PRESS_TO_BOOK = "Press one to book it."
    PRESS_TO_AGREE = "Press one to agree to it."
    CHOOSE_UP_TO = "Choose up to three to offer {partner}, {minutes} min."
    PLAIN_TIMES_ARE = "**Plain times**, {minutes} min. I do not know who is free. Press one to send it as a request."
    CHOSEN = "Chosen: {times}."
    PLAIN_ITEM = "{when:item}"
    LATER_TIMES = "I found no other time in the next {days:# day|# days}, so these are later."
    ASKED = "Asked {partner}: {times:or} ({zone}). Nothing is booked until {partner} picks one."
    ASKED_TO_OFFER = "Asked {partner} to offer times. I tell you here when they come."
    OFFERED = "Offered {partner}: {times:or} ({zone}). Nothing is booked until {partner} picks one."
    PLAIN_SENT = "Your request for *{typed}* is on its way if they are in your programme. Nothing is booked yet."
    AGREED = "Agreed: **{when:long}**{when:theirs} with {partner}. Neither calendar is connected, so please enter it."
    AGREED_STRANGER = "Agreed: **{when:long}** with {partner}. It is in no calendar yet, so please enter it."
    DECLINED_REQUEST = "All right, not now. {partner} was told."
    DECLINED_QUIETLY = "All right, not now. Nobody is told."
    NO_MORE = "All right: no more requests from this person reach you. They are not told."
    REQUEST_DECLINED = "{partner} cannot do a session now. You can ask again later."
    NO_TIMES_TO_OFFER = "There is no time I could offer. Say it to {partner} directly, or try again later."

    # --- who sees what -----------------------------------------------------------------------------------------------
    NOBODY_SAW = "In the last 90 days nobody was shown your free times."
    LAST_DAYS = "Last 90 days:"
    WAS_SHOWN = "**{viewer}** (your {role}) was shown your free times on {days:# day|# days}, for {first} - {last}"
    WAS_SHOWN_BY_ITSELF = (
        "**{viewer}** (your {role}) was shown your free times on {days:# day|# days}, for {first} - {last}, "
        "in an automatic offer"
    )
    NOBODY_ELSE = "Nobody else was."
    ADMINS_SEE = "Admins can see: connected or not and why, and sessions. Never: your free times."
    MENTOR = "mentor"
    MENTEE = "mentee"
    ADMIN = "admin"

    # --- own status --------------------------------------------------------------------------------------------------
    STATUS_WORKING = "Calendar: **{kind}**, working."
    STATUS_CHECKED = "Calendar: **{kind}**, working, checked {at}."
    STATUS_BROKEN = "Calendar: **{kind}**, not working: {why}."
    STATUS_NONE = "Calendar: not connected ({why})."
    STATUS_HOURS = "{hours} {city}."
    CITY = "{at:city}"
    STATUS_RULES = "*{programme}*: {buffer} min around sessions, {notice}."
    STATUS_NEXT = "Next: {when:item} with {partner}."
    STATUS_NO_NEXT = "Nothing is planned."
    STATUS_MATCH = "Matched with {partner} (*{programme}*)."
    PAUSED_UNTIL = "Paused until {day}."
    HOURS_NOTICE = "{hours:# hour's|# hours'} notice"
    DAYS_NOTICE = "{days:# day's|# days'} notice"
    MINUTES_NOTICE = "{minutes:# minute's|# minutes'} notice"

    # --- admins ------------------------------------------------------------------------------------------------------
    PEOPLE_WORKING = (
        "**{programme}**: {people:# person|# people}, {working} working ({kinds:comma}). **Not working: {broken}.**"
    )
    PEOPLE_NONE_WORKING = "**{programme}**: {people:# person|# people}, none working. **Not working: {broken}.**"
    KIND_COUNT = "{kind} {count}"
    PERSON_NEVER = "{name}, {role}: *not connected*, {why}; {reach}"
    PERSON_BROKEN = "{name}, {role}: {kind}, {why}; {reach}"
    WHY_SINCE = "{why} {day:day}"
    IT_MUST_REPAIR = "{why} (IT must repair)"
    REACHABLE_IN = "reachable in {chat}"
    NOT_REACHABLE = "app not installed"
    SHOWING = "Showing {last} of {count}"
    SHOWING_FROM = "Showing {first} to {last} of {count}"
    MISSING_SIDES = "{count:# match has|# matches have} one side missing"
    WOULD_COMPLETE = "a domain-wide {suite} connection would complete {count} of them"
    ALL_WORK = "Everybody's calendar works."
    NEVER_CONNECTED = "never connected"
    ACCESS_WITHDRAWN = "access withdrawn"
    NO_MAILBOX = "no cloud mailbox"
    NOT_COVERED = "not covered by the domain's consent"
    ADMIN_CONSENT_MISSING = "an administrator must approve first"
    OPTED_OUT = "opted out"
    NOT_ANSWERING = "the calendar does not answer"

    # --- matches and help --------------------------------------------------------------------------------------------
    MATCHED_WITH = (
        "You are matched with **{partner}** (*{programme}*), who can see when you are free, and you when they are."
    )
    OPEN_TO_BOTH = "Both of you see only free or busy."
    CONTACT_IS = "For questions about *{programme}*, ask {contact}."
    CONTACT_OPERATOR = "For questions, ask {contact}."
    NO_CONTACT = "Nobody is named as contact. Ask whoever invited you to the programme."
    NOT_THIS_MATCH = (
        "If you should not be matched with {partner}, tell your programme's contact, who can end the match."
    )
    YOU_CAN_SAY = "You can say:"
    DID_NOT_UNDERSTAND = (
        "I did not understand *{text}*. You can say: {words:comma}; "
        "or in your words: *book with my mentor next Friday morning*."
    )
    WORD = "**{word}**"
    HELP_BOOK = "times that fit you and your match; add a name, a day, a time or a length"
    HELP_CALENDARS = "when you and your match are free, side by side"
    HELP_SESSIONS = "your planned sessions"
    HELP_PAST_SESSIONS = "those of the last 90 days"
    HELP_STATUS = "your calendar, and what is next"
    HELP_PRIVACY = "who was shown your free times"
    HELP_ADMIN = "for programme admins: whose calendar does not work, and why"
    HELP_CONTACT = "whom you can ask"
    HELP_HELP = "this list"
    UNREAD = "I did not understand “{text}”."
    MEANT_WHICH = "Which do you mean by “{text}”?"
    MEANT_WHICH_TIME = "Which of these do you mean?"
    MEANT_NO_DATE = "There is no such date as “{text}”."
    MEANT_NO_TIME = "There is no such time as “{text}” on that day."
    MEANT_PAST = "I can only look ahead, and “{text}” has passed."
    MEANT_CONTRADICTION = "I cannot make one time of “{text}”: it contradicts itself."
    MEANT_LENGTH = "I cannot read the length of a session from “{text}”."
    MEANT_VAGUE = "There are several ways to read “{text}”."
    MEANT_TOO_LONG = "That is too long for me to read."
    MEANT_TOO_MANY = "Those are more separate times than I can look for at once."
    READING = "{windows:or}"
    WINDOW = "{when:window}"
    SAY_IT_AGAIN = "Please say when in other words, for example “next Friday morning” or “27 Nov 15:00”."
    NO_NUMBER = "There is no list that {number} could answer. Lists can be answered by number for 15 minutes."
    NUMBER_OUT_OF_RANGE = "The list ends at {last}; {number} is not on it."
    STILL_THAT_LIST = "Something came in between. Do you mean {number} of the list before it?"
    STILL_THAT_ONE = "Something came in between. Do you mean {number}, {what}?"

    # --- refusals ----------------------------------------------------------------------------------------------------
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
    PROGRAMME_ENDED = "Your programme *{programme}* ended on {day}, so new sessions are closed."
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
