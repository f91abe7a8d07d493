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

    # --- own status ---------------------------------------------------------------------------------------------------
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

    # --- admins -------------------------------------------------------------------------------------------------------
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
    NOT_A_PERSON = "not a person's mailbox"
    CORRECT_ADDRESS = "{why} (the operator corrects the address in the people file)"
