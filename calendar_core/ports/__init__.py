"""What the core asks of the outside. The sentence here and the inherited contract test are the port's meaning."""

from calendar_core.sign_in import Extra

from .accounts import Accounts, CodeSender
from .api import ApiTokens
from .approval import ApprovalAsked, Approvals, DomainApproval
from .calendars import (
    Calendar,
    CalendarList,
    Calendars,
    EventWriter,
    Excess,
    FreeBusySource,
    HoursSource,
    OwnCalendar,
    Owner,
    OwnHours,
)
from .clock import Clock
from .consent import (
    Access,
    Authorization,
    Consent,
    Credential,
    Credentials,
    Granted,
    NotGranted,
    Ungranted,
    Withdrawal,
)
from .endings import Endings
from .enrolments import Enrolments
from .follow_ups import Averages, Feedbacks, Steps
from .installations import Installed, Installing, SlackInstallations, StoredInstallation
from .letters import AnswerReader, Arrived, LetterNumber, Letters, TxtRecords
from .mail import Attachment, CalendarPart, Invitations, Letter, LetterText, Mailer, Penning, ReplyAddress
from .mailed_answers import MailedAnswers, Read, Taken
from .modes import Modes
from .operator import OperatorPost, OperatorWishes
from .people import Domains, Integrations, Matched, People, Programmes, Repair, Repairs, Unconnected, Verifications
from .personal_data import Json, PersonalData
from .posts import Post, Posts, PostState, Reach, Unreached, Upload, Uploads
from .secrets import Resealed, Secrets
from .sessions import Receipt, Receipts, Requests, Sessions
from .signing_in import SignIns
from .teams import HeardActivity, TeamsInbox, TeamsPlace, TeamsPlaces
from .telling import Conversations, Happenings, HomeChats, Inbox, Listing, Notifier, Telling
from .work import Handler, Jobs, RetryAt

__all__ = [
    "Access",
    "Accounts",
    "AnswerReader",
    "ApiTokens",
    "ApprovalAsked",
    "Approvals",
    "Arrived",
    "Attachment",
    "Authorization",
    "Averages",
    "Calendar",
    "CalendarList",
    "CalendarPart",
    "Calendars",
    "Clock",
    "CodeSender",
    "Consent",
    "Conversations",
    "Credential",
    "Credentials",
    "DomainApproval",
    "Domains",
    "Endings",
    "Enrolments",
    "EventWriter",
    "Excess",
    "Extra",
    "Feedbacks",
    "FreeBusySource",
    "Granted",
    "Handler",
    "Happenings",
    "HeardActivity",
    "HomeChats",
    "HoursSource",
    "Inbox",
    "Installed",
    "Installing",
    "Integrations",
    "Invitations",
    "Jobs",
    "Json",
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
    "OperatorPost",
    "OperatorWishes",
    "OwnCalendar",
    "OwnHours",
    "Owner",
    "Penning",
    "People",
    "PersonalData",
    "Post",
    "PostState",
    "Posts",
    "Programmes",
    "Reach",
    "Read",
    "Receipt",
    "Receipts",
    "Repair",
    "Repairs",
    "ReplyAddress",
    "Requests",
    "Resealed",
    "RetryAt",
    "Secrets",
    "Sessions",
    "SignIns",
    "SlackInstallations",
    "Steps",
    "StoredInstallation",
    "Taken",
    "TeamsInbox",
    "TeamsPlace",
    "TeamsPlaces",
    "Telling",
    "TxtRecords",
    "Unconnected",
    "Ungranted",
    "Unreached",
    "Upload",
    "Uploads",
    "Verifications",
    "Withdrawal",
]
