"""Header lines (RFC 5322, 2047). Ours, because Python 3.11 folds long ones with letters beyond ASCII so that blanks are
lost, and long plain ones so that a blank is won."""

from __future__ import annotations

import re
from email.header import Header
from email.utils import formataddr

from calendar_core.event import Person
from calendar_core.invitation.writing import clean_name

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\Z")
LONGEST = 900  # bytes of a line; 998 are allowed
ENCODED = 75  # of a word that stands for letters beyond ASCII


def header_line(name: str, value: str) -> bytes:
    """The whole line, folded where it had to be encoded. Raises ValueError for what could begin another one."""
    if any(character < " " or character == "\x7f" for character in value):
        raise ValueError(f"{name} has to be one line")
    if value.isascii():
        if len(value) > LONGEST:
            raise ValueError(f"{name} is too long")
        return f"{name}: {value}\r\n".encode()
    folded = Header(value, "utf-8", maxlinelen=ENCODED, header_name=name).encode(linesep="\r\n")
    return f"{name}: {folded}\r\n".encode()


def address_line(name: str, person: Person) -> bytes:
    """The same for somebody's address with the name beside it. Raises ValueError for an address that is none."""
    if not ADDRESS.match(person.email):
        raise ValueError(f"{name} is no address")
    shown = clean_name(person.name)
    if shown.isascii():
        return header_line(name, formataddr((shown, person.email)))
    encoded = Header(shown, "utf-8", maxlinelen=ENCODED, header_name=name).encode(linesep="\r\n")
    return f"{name}: {encoded}\r\n <{person.email}>\r\n".encode()
