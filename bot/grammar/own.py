"""One's own settings and data."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.commands.own import (
    AllowMore,
    ConfirmInGroup,
    DeleteData,
    DownloadData,
    ForgetTrips,
    HoursFromCalendar,
    LinkAccount,
    Pause,
    PrivateEvents,
    Resume,
    SetHours,
    SetRoom,
    SetZone,
    ShowOwnCalendars,
    ShowSettings,
    Travel,
    UnlinkAccount,
    UseCalendar,
)
from bot.when import Reading, place_at_start
from bot.words import AllowingWords, GroupWords, LinkingWords, PrivacyWords, SettingsWords
from calendar_core.room import LONGEST
from calendar_core.sign_in import Extra

from .phrase import OFF, Phrase, Speaker, always, says, sets, switch
from .whereabouts import read_in

LONGEST_ECHOED = 60  # of words that were not understood
MOST_DAYS = 4  # among which somebody is asked to choose


def _pause(rest: str, speaker: Speaker) -> Pause:
    """A day from which on sessions are possible again; what may mean several is asked, what means none is echoed."""
    words = re.sub(r"^(?:me |my sessions? )?(?:until|till|til|to|for)\b\s*", "", rest, flags=re.IGNORECASE).strip()
    if not words:
        return Pause()
    counted = re.fullmatch(r"(?:the )?(?:next )?(\w+ (?:day|week|month|year)s?|a week|a month)", words, re.IGNORECASE)
    reading = read_in(speaker.here, f"{counted[1]} from today" if counted else words, speaker)
    days = _first_days(reading)
    if reading.unread or reading.rest or not days:
        return Pause(words=words[:LONGEST_ECHOED])
    return Pause(days[0]) if len(days) == 1 else Pause(words=words[:LONGEST_ECHOED], days=days[:MOST_DAYS])


def _first_days(reading: Reading) -> tuple[date, ...]:
    """The days that may be meant."""
    if any(not ask.alternatives for ask in reading.questions):
        return ()
    meant = [windows for ask in reading.questions for windows in ask.alternatives if windows]
    return tuple(dict.fromkeys(windows[0].start.date() for windows in meant or [reading.windows] if windows))


def _zone(rest: str, _speaker: Speaker) -> SetZone | HoursFromCalendar:
    words = re.sub(r"^(?:is |to |in )+", "", rest, flags=re.IGNORECASE).strip()
    if re.fullmatch(r"(?:from |as (?:in )?)(?:my |the )?calendar", words, re.IGNORECASE):
        return HoursFromCalendar()
    found = place_at_start(words)
    if found and re.fullmatch(r"(?:time(?: ?zone)?)?", found.rest, re.IGNORECASE):
        return SetZone(found.zone)
    return SetZone(words=words[:LONGEST_ECHOED])


def _travel(rest: str, speaker: Speaker) -> Travel:
    """A place, and the days spent there: both dates inclusive, by the calendar of the place."""
    words = re.sub(r"^(?:(?:ing|to|in)\b\s*)+", "", rest, flags=re.IGNORECASE).strip()
    echoed = words[:LONGEST_ECHOED]
    found = place_at_start(words)
    if found is None:
        return Travel(words=echoed)
    reading = read_in(found.zone, re.sub(r"^(?:from|on)\b\s*", "", found.rest, flags=re.IGNORECASE), speaker)
    if len(reading.windows) != 1 or reading.questions or reading.unread or reading.rest:
        return Travel(found.zone, words=echoed)
    first, end = reading.windows[0].start, reading.windows[0].end
    return Travel(found.zone, first.date(), (end - timedelta(minutes=1)).date())


def _hours(rest: str, _speaker: Speaker) -> SetHours | HoursFromCalendar:
    words = re.sub(r"^(?:are |to )+", "", rest, flags=re.IGNORECASE).strip()
    if re.fullmatch(r"(?:from|as in) (?:my |the )?calendar", words, re.IGNORECASE):
        return HoursFromCalendar()
    return SetHours(words[: 2 * LONGEST_ECHOED])


def _room(rest: str, _speaker: Speaker) -> SetRoom:
    words = re.sub(r"^<([^>|]+)(?:\|[^>]*)?>$", r"\1", rest.strip())  # as a chat may write a link
    return SetRoom(forget=True) if words.lower() in OFF else SetRoom(words[: LONGEST + 1])


OWN = (
    Phrase(
        "settings",
        SettingsWords.HELP_SETTINGS,
        sets(r"(?:show )?(?:my )?(?:settings?|preferences?)"),
        always(ShowSettings()),
    ),
    Phrase(
        "pause until 1 Dec",
        SettingsWords.HELP_PAUSE,
        sets(r"pause(?:d)?(?:\s+(?P<rest>.*))?"),
        _pause,
    ),
    Phrase(
        "resume",
        SettingsWords.HELP_RESUME,
        sets(r"resume|unpause|(?:stop|end) (?:the |my )?pause"),
        always(Resume()),
        listed=False,
    ),
    Phrase(
        "hours Mon-Fri 9-17",
        SettingsWords.HELP_HOURS,
        sets(r"(?:working |office )?hours(?:[\s:]+(?P<rest>.*))?"),
        _hours,
        listed=False,
    ),
    Phrase(
        "zone Berlin", SettingsWords.HELP_ZONE, sets(r"(?:time ?)?zone(?:[\s:]+(?P<rest>.*))?"), _zone, listed=False
    ),
    Phrase(
        "no travel",
        SettingsWords.HELP_NO_TRAVEL,
        sets(
            r"(?:no|cancel|forget|stop|end) (?:my |the |all )?(?:travel(?:ling|ing|s)?|trips?)|travel (?:off|none|no)"
        ),
        always(ForgetTrips()),
        listed=False,
    ),
    Phrase(
        "travel Tokyo 3-10 Dec",
        SettingsWords.HELP_TRAVEL,
        sets(r"(?:i(?:'m| am) )?travel(?:l?ing)?(?:[\s:]+(?P<rest>.*))?|trips?"),
        _travel,
        listed=False,
    ),
    Phrase(
        "my calendars",
        SettingsWords.HELP_CALENDARS_COUNTED,
        says(r"(?:my|own|which) calendars?(?: (?:to )?counts?)?"),
        always(ShowOwnCalendars()),
        listed=False,
    ),
    Phrase(
        "allow my calendars",
        AllowingWords.HELP_ALLOW_CALENDARS,
        says(r"allow (?:google )?(?:to (?:see|show) )?(?:my )?(?:other |own )?calendars"),
        always(AllowMore(Extra.SECONDARY_CALENDARS)),
        listed=False,
    ),
    Phrase(
        "allow my hours",
        AllowingWords.HELP_ALLOW_HOURS,
        says(r"allow (?:google )?(?:to (?:see|read|show) )?(?:my )?(?:working |office )?hours"),
        always(AllowMore(Extra.WORKING_HOURS)),
        listed=False,
    ),
    Phrase(
        "room https://...",
        SettingsWords.HELP_ROOM,
        sets(r"(?:standing )?room(?:[\s:]+(?P<rest>.*))?"),
        _room,
        listed=False,
    ),
    Phrase(
        "private events on",
        SettingsWords.HELP_PRIVATE,
        sets(r"private events?(?:[\s:]+(?P<rest>.*))?"),
        switch(PrivateEvents),
        listed=False,
    ),
    Phrase(
        "group confirmations on",
        GroupWords.HELP_GROUPS,
        sets(r"group (?:confirmations?|messages?)(?:[\s:]+(?P<rest>.*))?"),
        switch(ConfirmInGroup),
        listed=False,
    ),
    Phrase(
        "do not use my calendar",
        SettingsWords.HELP_DO_NOT_USE,
        sets(
            r"(?:please )?(?:do not|don't|dont|never|stop) us(?:e|ing) (?:my |the )?calendars?(?: any ?more)?|opt out"
        ),
        always(UseCalendar(use=False)),
    ),
    Phrase(
        "use my calendar",
        SettingsWords.HELP_USE,
        sets(r"(?:please )?use (?:my |the )?calendars?(?: again)?|opt in"),
        always(UseCalendar(use=True)),
        listed=False,
    ),
    Phrase(
        "download my data",
        PrivacyWords.HELP_DOWNLOAD,
        sets(r"(?:download|export|send me) (?:all )?(?:my |all )*data"),
        always(DownloadData()),
    ),
    Phrase(
        "delete my data",
        PrivacyWords.HELP_DELETE,
        sets(r"(?:delete|erase|forget|remove) (?:all )?(?:of )?(?:my )?data|(?:forget|delete) me"),
        always(DeleteData()),
    ),
    Phrase(
        "link",
        LinkingWords.HELP_LINK,
        sets(r"link(?: (?:my |this )?(?:chat )?account)?|(?:send (?:me )?)?(?:a |the |my )?(?:new )?(?:link )?code"),
        always(LinkAccount()),
    ),
    Phrase(
        "unlink",
        LinkingWords.HELP_UNLINK,
        sets(r"unlink(?: (?:my |this )?(?:chat )?account)?"),
        always(UnlinkAccount()),
        listed=False,
    ),
)
