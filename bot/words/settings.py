"""Sentences about what people set for themselves."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class SettingsWords(Text):
    """Name and English text of each."""

    # --- all of it ----------------------------------------------------------------------------------------------------
    YOUR_SETTINGS = "**Your settings.** Type the words behind each to change it."
    SETTING_HOURS = "Working hours: {hours} ({whence}). *hours Mon-Fri 9-17*"
    SETTING_NO_HOURS = "Working hours: none ({whence}). *hours Mon-Fri 9-17*"
    SETTING_ZONE = "Zone: {city} ({whence}). *zone Berlin*"
    SETTING_TRIP = "Away: {trips}. *no travel*"
    SETTING_NO_TRIP = "Away: no days are planned. *travel Tokyo 3-10 Dec*"
    SETTING_PAUSE = "Pause: until {day}. *resume*"
    SETTING_NO_PAUSE = "Pause: none. *pause until 1 Dec*"
    SETTING_ROOM = "Standing room: {address}. *room off*"
    SETTING_NO_ROOM = "Standing room: none. *room https://...*"
    SETTING_PRIVATE = "Your sessions' calendar entries: marked private. *private events off*"
    SETTING_NOT_PRIVATE = "Your sessions' calendar entries: as your calendar usually shows them. *private events on*"
    SETTING_COUNTED = "Calendars that count: {count:your main one|your main one and others}. *my calendars*"
    FROM_IMPORT = "from your programme"
    FROM_CHAT = "from your chat"
    FROM_CALENDAR = "from your calendar"
    FROM_PERSON = "as you said"
    TRIP = "{city}, {first} - {last}"
    SETTINGS = "Settings"

    # --- pause --------------------------------------------------------------------------------------------------------
    PAUSED = "**Paused until {day:long}.** Nobody is offered times with you before that day. Planned sessions stay."
    PAUSE_UNTIL_WHEN = "Until when? Say for example *pause until 1 Dec* or *pause for two weeks*."
    PAUSE_WHICH_DAY = "Which day do you mean by “{text}”?"
    PAUSE_UNREAD = "I understand “{text}” as no day ahead, so nothing was paused. Say for example *pause until 1 Dec*."
    PAUSE_PAST = "{day} is not ahead, so nothing was paused. Say for example *pause until 1 Dec*."
    PAUSE_TOO_LONG = "A pause lasts a year at most, so nothing was paused."
    UNTIL_DAY = "Until {day}"
    RESUMED = "**You take sessions again.** Your times can be offered from now on."
    NOT_PAUSED = "You are not paused: your times can be offered."
    RESUME = "Resume"

    # --- hours and zone -----------------------------------------------------------------------------------------------
    HOURS_SET = "**Working hours: {hours}**, {city} time. Sessions are offered within them."
    NO_HOURS_SET = "**No working hours.** Nobody is offered times with you until you set some."
    HOURS_ARE = "Your working hours are {hours}, {city} time ({whence})."
    HOURS_NONE = "You have no working hours ({whence})."
    HOURS_HOW = (
        "Say for example *hours Mon-Fri 9-17*, *hours Mon-Thu 9-12, 13-17; Fri 9-13*, or *hours from my calendar*."
    )
    HOURS_UNREAD = "I did not understand “{text}” as working hours, so nothing was changed."
    HOURS_FROM_CALENDAR = "Take them from my calendar"
    HOURS_NOT_THERE = (
        "Your calendar does not tell me your working hours, so nothing was changed. You can say them instead."
    )
    ZONE_SET = "**Your zone is {city}.** All times are shown, and your hours counted, by its clock."
    ZONE_IS = "Your zone is {city} ({whence})."
    ZONE_HOW = "Say for example *zone Berlin*; for some days only, *travel Tokyo 3-10 Dec*."
    ZONE_UNREAD = "I know no place called “{text}” with a zone of its own, so nothing was changed."
    TRIP_OVER = "Your days in {city} end with that."
    ASK_ZONE = "Your chat says {theirs}, and here your zone is {city}. Which one is right?"
    USE_ZONE = "Use {city}"
    STAY_WITH_ZONE = "Stay with {city}"

    # --- travel -------------------------------------------------------------------------------------------------------
    TRAVEL_SET = (
        "**{city}, {first} - {last}.** On these days your hours, all times shown to you and reminders "
        "go by the clock there."
    )
    TRIP_REPLACED = "It takes the place of {trips}."
    TRAVEL_WHERE = "Where, and on which days? Say for example *travel Tokyo 3-10 Dec*."
    TRAVEL_WHEN = "On which days are you in {city}? Say for example *travel Tokyo 3-10 Dec*."
    TRAVEL_UNREAD = "I know no place at the beginning of “{text}” with a zone of its own, so nothing was changed."
    TRAVEL_PAST = "Those days have passed, so nothing was changed."
    TRAVEL_TOO_LONG = "Those are more days than a trip can have here. If you move, say *zone* and the place."
    TRAVEL_TOO_MANY = "That is one trip more than I can remember. Say *no travel* to forget the others."
    TRAVEL_IS = "Away: {trips}."
    TRIPS_FORGOTTEN = "**No trips any more.** Everything goes by the clock of {city}."
    NO_TRIPS = "No trip is planned; everything goes by the clock of {city}."
    FORGET_TRIPS = "Forget trips"

    # --- calendars that count -----------------------------------------------------------------------------------------
    COUNTED_ARE = "Your main calendar always counts. Press another of your own to have it count, or not:"
    COUNTS = "{name}: counts"
    COUNTS_NOT = "{name}: does not count"
    OUTLOOK_MAIN_ONLY = (
        "In Outlook your main calendar counts, and no other: that is all Microsoft tells of free and busy."
    )
    ONLY_MAIN = "Your main calendar counts. I find no other calendar of your own."
    CALENDARS_NOT_ALLOWED = (
        "Your main calendar counts. I may not see which others you have: that needs a permission that was not given."
    )
    CALENDAR_COUNTS = "**{name} counts now**: when you are busy there, you are busy."
    CALENDAR_COUNTS_NOT = "**{name} counts no more.**"
    TOO_MANY_CALENDARS = "{limit} other calendars can count, and so many do. Nothing was changed."
    NOT_YOUR_CALENDAR = "I find no such calendar among your own, so nothing was changed."
    NO_CALENDAR = "No calendar of yours is connected, so none counts."

    CALENDARS = "Calendars"

    # --- room and privacy of events -----------------------------------------------------------------------------------
    ROOM_SET = "**Standing room: {address}.** It is used where no link can be made for a session."
    ROOM_IS = "Your standing room is {address}. It is used where no link can be made for a session."
    NO_ROOM = "You have no standing room. Say *room* and its https address; it is used where no link can be made."
    ROOM_FORGOTTEN = "**No standing room any more.** Sessions that have its address keep it."
    ROOM_REFUSED = "That is no https address of a room that others could open, so nothing was changed."
    PRIVATE_ON = (
        "**From now on new sessions are marked private in the calendar.** Others see there only that you are busy."
    )
    PRIVATE_OFF = (
        "**From now on new sessions are shown as your calendar usually shows them.** Their title says no more."
    )

    # --- opting out ---------------------------------------------------------------------------------------------------
    NOT_USED = (
        "**Your calendar is not used any more.** I ask it nothing; to others it is not connected, and nobody but the "
        "administrators of your programme learns that you said so."
    )
    NOT_USED_SESSIONS = (
        "Your {count:planned session stays|# planned sessions stay} in your calendar; changes there do not reach me."
    )
    NOT_USED_ALREADY = "Your calendar is not used: you said so before."
    USED_AGAIN = "**Your calendar may be used again.** I am trying it now; say *status* in a minute to see how it went."
    USED_CONNECT = (
        "**Your calendar may be used again.** Nothing connects it yet; your programme's contact knows what can."
    )
    USED_ALREADY = "Your calendar is used, as you want."
    USE_MY_CALENDAR = "Use my calendar"

    # --- help ---------------------------------------------------------------------------------------------------------
    HELP_SETTINGS = "your hours, zone, trips, calendars that count, room: all you can set, with the words for it"
    HELP_PAUSE = "no sessions before that day; *resume* ends it"
    HELP_RESUME = "end the pause"
    HELP_HOURS = "your working hours; or *hours from my calendar*"
    HELP_ZONE = "the zone you live in"
    HELP_TRAVEL = "another zone for some days; *no travel* forgets it"
    HELP_NO_TRAVEL = "forget the trips you planned"
    HELP_CALENDARS_COUNTED = "which of your own calendars count"
    HELP_ROOM = "a standing room, used where no link can be made"
    HELP_PRIVATE = "mark your sessions private in the calendar; or off"
    HELP_DO_NOT_USE = "I ask it nothing; *use my calendar* takes that back"
    HELP_USE = "the opposite of that"
