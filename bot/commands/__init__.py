"""Everything a person may ask. Typed words and pressed buttons become the same command (docs/architecture.md, rule 3).

A command carries ids, times and numbers, and grants nothing: the core checks again who asks and what still holds.
"""

from __future__ import annotations

from bot.ending_commands import EndingCommand
from bot.follow_up_commands import FollowUpCommand
from bot.own_commands import OwnCommand

from .booking import AddLink, BookAbout, BookingCommand, BookSession, CannotMakeIt, LooksGood
from .connecting import AskForApproval, Connect, ConnectingCommand, Disconnect, ShowApprovalText
from .finding import AskBack, ChooseDay, FindingCommand, FindSlots, ShowCalendars, ShowMore, WhyNone, WhyThese
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
    | FollowUpCommand
    | OwnCommand
)

__all__ = [
    "AddLink",
    "AskAbout",
    "AskBack",
    "AskForApproval",
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
