"""What the core asks of the outside. The sentence here and the inherited contract test are the port's meaning."""

from .calendars import Calendar, Calendars, ChangeFeed, EventWriter, FreeBusySource
from .clock import Clock
from .enrolments import Enrolments
from .mail import CalendarPart, Invitations, Letter, LetterText, Mailer, Penning, ReplyAddress
from .people import Integrations, Matched, People, Programmes, Unconnected
from .sessions import Receipt, Receipts, Requests, Sessions
from .telling import Conversations, Happenings, HomeChats, Inbox, Listing, Notifier, Telling
from .work import Handler, Jobs, RetryAt

__all__ = [
    "Calendar",
    "CalendarPart",
    "Calendars",
    "ChangeFeed",
    "Clock",
    "Conversations",
    "Enrolments",
    "EventWriter",
    "FreeBusySource",
    "Handler",
    "Happenings",
    "HomeChats",
    "Inbox",
    "Integrations",
    "Invitations",
    "Jobs",
    "Letter",
    "LetterText",
    "Listing",
    "Mailer",
    "Matched",
    "Notifier",
    "Penning",
    "People",
    "Programmes",
    "Receipt",
    "Receipts",
    "ReplyAddress",
    "Requests",
    "RetryAt",
    "Sessions",
    "Telling",
    "Unconnected",
]
