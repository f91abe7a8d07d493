"""What the core asks of the outside. The sentence here and the inherited contract test are the port's meaning."""

from .answers import MailedAnswers, Read, Taken
from .calendars import Calendar, Calendars, ChangeFeed, EventWriter, FreeBusySource
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
from .modes import Modes
from .people import Integrations, Matched, People, Programmes, Unconnected
from .secrets import Resealed, Secrets
from .sessions import Receipt, Receipts, Requests, Sessions
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
    "Inbox",
    "Integrations",
    "Invitations",
    "Jobs",
    "Letter",
    "LetterNumber",
    "LetterText",
    "Letters",
    "Listing",
    "MailedAnswers",
    "Mailer",
    "Matched",
    "Modes",
    "NotGranted",
    "Notifier",
    "Penning",
    "People",
    "Programmes",
    "Read",
    "Receipt",
    "Receipts",
    "ReplyAddress",
    "Requests",
    "Resealed",
    "RetryAt",
    "Secrets",
    "Sessions",
    "Taken",
    "Telling",
    "TxtRecords",
    "Unconnected",
    "Ungranted",
]
