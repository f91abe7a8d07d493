"""Sentences about who sees what, how one is connected, and what admins ask."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class ReportWords(Text):
    """Name and English text of each."""

    # --- who sees what ------------------------------------------------------------------------------------------------
    NOBODY_SAW = "In the last 90 days nobody was shown your free times."
    LAST_DAYS = "Last 90 days:"
    WAS_SHOWN = (
        "**{viewer}** (your {role}) was shown your free times on {days:# day|# days}, for {first:date} - {last:date}"
    )
    WAS_SHOWN_BY_ITSELF = (
        "**{viewer}** (your {role}) was shown your free times on {days:# day|# days}, for {first:date} - {last:date}, "
        "in an automatic offer"
    )
    NOBODY_ELSE = "Nobody else was."
    ADMINS_SEE = (
        "Admins can see: connected or not and why; sessions planned, held, cancelled, moved, missed. "
        "Never: your free times, agenda, notes, own ratings."
    )
    ADMINS_SEE_GROUPS = (
        "Admins can see figures of five or more people together, and nothing about you alone. "
        "Never: anybody's free times, agenda, notes, own ratings."
    )
    MENTOR = "mentor"
    MENTEE = "mentee"
    ADMIN = "admin"

    # --- own status ---------------------------------------------------------------------------------------------------
    STATUS_WORKING = "Calendar: **{kind}**, working."
    STATUS_CHECKED = "Calendar: **{kind}**, working, checked {at}."
    STATUS_BROKEN = "Calendar: **{kind}**, not working: {why}."
    STATUS_NONE = "Calendar: not connected ({why})."
    STATUS_CHECKED_TODAY = "Calendar: **{kind}**, working, checked {at:time}."
    STATUS_OPTED_OUT = "Calendar: not used, as you said."
    STATUS_HOURS = "{hours} {city}."
    STATUS_NO_HOURS = "No working hours."
    STATUS_AWAY = "{city}, {first} - {last}."
    STATUS_RULES = "{buffer} min around sessions, {notice}."
    STATUS_RULES_OF = "*{programme}*: {buffer} min around sessions, {notice}."
    STATUS_NEXT = "Next: {when:item} with {partner}."
    STATUS_NEXT_NEEDS_TIME = "Next: {when:item} with {partner} (needs a new time)."
    STATUS_NO_NEXT = "Nothing is planned."
    STATUS_MONTH = "This month: {held} held, {planned} planned."
    SHORT_HOURS_NOTICE = "{hours} h notice"
    SHORT_MINUTES_NOTICE = "{minutes} min notice"
    PAUSED_UNTIL = "Paused until {day}."
    HOURS_NOTICE = "{hours:# hour's|# hours'} notice"
    DAYS_NOTICE = "{days:# day's|# days'} notice"
    MINUTES_NOTICE = "{minutes:# minute's|# minutes'} notice"

    # --- admins -------------------------------------------------------------------------------------------------------
    SENT_PRIVATELY = "I sent this to you privately, because it names people."
    PEOPLE_WORKING = (
        "**{programme}**: {people:# person|# people}, {working} working ({kinds:comma}). **Not working: {broken}.**"
    )
    PEOPLE_NONE_WORKING = "**{programme}**: {people:# person|# people}, none working. **Not working: {broken}.**"
    GROUP_PEOPLE = "**{programme}**: {people:# person|# people}."
    GROUP_WORKING = "Working: {working}. **Not working: {broken}.**"
    GROUP_KINDS = "Of those that work: {kinds:comma}."
    GROUP_MATCHES = "{count:# match has|# matches have} one side not connected."
    GROUPS_ONLY = "Your organisation shows its administrators figures of five or more together, and nobody by name."
    KIND_COUNT = "{kind} {count}"
    PERSON_NEVER = "{name}, {role}: *not connected*, {why}; {reach}"
    PERSON_BROKEN = "{name}, {role}: {kind}, {why}; {reach}"
    WHY_SINCE = "{why} {day:date}"
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
    NOT_A_PERSON = "not a person's mailbox"
    CORRECT_ADDRESS = "{why} (the operator corrects the address in the people file)"
