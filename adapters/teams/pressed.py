"""What comes back from a card, as a command. Everything in it may have been changed on its way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.buttons import LONGEST, command_of
from bot.commands import AskBack, Command, FindSlots
from bot.waiting import while_pressed
from bot.when.values import Doubt
from bot.words import Text
from calendar_core.errors import OldButton
from calendar_core.interval import Interval
from calendar_core.itinerary import itinerary_named

from .render.forms import DAY, MINUTES, START

_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_START = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_MINUTES = re.compile(r"[1-9][0-9]{0,2}")
_SHOWN = 20  # letters of an input that are echoed


def command_in(data: object, zone: str) -> Command:
    """The command that a button or a form stands for; `zone` is the presser's, by whose clock a form is filled in.

    Raises OldButton for what no card of ours sends. A command grants nothing: the core asks again who presses, and
    whether it still holds. What was typed into a form and means no time, or two, is asked about.
    """
    if not isinstance(data, Mapping):
        raise OldButton
    token = data.get("token")
    if not isinstance(token, str) or len(token) > LONGEST:
        raise OldButton
    command = command_of(token)
    if not any(name in data for name in (DAY, START, MINUTES)):
        return command
    if not isinstance(command, FindSlots):
        raise OldButton
    return _wish(command, _typed(data, DAY), _typed(data, START), _typed(data, MINUTES), zone)


def meanwhile(data: object) -> Text:
    """What is said where the answer to that takes longer than a moment."""
    token = data.get("token") if isinstance(data, Mapping) else None
    return while_pressed(token if isinstance(token, str) and len(token) <= LONGEST else "")


def _wish(find: FindSlots, day: str, start: str, length: str, zone: str) -> FindSlots | AskBack:
    if not _MINUTES.fullmatch(length):
        return AskBack(find, length[:_SHOWN], Doubt.LENGTH)
    find = replace(find, minutes=int(length))
    clock = _START.fullmatch(start)
    if not clock:
        return AskBack(find, start[:_SHOWN], Doubt.NO_SUCH_TIME)
    if not _DAY.fullmatch(day) or not _exists(day):
        return AskBack(find, day[:_SHOWN], Doubt.NO_SUCH_DATE)
    instants = _instants(date.fromisoformat(day), int(clock[1]), int(clock[2]), zone)
    meant = tuple(replace(find, windows=(Interval.lasting(each, int(length)),), exact=True) for each in instants)
    if len(meant) == 1:
        return meant[0]
    return AskBack(find, f"{day} {start}", Doubt.TWICE if meant else Doubt.NO_SUCH_TIME, meant)


def _instants(day: date, hour: int, minute: int, zone: str) -> list[datetime]:
    """When the clock shows that: once, or never or twice on days it jumps."""
    here = itinerary_named(zone).on(day)
    wall = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - a clock's face, not an instant
    both = {wall.replace(tzinfo=here, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(each for each in both if each.astimezone(here).replace(tzinfo=None) == wall)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _typed(data: Mapping[object, object], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise OldButton
    return value
