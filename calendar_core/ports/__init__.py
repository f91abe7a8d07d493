"""What the core asks of the outside. The sentence here and the inherited contract test are the port's meaning."""

from .calendars import (
    Calendar,
    Calendars,
    ChangeFeed,
    EventWriter,
    FreeBusySource,
    HoursSource,
    OwnedCalendar,
    OwnedCalendars,
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
from .letters import AnswerReader, Arrived, LetterNumber, Letters, TxtRecords
from .mail import CalendarPart, Invitations, Letter, LetterText, Mailer, Penning, ReplyAddress
from .people import Integrations, Matched, People, Programmes, Unconnected
from .secrets import Resealed, Secrets
from .sessions import Receipt, Receipts, Requests, Sessions
from .signing_in import SignIns
from .telling import Conversations, Happenings, HomeChats, Inbox, Listing, Notifier, Telling
from .work import Handler, Jobs, RetryAt

__all__ = [
    "Access",
    "AnswerReader",
    "Arrived",
    "Authorization",
    "Calendar",
    "CalendarPart",
    "Calendars",
    "ChangeFeed",
    "Clock",
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
    "Invitations",
    "Jobs",
    "Letter",
    "LetterNumber",
    "LetterText",
    "Letters",
    "Listing",
    "Mailer",
    "Matched",
    "NotGranted",
    "Notifier",
    "OwnHours",
    "OwnedCalendar",
    "OwnedCalendars",
    "Penning",
    "People",
    "Programmes",
    "Receipt",
    "Receipts",
    "ReplyAddress",
    "Requests",
    "Resealed",
    "RetryAt",
    "Secrets",
    "Sessions",
    "SignIns",
    "Telling",
    "TxtRecords",
    "Unconnected",
    "Ungranted",
]
