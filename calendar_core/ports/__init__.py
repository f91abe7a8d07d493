"""What the core asks of the outside. The sentence here and the inherited contract test are the port's meaning."""

from .calendars import Calendar, Calendars, ChangeFeed, EventWriter, FreeBusySource
from .clock import Clock
from .endings import Endings
from .enrolments import Enrolments
from .people import Integrations, Matched, People, Programmes, Unconnected
from .sessions import Receipt, Receipts, Requests, Sessions
from .telling import Conversations, Happenings, HomeChats, Inbox, Listing, Notifier, Telling
from .work import Handler, Jobs, RetryAt

__all__ = [
    "Calendar",
    "Calendars",
    "ChangeFeed",
    "Clock",
    "Conversations",
    "Endings",
    "Enrolments",
    "EventWriter",
    "FreeBusySource",
    "Handler",
    "Happenings",
    "HomeChats",
    "Inbox",
    "Integrations",
    "Jobs",
    "Listing",
    "Matched",
    "Notifier",
    "People",
    "Programmes",
    "Receipt",
    "Receipts",
    "Requests",
    "RetryAt",
    "Sessions",
    "Telling",
    "Unconnected",
]
