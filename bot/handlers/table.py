"""The table of contents of what can be talked about: which handler answers which command."""

from __future__ import annotations

from typing import assert_never

from bot import commands as c
from bot.commands.following_up import FollowUpCommand
from bot.commands.own import OwnCommand
from bot.replies import Reply
from calendar_core.errors import OldButton

from . import (
    booking,
    connecting,
    ending,
    finding,
    following_up,
    helping,
    mailing,
    monitoring,
    one_day,
    operating,
    own,
    reporting,
    requesting,
    status,
)
from .talk import Talk


async def answer(talk: Talk, command: c.Command) -> Reply:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one case a command
    """One of them answers each; a number is none any more by then. Raises what they raise."""
    if isinstance(command, OwnCommand):
        return await own.answer(talk, command)
    if isinstance(command, FollowUpCommand):
        return await following_up.answer(talk, command)
    match command:
        case c.FindSlots():
            return await finding.find_slots(talk, command)
        case c.AskBack():
            return await helping.ask_back(talk, command)
        case c.ShowMore():
            return await finding.show_more(talk, command)
        case c.WhyThese():
            return await finding.why_these(talk, command)
        case c.WhyNone():
            return await finding.why_none(talk, command)
        case c.ChooseDay():
            return await one_day.choose_day(talk, command)
        case c.ShowCalendars():
            return await finding.show_calendars(talk, command)
        case c.BookSession():
            return await booking.book(talk, command)
        case c.BookAbout():
            return await booking.book(talk, command.book, command.topic)
        case c.LooksGood() | c.CannotMakeIt():
            return await booking.answer(talk, command)
        case c.DecidePlanned():
            return await ending.decide_planned(talk, command)
        case c.AddLink():
            return await mailing.add_link(talk, command)
        case c.AskPartner():
            return await requesting.ask_partner(talk, command)
        case c.AskAbout():
            return await requesting.ask_partner(talk, command.ask, command.topic)
        case c.ShowOwnTimes():
            return await requesting.show_own_times(talk, command)
        case c.PickTime():
            return await requesting.pick_time(talk, command)
        case c.OfferTimes():
            return await requesting.offer_times(talk, command)
        case c.SendOffer():
            return await requesting.send_offer(talk, command)
        case c.DeclineRequest() | c.NoMoreFrom():
            return await requesting.decline(talk, command)
        case c.PlainTimes():
            return await requesting.plain_times(talk, command)
        case c.SendPlainRequest():
            return await requesting.send_plain(talk, command)
        case c.ShowSessions():
            return await booking.show_sessions(talk, command)
        case c.ShowReceipts():
            return await reporting.show_receipts(talk)
        case c.ShowStatus():
            return await status.show(talk)
        case c.WhoHasntIntegrated():
            return await reporting.who_hasnt_integrated(talk, command)
        case c.ShowIntegrations() | c.TakeStatuses() | c.MoreOfStatuses():
            return await reporting.of_everybody(talk, command)
        case c.ShowHealth():
            return await monitoring.show_health(talk)
        case c.HowToRenew():
            return monitoring.show_how_to_renew()
        case c.StatusOf():
            return await monitoring.find_person(talk, command)
        case c.ShowPerson():
            return await monitoring.show_person(talk, command)
        case c.CheckCalendar():
            return await monitoring.check_calendar(talk, command)
        case c.RemindTomorrow():
            return await monitoring.remind_tomorrow(talk)
        case c.StopAsking():
            return await monitoring.stop_asking(talk)
        case c.AskFreeBusyOnly():
            return await operating.ask_free_busy_only(talk, command)
        case c.Help():
            return await helping.show_help(talk, command)
        case c.Contact():
            return await helping.show_contact(talk, command)
        case c.NotThisMatch():
            return await helping.not_this_match(talk, command)
        case c.NotUnderstood():
            return helping.not_understood(command)
        case c.Connect():
            return await connecting.connect(talk, command)
        case c.Disconnect():
            return await connecting.disconnect(talk, command)
        case c.CodeTyped():
            return await connecting.code_typed(talk, command)
        case c.AskForApproval():
            return await connecting.ask_for_approval(talk, command)
        case c.ShowApprovalText():
            return connecting.approval_text(talk, command)
        case c.NumberTyped():
            raise OldButton
        case _:
            assert_never(command)
