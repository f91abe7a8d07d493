"""Asking for times: whom, when and how long, in any order; and both calendars."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.commands import AskBack, Command, FindSlots, ShowCalendars
from bot.when import Reading
from bot.words import Words
from calendar_core.interval import Interval
from calendar_core.name_search import calls
from calendar_core.people import Role
from calendar_core.wall_clock import local_time

from .phrase import MARKED_NAME, Audience, Phrase, Speaker, says
from .whereabouts import read_there

MOST_WINDOWS = 14  # as many as a button can carry on
TOO_MANY = "too many"

_ADDRESS = re.compile(r"<?(?:mailto:)?([^\s@<>|,;]+@[^\s@<>|,;]+\.[^\s@<>|,;.]+)(?:\|[^>]*)?>?")
_SOMEBODY = "Somebody"
_ROLE = re.compile(r"(?:my |our |the )?(?P<role>mentor|mentee)s?\b", re.IGNORECASE)
_WITH = re.compile(
    r"(?:(?:me|us|a|an|another|the|my|our|next|free|some|mutual|good)\b\s*)*(?:(?:session|time|slot)s?\b\s*)?"
    r"(?:(?:for|at|on|in)\b\s*)*(?:(?:me|us)\b\s*)?(?:(?:with|and)\b\s*)?(?P<whom>.*)",
    re.IGNORECASE | re.DOTALL,
)


def _wish(rest: str, speaker: Speaker) -> Command:
    """Whom, when and how long, in any order."""
    return _read(rest, speaker)[0]


def _read(rest: str, speaker: Speaker) -> tuple[Command, str]:
    """The wish, or a question about the first thing in it that is open; and the words that are not about time."""
    named, address = MARKED_NAME.search(rest), _ADDRESS.search(rest)
    outright = named or address
    if named:  # nor is any further name read for a time
        rest = MARKED_NAME.sub(_SOMEBODY, rest)
    elif address:  # time words know names, not addresses
        rest = f"{rest[: address.start()]}{_SOMEBODY}{rest[address.end() :]}"
    if outright:
        speaker = replace(speaker, names=(*speaker.names, _SOMEBODY))
    reading = read_there(rest, speaker)
    find, unread = _whom(reading.rest, speaker)
    if outright and find.partner == _SOMEBODY:
        find = replace(find, partner=outright[1])
    return _settled(find, reading, unread), reading.rest


def _whom(rest: str, speaker: Speaker) -> tuple[FindSlots, str]:
    """Whom the words name, and those that are left over. Any words that are nobody's name are echoed as one."""
    found = _WITH.fullmatch(rest.strip(_AROUND))
    whom = (found["whom"] if found else rest).strip(_AROUND)
    if not whom or whom.lower() in ("me", "us", "both", "you"):
        return FindSlots(), ""
    role = _ROLE.match(whom)
    behind = whom[role.end() :].strip(_AROUND) if role else whom
    words = behind.split()
    longest = max((len(name.split()) for name in speaker.names), default=0)
    for count in range(min(len(words), longest), 0, -1):
        first = " ".join(words[:count])
        if any(calls(first, name) for name in speaker.names):
            return FindSlots(partner=first), " ".join(words[count:])
    if role:
        return FindSlots(role=Role(role["role"].lower())), behind
    return FindSlots(partner=whom), ""


_AROUND = " ,.;:!?@"


def _settled(find: FindSlots, reading: Reading, unread: str) -> Command:
    windows = tuple(Interval.between(each.start, each.end) for each in reading.windows if each.end > each.start)
    find = replace(find, minutes=reading.minutes, windows=windows[:MOST_WINDOWS], exact=reading.exact)
    for ask in reading.questions:
        answers = [[Interval.between(each.start, each.end) for each in whole] for whole in ask.alternatives]
        readings = tuple(replace(find, windows=tuple(each)) for each in answers if 0 < len(each) <= MOST_WINDOWS)
        return AskBack(replace(find, windows=()), ask.words, ask.doubt.value, readings)
    left = [*reading.unread, *([unread] if unread else [])]
    if left:
        return AskBack(find, ", ".join(left))
    return AskBack(find, "", TOO_MANY) if len(windows) > MOST_WINDOWS else find


def times_alone(words: str, speaker: Speaker) -> Command | None:
    """A wish without a verb ("Friday morning with Sam"), if nothing else is said: "cancel Friday" books nothing."""
    command, rest = _read(words, speaker)
    find = command.find if isinstance(command, AskBack) else command
    asked = isinstance(command, AskBack) and command.doubt
    if not isinstance(find, FindSlots) or not (find.windows or asked):
        return None
    return command if not rest or re.match(r"with\b", rest, re.IGNORECASE) else None


def _calendars(rest: str, speaker: Speaker) -> Command:
    command = _wish(rest, speaker)
    if not isinstance(command, FindSlots):
        return command
    day = local_time(speaker.zone, command.windows[0].start).date() if command.windows else None
    return ShowCalendars(command, day)


TIMES = (
    Phrase(
        "book",
        Words.HELP_BOOK,
        says(r"(?:book|schedule|plan|arrange|set up|find(?: me| us)?|times?|slots?)(?:[\s,:]+(?P<rest>.*))?"),
        _wish,
        audience=Audience.MATCHED,
    ),
    Phrase(
        "calendars",
        Words.HELP_CALENDARS,
        says(
            r"(?:see |show |compare )?(?:me )?(?:both |our )?(?:calendars?|free/?busy(?! only))(?:[\s,:]+(?P<rest>.*))?"
        ),
        _calendars,
        audience=Audience.MATCHED,
    ),
)
