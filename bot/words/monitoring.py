"""Sentences about connections that break, end, and are repaired."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class HealthWords(Text):
    """Name and English text of each."""

    # --- to the person whose connection it is -------------------------------------------------------------------------
    YOURS_WORKS = "Your {suite} connection works again: I can see when you are free."
    TOMORROW_AGAIN = "Tomorrow"
    STOP_ASKING = "Stop asking"
    ASKED_TOMORROW = "All right, I ask again tomorrow."
    ASKED_NO_MORE = "All right, I do not ask again. Until you reconnect, others are asked to confirm with you."
    NOTHING_BROKEN = "Nothing of yours is broken, so there is nothing to ask about."

    # --- to admins ----------------------------------------------------------------------------------------------------
    HELP_HEALTH = "for admins: how calendars are reached"
    HELP_PERSON = "for admins: how that person's is connected"
    HEALTH = "Health"
    WHO_HASNT = "Who hasn't integrated"
    GOOGLE_DOMAIN = "Google domain"
    GOOGLE_DOMAIN_NAMED = "Google domain {domain}"
    MICROSOFT_DOMAIN = "Microsoft domain"
    MICROSOFT_FREE_BUSY = "Microsoft domain, Free/Busy Only"
    GOOGLE_SIGN_IN = "Google sign-in"
    MICROSOFT_SIGN_IN = "Microsoft sign-in"
    ORGANISATION = "**{organisation}**:"
    DOMAIN_WORKS = "{domain}: working, checked {at:time}."
    DOMAIN_WORKED = "{domain}: working, checked {at}."
    DOMAIN_ENDS = "{domain}: working; **secret ends in {days:# day|# days}**."
    DOMAIN_ENDED = "{domain}: **its secret ends today**."
    DOMAIN_BROKEN = "{domain}: **not working** since {day:day}: {why}. {who}"
    DOMAIN_UNTRIED = "{domain}: nobody was tried yet."
    NO_DOMAIN = "No domain is connected; people connect their own calendars."
    MAIL_WORKS = "Mail: working."
    MAIL_BROKEN = "Mail: **not working**; whoever runs this installation can look into it."
    KEYS_UNWELL = "Encryption keys: **something does not open**; whoever runs this installation can look into it."
    ADDRESS_UNWELL = "Public address: **it does not answer**; whoever runs this installation can look into it."
    CLOCK_UNWELL = "Clock: **wrong**; whoever runs this installation can look into it."
    RECORDS_UNWELL = (
        "Mail records (SPF, DKIM, DMARC): **not as they should be**, so that invitations may be taken for spam; "
        "whoever runs this installation can look into it."
    )
    WAITING = "Waiting to be sent: {count}."
    GIVEN_UP = "Given up: {count}; whoever runs this installation finds which and why in its log."
    HOW_TO_RENEW = "How to renew"
    RENEW_IN_ENTRA = (
        "A secret: in the Entra admin center open App registrations, the application, Certificates & secrets, and "
        "press New client secret. Give its value and its end to whoever runs this installation, who sets "
        "PAIRTIME_MICROSOFT_CLIENT_SECRET and PAIRTIME_MICROSOFT_CLIENT_SECRET_ENDS and starts it again."
    )
    RENEW_CERTIFICATE = (
        "A certificate: whoever runs this installation makes a new one; upload its public half in the same place under "
        "Certificates, and then PAIRTIME_MICROSOFT_CERTIFICATE is set to the new file."
    )
    RENEW_OVERLAP = "Old and new work side by side, so nothing stops meanwhile. Delete the old one afterwards."
    PERSON_WORKS = "{name}, {role}: **{kind}**, working."
    PERSON_WORKS_SINCE = "{name}, {role}: **{kind}**, working since {day:day}."
    PERSON_BROKE = "{name}, {role}: **{kind}**, not working: {why}. {who}"
    PERSON_BROKE_SINCE = "{name}, {role}: **{kind}**, not working since {day:day}: {why}. {who}"
    PERSON_NOT_CONNECTED = "{name}, {role}: *not connected*: {why}. {who}"
    LAST_CHECKED = "Checked {at}."
    BY_PERSON = "They can repair it themselves ({reach})."
    BY_IT = "IT must repair it."
    BY_OPERATOR = "Whoever runs this installation must repair it."
    BY_NOBODY = "It is tried again by itself."
    CHECK_NOW = "Check now"
    ANSWERED = "Asked {suite} at {at:time}: answered."
    REFUSED = "Asked {suite} at {at:time}: refused, {why}."
    SILENT = "Asked {suite} at {at:time}: no answer. It is tried again by itself."
    NOT_ASKED = "Nothing was asked: {why}."
    NOBODY_IS_CALLED = "Nobody in your programmes is called *{typed}*. A first name, a whole name or an address helps."
    SEVERAL_ARE_CALLED = "{count:# person is|# people are} called so. Which one?"
    PERSON_NAMED = "{name} ({email})"
    DOMAIN_BROKE = (
        "**{domain}** of {organisation} stopped working on {day:day}: {why}. Nobody there can be looked up. {who}"
    )
    DOMAIN_AGAIN = "**{domain}** of {organisation} works again."
    ENDS_SOON = (
        "**{domain}** of {organisation}: its secret ends in {days:# day|# days}. "
        "Afterwards nobody there can be looked up."
    )
    NEED_IT = (
        "{count:# calendar|# calendars} of {organisation} stopped working, and only IT can repair that: a message to "
        "their owners would not help."
    )
    IT_REPAIRED = "The calendars of {organisation} that IT had to repair work again."

    NOBODY_BY_NAME = "Your organisation has admins told of groups only, so I say nothing about one person."
    NEED_IT_SOME = (
        "Some calendars of {organisation} stopped working, and only IT can repair that: a message to their owners "
        "would not help."
    )

    # --- why ----------------------------------------------------------------------------------------------------------
    NO_ACCOUNT = "no such account, suspended, or an alias"
    CALENDAR_OFF = "the calendar is switched off for this account"
    API_NOT_ENABLED = "the calendar API is not enabled"
    KEY_REFUSED = "the key or secret of this installation is not accepted"
    CLOCK_WRONG = "the clock of this installation is wrong"
