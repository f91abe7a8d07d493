"""Everything a person may ask. Typed words and pressed buttons become the same command (docs/architecture.md, rule 3).

A command carries ids, times and numbers, and grants nothing: the core checks again who asks and what still holds.
What concerns oneself alone is in `own`, what follows a session in `following_up`; all others are named here.
"""

from __future__ import annotations

from .booking import AddLink, BookAbout, BookingCommand, BookSession, CannotMakeIt, LooksGood
from .connecting import AskForApproval, Connect, ConnectingCommand, Disconnect, ShowApprovalText
from .ending import DecidePlanned, EndingCommand
from .finding import AskBack, ChooseDay, FindingCommand, FindSlots, ShowCalendars, ShowMore, WhyNone, WhyThese
from .following_up import FollowUpCommand
from .helping import Contact, Help, HelpingCommand, NotThisMatch
from .looking_up import (
    LookingUpCommand,
    MoreOfStatuses,
    ShowIntegrations,
    ShowReceipts,
    ShowSessions,
    ShowStatus,
    TakeStatuses,
    WhoHasntIntegrated,
)
from .monitoring import (
    CheckCalendar,
    HowToRenew,
    MonitoringCommand,
    RemindTomorrow,
    ShowHealth,
    ShowPerson,
    StatusOf,
    StopAsking,
)
from .operating import AskFreeBusyOnly, OperatingCommand
from .own import OwnCommand
from .requests import (
    AskAbout,
    AskPartner,
    DeclineRequest,
    NoMoreFrom,
    OfferTimes,
    PickTime,
    PlainTimes,
    RequestCommand,
    SendOffer,
    SendPlainRequest,
    ShowOwnTimes,
)
from .typed import CodeTyped, NotUnderstood, NumberTyped, TypedCommand

Command = (
    FindingCommand
    | BookingCommand
    | RequestCommand
    | LookingUpCommand
    | MonitoringCommand
    | HelpingCommand
    | ConnectingCommand
    | TypedCommand
    | EndingCommand
    | OperatingCommand
    | FollowUpCommand
    | OwnCommand
)

__all__ = [
    "AddLink",
    "AskAbout",
    "AskBack",
    "AskForApproval",
    "AskFreeBusyOnly",
    "AskPartner",
    "BookAbout",
    "BookSession",
    "CannotMakeIt",
    "CheckCalendar",
    "ChooseDay",
    "CodeTyped",
    "Command",
    "Connect",
    "Contact",
    "DecidePlanned",
    "DeclineRequest",
    "Disconnect",
    "FindSlots",
    "Help",
    "HowToRenew",
    "LooksGood",
    "MoreOfStatuses",
    "NoMoreFrom",
    "NotThisMatch",
    "NotUnderstood",
    "NumberTyped",
    "OfferTimes",
    "PickTime",
    "PlainTimes",
    "RemindTomorrow",
    "SendOffer",
    "SendPlainRequest",
    "ShowApprovalText",
    "ShowCalendars",
    "ShowHealth",
    "ShowIntegrations",
    "ShowMore",
    "ShowOwnTimes",
    "ShowPerson",
    "ShowReceipts",
    "ShowSessions",
    "ShowStatus",
    "StatusOf",
    "StopAsking",
    "TakeStatuses",
    "WhoHasntIntegrated",
    "WhyNone",
    "WhyThese",
]
