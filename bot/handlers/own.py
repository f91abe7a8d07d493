"""What a person asks about themselves: which handler answers which command."""

from __future__ import annotations

from typing import assert_never

from bot.commands import own
from bot.replies import Reply

from . import allowing, groups, linking, own_calendar, privacy, settings
from .talk import Talk


async def answer(talk: Talk, command: own.OwnCommand) -> Reply:  # noqa: C901, PLR0911, PLR0912 - one case a command
    """One of them answers each."""
    match command:
        case own.LinkAccount():
            return await linking.whose_account(talk)
        case own.UnlinkAccount():
            return await linking.unlink(talk, command)
        case own.ShowSettings():
            return await settings.show(talk)
        case own.Pause():
            return await settings.pause(talk, command)
        case own.Resume():
            return await settings.resume(talk)
        case own.SetHours():
            return await settings.set_hours(talk, command)
        case own.SetZone():
            return await settings.set_zone(talk, command)
        case own.Travel():
            return await settings.travel(talk, command)
        case own.ForgetTrips():
            return await settings.forget_trips(talk)
        case own.SetRoom():
            return await settings.set_room(talk, command)
        case own.PrivateEvents():
            return await settings.private_events(talk, command)
        case own.ConfirmInGroup():
            return await groups.confirm_in_group(talk, command)
        case own.UseCalendar():
            return await own_calendar.use(talk, command)
        case own.HoursFromCalendar():
            return await own_calendar.take_hours(talk)
        case own.ShowOwnCalendars():
            return await own_calendar.show(talk)
        case own.AllowMore():
            return await allowing.allow(talk, command)
        case own.CountCalendar():
            return await own_calendar.count(talk, command)
        case own.DownloadData():
            return await privacy.download(talk)
        case own.DeleteData():
            return await privacy.delete(talk, command)
        case _:
            assert_never(command)
