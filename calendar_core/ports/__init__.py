"""What the core asks of the outside. The sentence here and the inherited contract test are the port's meaning."""

from .accounts import Accounts, CodeSender
from .calendars import (
    Calendar,
    CalendarList,
    Calendars,
    ChangeFeed,
    EventWriter,
    FreeBusySource,
    HoursSource,
    OwnCalendar,
    OwnHours,
)
from .clock import Clock
from .consent import (
    Access,
    Authorization,
    Consent,
    Credential,
    Credentials,
    Extra,
    Granted,
    NotGranted,
    Ungranted,
)
from .enrolments import Enrolments
from .people import Integrations, Matched, People, Programmes, Unconnected
from .personal_data import Json, PersonalData
from .sessions import Receipt, Receipts, Requests, Sessions
from .telling import Conversations, Happenings, HomeChats, Inbox, Listing, Notifier, Telling
from .work import Handler, Jobs, RetryAt

__all__ = [
    "Access",
    "Accounts",
    "Authorization",
    "Calendar",
    "CalendarList",
    "Calendars",
    "ChangeFeed",
    "Clock",
    "CodeSender",
    "Consent",
    "Conversations",
    "Credential",
    "Credentials",
    "Enrolments",
    "EventWriter",
    "Extra",
    "FreeBusySource",
    "Granted",
    "Handler",
    "Happenings",
    "HomeChats",
    "HoursSource",
    "Inbox",
    "Integrations",
    "Jobs",
    "Json",
    "Listing",
    "Matched",
    "NotGranted",
    "Notifier",
    "OwnCalendar",
    "OwnHours",
    "People",
    "PersonalData",
    "Programmes",
    "Receipt",
    "Receipts",
    "Requests",
    "RetryAt",
    "Sessions",
    "Telling",
    "Unconnected",
    "Ungranted",
]
