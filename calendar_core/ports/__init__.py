"""What the core asks of the outside. The sentence here and the inherited contract test are the port's meaning."""

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
from .people import Domains, Integrations, Matched, People, Programmes, Repair, Repairs, Unconnected
from .secrets import Resealed, Secrets
from .sessions import Receipt, Receipts, Requests, Sessions
from .telling import Conversations, Happenings, HomeChats, Inbox, Listing, Notifier, Telling
from .work import Handler, Jobs, RetryAt

__all__ = [
    "Access",
    "Authorization",
    "Calendar",
    "Calendars",
    "ChangeFeed",
    "Clock",
    "Consent",
    "Conversations",
    "Credential",
    "Credentials",
    "Domains",
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
    "Jobs",
    "Listing",
    "Matched",
    "NotGranted",
    "Notifier",
    "People",
    "Programmes",
    "Receipt",
    "Receipts",
    "Repair",
    "Repairs",
    "Requests",
    "Resealed",
    "RetryAt",
    "Secrets",
    "Sessions",
    "Telling",
    "Unconnected",
    "Ungranted",
]
