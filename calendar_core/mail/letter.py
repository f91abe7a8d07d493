"""A hostile letter taken apart: who sent it, to which addresses, and its calendar part. Nothing else is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses

from calendar_core.mailed_answer import LetterUnfit, Unfit
from calendar_core.people import address_of

LARGEST = 1024 * 1024  # bytes of a whole letter
LARGEST_CALENDAR = 256 * 1024
LONGEST_LINE = 1000  # RFC 5322: 998 and the line's end. Signatures are checked by patterns that long lines slow down
MOST_PARTS, DEEPEST = 50, 10
MOST_DELIMITERS = 500
LONGEST_HEADER = 10_000
RECIPIENTS = ("To", "Delivered-To", "X-Original-To", "Cc")
CALENDARS = ("text/calendar", "application/ics")
CHARSETS = ("utf-8", "iso-8859-1", "iso-8859-15", "windows-1252", "us-ascii")
ADDRESS = re.compile(r"[!-?A-~]{1,64}@[a-z0-9.-]{1,253}\Z")


@dataclass(frozen=True, slots=True)
class OpenedLetter:
    """`method` is what the calendar part's Content-Type says, in upper case, or empty. Addresses as compared."""

    sent_by: str
    to: frozenset[str]
    calendar: str
    method: str


def opened(raw: bytes) -> OpenedLetter:
    """Raises LetterUnfit."""
    _insist_on_shape(raw)
    try:
        # of the two ways to read mail in the standard library, the one that takes a header's value as it stands
        message = message_from_bytes(raw, policy=compat32)
        part = next((each for each in _parts(message) if each.get_content_type() in CALENDARS), None)
        if part is None:
            raise LetterUnfit(Unfit.NO_CALENDAR)
        return OpenedLetter(_sender(message), _recipients(message), _text(part), _method(part))
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError) as broken:
        raise LetterUnfit(Unfit.MALFORMED) from broken


def _insist_on_shape(raw: bytes) -> None:
    """Before anything is parsed: parsing must neither recurse deep nor take long."""
    if len(raw) > LARGEST:
        raise LetterUnfit(Unfit.TOO_LARGE)
    small = raw.lower()
    nesting = small.count(b"multipart/") + small.count(b"message/")
    if nesting > DEEPEST or raw.count(b"\n--") > MOST_DELIMITERS:
        raise LetterUnfit(Unfit.TANGLED)
    if any(len(line) > LONGEST_LINE for line in raw.split(b"\n")):
        raise LetterUnfit(Unfit.TANGLED)


def _parts(message: Message) -> Iterator[Message]:
    waiting: list[Message] = [message]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        held = part.get_payload()
        if isinstance(held, list):
            waiting = [each for each in held if isinstance(each, Message)] + waiting
        else:
            yield part
    raise LetterUnfit(Unfit.TANGLED)


def _sender(message: Message) -> str:
    """The one address of the one From. Raises LetterUnfit where that is not clear."""
    found = _addresses(message, "From")
    if len(message.get_all("From", [])) != 1 or len(found) != 1:
        raise LetterUnfit(Unfit.MALFORMED)
    return found[0]


def _recipients(message: Message) -> frozenset[str]:
    return frozenset(address for name in RECIPIENTS for address in _addresses(message, name))


def _addresses(message: Message, name: str) -> list[str]:
    values = [str(value) for value in message.get_all(name, [])][:MOST_PARTS]
    short = [value for value in values if len(value) <= LONGEST_HEADER]
    found = [address_of(address) for _, address in getaddresses(short)]
    return [address for address in found if ADDRESS.match(address)]


def _text(part: Message) -> str:
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes) or len(octets) > LARGEST_CALENDAR:
        raise LetterUnfit(Unfit.TOO_LARGE)
    said = str(part.get_content_charset("utf-8"))
    if said not in CHARSETS:
        raise LetterUnfit(Unfit.MALFORMED)
    try:
        text = octets.decode("utf-8-sig" if said in ("utf-8", "us-ascii") else said)
    except UnicodeDecodeError:
        text = octets.decode("iso-8859-1")  # old Outlooks say one thing and send another
    return text


def _method(part: Message) -> str:
    said = part.get_param("method", "")
    return said.upper() if isinstance(said, str) else ""
