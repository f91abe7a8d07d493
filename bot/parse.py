"""Typed words -> Command: one table of forms, which also yields help and the command lists given to chats.

Words that are not understood lead to a question, never to a guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot.when import Reading
from calendar_core.interval import Interval
from calendar_core.name_search import calls
from calendar_core.people import Role
from calendar_core.wall_clock import local_time

from . import connecting_forms
from .commands import (
    AskBack,
    Command,
    Contact,
    FindSlots,
    Help,
    NotUnderstood,
    NumberTyped,
    ShowCalendars,
    ShowHealth,
    ShowReceipts,
    ShowSessions,
    ShowStatus,
    StatusOf,
    WhoHasntIntegrated,
)
from .ending_commands import AskFreeBusyOnly
from .follow_up_forms import FOLLOW_UP_FORMS
from .forms import Audience, Form, Speaker
from .own_forms import OWN_FORMS
from .status_forms import integrations_of, kinds_said
from .titles import in_english
from .typed_link import PATTERN as TYPED_LINK
from .typed_link import add_link
from .whereabouts import read_there
from .words import ConnectingWords, HealthWords, MailingWords, OperatingWords, StatusesWords, Words

LONGEST = 2_000
LONGEST_ABOUT = 60  # of what help is asked about
MOST_WINDOWS = 14  # as many as a button can carry on


def parse(text: str, speaker: Speaker) -> Command:
    """The one meaning of the words; NotUnderstood where there is none, AskBack where something is left open."""
    if len(text) > LONGEST:
        return NotUnderstood(text[:LONGEST])
    words = _unwrapped(text)
    if not words:
        return Help()
    code = connecting_forms.code_in(words)
    if code is not None:
        return code
    number = _number(words)
    if number is not None:
        return NumberTyped(number)
    for form in GRAMMAR:
        found = form.pattern.fullmatch(words)
        if found:
            return form.command(found.groupdict().get("rest") or "", speaker)
    english = in_english(words)
    translated = parse(english, speaker) if english else None
    if translated and not isinstance(translated, NotUnderstood):
        return translated
    return _times_alone(words, speaker) or NotUnderstood(text)


_PREFIX = re.compile(r"^(?:/\s*)?(?:pairtime\b\s*)?/?", re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:(?:hi|hello|hey|please|can|could|may|would|i|we|you|let'?s|want|wish|need|like|i'?d|to|me|us|get|have)\b[\s,!]*)+"
    r"(?=book|schedule|plan|find|arrange|set)",
    re.IGNORECASE,
)


def _unwrapped(text: str) -> str:
    """Without slash, "pairtime", markup, invisible marks, courtesies and a full stop.

    Marks that reorder what is seen stay: what stands behind them is not what the speaker saw.
    """
    words = _STRUCK_OUT.sub(r"\1", "".join(_replaced(character) for character in text)).strip()
    words = _PREFIX.sub("", words, count=1).strip()
    return _POLITE.sub("", words, count=1).rstrip(".! ").strip()


def _replaced(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if character in _REORDERING or unicodedata.category(character) not in ("Cc", "Cf"):
        return character
    return ""


_SAME = {"\u2019": "'", "\u2018": "'", "*": "", "`": "", "\t": " ", "\n": " ", "\r": " "}
_STRUCK_OUT = re.compile(r"~+([^~\d][^~]*)~+")  # but "~3pm" is about three
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBER = re.compile(
    rf"(?:(?:option|number|no\.?|nr\.?|choice|slot|time|book|take|pick)\s*|#\s*)?(?:the\s+)?"
    rf"(?:(?P<digits>[0-9]{{1,3}})(?:st|nd|rd|th)?|(?P<ordinal>{'|'.join(_ORDINALS)}))"
    rf"(?:\s+(?:one|option|time|slot))?\s*[.):!]*",
    re.IGNORECASE,
)


def _number(words: str) -> int | None:
    """1, 2., option 2, #2, the second (one)."""
    found = _NUMBER.fullmatch(words)
    if not found:
        return None
    return int(found["digits"]) if found["digits"] else _ORDINALS.index(found["ordinal"].lower()) + 1


# --- a wish ----------------------------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"<?(?:mailto:)?([^\s@<>|,;]+@[^\s@<>|,;]+\.[^\s@<>|,;.]+)(?:\|[^>]*)?>?")
_NAMED = re.compile(r'@"([^"]{1,100})"')  # a name that a chat has marked as one, whatever it says
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
    named, address = _NAMED.search(rest), _ADDRESS.search(rest)
    outright = named or address
    if named:  # nor is any further name read for a time
        rest = _NAMED.sub(_SOMEBODY, rest)
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


TOO_MANY = "too many"


def _times_alone(words: str, speaker: Speaker) -> Command | None:
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


def _says(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


GRAMMAR: tuple[Form, ...] = (
    Form(
        "book",
        Words.HELP_BOOK,
        _says(r"(?:book|schedule|plan|arrange|set up|find(?: me| us)?|times?|slots?)(?:[\s,:]+(?P<rest>.*))?"),
        _wish,
        audience=Audience.MATCHED,
    ),
    Form(
        "calendars",
        Words.HELP_CALENDARS,
        _says(
            r"(?:see |show |compare )?(?:me )?(?:both |our )?(?:calendars?|free/?busy(?! only))(?:[\s,:]+(?P<rest>.*))?"
        ),
        _calendars,
        audience=Audience.MATCHED,
    ),
    Form(
        "sessions",
        Words.HELP_SESSIONS,
        _says(r"(?:show |list )?(?:me )?(?:my |all )*(?:(?:next|upcoming|planned|future) )?sessions?"),
        lambda _, __: ShowSessions(),
        audience=Audience.MATCHED,
    ),
    Form(
        "past sessions",
        Words.HELP_PAST_SESSIONS,
        _says(r"(?:show |list )?(?:me )?(?:my |all )*(?:past|old|earlier|previous) sessions?|sessions? past"),
        lambda _, __: ShowSessions(past=True),
        audience=Audience.MATCHED,
    ),
    *OWN_FORMS,
    *FOLLOW_UP_FORMS,
    Form(
        "add link",
        MailingWords.HELP_ADD_LINK,
        _says(TYPED_LINK),
        lambda rest, _: add_link(rest),
        audience=Audience.MATCHED,
    ),
    Form(
        "admin health",
        HealthWords.HELP_HEALTH,
        _says(r"(?:show )?(?:admin\s+)?health"),
        lambda _, __: ShowHealth(),
        audience=Audience.ADMINS,
    ),
    Form(
        "status of somebody",
        HealthWords.HELP_PERSON,
        _says(r"(?:show )?(?:admin\s+)?status (?:of|for)\s+(?P<rest>.+?)\??"),
        lambda rest, _: StatusOf(_NAMED.sub(r"\1", rest)[:LONGEST_ABOUT]),
        audience=Audience.ADMINS,
    ),
    Form(
        "connect",
        ConnectingWords.HELP_CONNECT,
        _says(connecting_forms.CONNECT),
        lambda vendor, _: connecting_forms.connect(vendor),
    ),
    Form(
        "reconnect",
        ConnectingWords.HELP_RECONNECT,
        _says(connecting_forms.RECONNECT),
        lambda vendor, _: connecting_forms.reconnect(vendor),
    ),
    Form(
        "disconnect",
        ConnectingWords.HELP_DISCONNECT,
        _says(connecting_forms.DISCONNECT),
        lambda vendor, _: connecting_forms.disconnect(vendor),
    ),
    Form("status", Words.HELP_STATUS, _says(r"(?:my |show )?status"), lambda _, __: ShowStatus()),
    Form(
        "privacy",
        Words.HELP_PRIVACY,
        _says(
            r"privacy|receipts|"
            r"who (?:saw|has seen|was shown|looked at) my (?:free )?(?:times?|calendar|availability)\??"
        ),
        lambda _, __: ShowReceipts(),
    ),
    Form(
        "admin free/busy only",
        OperatingWords.HELP_FREE_BUSY_ONLY,
        _says(r"(?:admin\s+)?(?:switch (?:on|to) |ask for |use )?free/?[ -]?busy[ -]only"),
        lambda _, __: AskFreeBusyOnly(),
        audience=Audience.ADMINS,
    ),
    Form(
        "admin integrations",
        StatusesWords.HELP_STATUSES,
        _says(rf"(?:show )?admin\s+(?:everybody|integrations?|statuses)(?:[\s:,]+(?P<rest>{kinds_said()}))?"),
        lambda rest, _: integrations_of(rest),
        listed=False,
        audience=Audience.ADMINS,
    ),
    Form(
        "admin who hasn't integrated",
        Words.HELP_ADMIN,
        _says(
            r"(?:admin\s+)?(?:who|which people) (?:has|have)(?: not|n'?t)(?: yet)? (?:integrated|connected)"
            r"(?: (?:their|a|the)? ?calendars?)?(?: yet)?\??|admin(?: not integrated)?"
        ),
        lambda _, __: WhoHasntIntegrated(),
        audience=Audience.ADMINS,
    ),
    Form(
        "help contact",
        Words.HELP_CONTACT,
        _says(r"(?:help )?contact|who can help(?: me)?\??"),
        lambda _, __: Contact(),
    ),
    Form(
        "help",
        Words.HELP_HELP,
        _says(r"help(?:\s+(?:with\s+|about\s+)?(?P<rest>.*))?|\?+|hi|hello|start|commands?"),
        lambda rest, _: Help(rest[:LONGEST_ABOUT]),
    ),
)
