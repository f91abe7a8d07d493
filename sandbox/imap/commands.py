"""IMAP's grammar, as far as it is understood here: a command with its arguments, and sets of UIDs."""

from __future__ import annotations

import re
from dataclasses import dataclass

LITERAL = re.compile(rb"\{(\d{1,6})(\+?)\}\Z")
PIECE = re.compile(
    rb"""
    \ *(?:
        "(?P<quoted>(?:[^"\\\r\n]|\\["\\])*)"
      | (?P<group>\([^()]*\))
      | \{(?P<literal>\d+)\+?\}\r\n
      | (?P<atom>[^ "()\{\r\n]+)
    )
    """,
    re.VERBOSE,
)
BODY = re.compile(r"BODY(?P<peek>\.PEEK)?\[\](?:<(?P<first>\d{1,10})\.(?P<count>[1-9]\d{0,9})>)?\Z", re.IGNORECASE)


class Malformed(ValueError):
    """Not what RFC 3501 lets a client say."""


@dataclass(frozen=True, slots=True)
class Command:
    """`name` in upper case, with UID in front where it was ("UID FETCH"); literals and quotes are undone."""

    tag: str
    name: str
    arguments: tuple[str, ...]


def command_of(line: bytes) -> Command:
    """Of a whole line, the octets of its literals included. Raises Malformed."""
    pieces = _pieces(line)
    if len(pieces) < 2:
        raise Malformed("a tag and a command are needed")
    tag, name, *arguments = pieces
    name = name.upper()
    if name == "UID" and arguments:
        name, arguments = f"UID {arguments[0].upper()}", arguments[1:]
    return Command(tag, name, tuple(arguments))


def _pieces(line: bytes) -> list[str]:
    pieces: list[str] = []
    at = 0
    while at < len(line.rstrip(b"\r\n")):
        found = PIECE.match(line, at)
        if found is None:
            raise Malformed("that cannot be read")
        at = found.end()
        if found["literal"] is not None:
            size = int(found["literal"])
            octets, at = line[at : at + size], at + size
        elif found["quoted"] is not None:
            octets = re.sub(rb"\\(.)", rb"\1", found["quoted"])
        else:
            octets = found["group"] or found["atom"]
        pieces.append(octets.decode("utf-8", "replace"))
    return pieces


def uids_in(text: str, there: list[int]) -> set[int]:
    """Those of `there` that a set such as 1,5:* names. `*` is the largest one, also in 9:* where 9 is beyond it."""
    found: set[int] = set()
    for part in text.split(","):
        ends = part.split(":")
        if len(ends) > 2 or not all(end == "*" or end.isdecimal() for end in ends):
            raise Malformed("that is no set of UIDs")
        if not there:
            continue
        numbers = sorted(max(there) if end == "*" else int(end) for end in ends)
        found |= {uid for uid in there if numbers[0] <= uid <= numbers[-1]}
    return found


def listed(group: str) -> list[str]:
    """What stands in brackets, or the one word."""
    return group.strip("()").split()
