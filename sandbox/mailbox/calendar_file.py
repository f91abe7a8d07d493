"""Calendar files (RFC 5545) as far as invitations go: read as a mail program does, and written as Outlook answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage

from sandbox.world import Attendee, Person, Response

RESPONSES: dict[str, Response] = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"]*"|[^;:]*)')


class Unreadable(ValueError):
    """Not a calendar file with one event in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """What Outlook looks at."""

    method: str
    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    title: str
    body: str
    location: str
    organizer: Person
    attendees: tuple[Attendee, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A content line."""

    name: str
    parameters: dict[str, str]
    value: str


def calendar_in(message: EmailMessage) -> CalendarFile | None:
    """The last text/calendar among the alternatives, if its method is the same in the file and around it."""
    for part in message.walk():
        if part.get_content_type() != "text/calendar":
            continue
        payload = part.get_payload(decode=True)
        try:
            file = calendar_file(payload if isinstance(payload, bytes) else b"")
        except Unreadable:
            return None
        around = part.get_param("method")
        return file if file.method == str(around or "").upper() else None
    return None


def calendar_file(data: bytes) -> CalendarFile:
    """Raises Unreadable."""
    lines = list(_lines(data))
    if [line.value for line in lines if line.name == "BEGIN"] != ["VCALENDAR", "VEVENT"]:
        raise Unreadable("one event is wanted, and no zones")
    first = {line.name: line for line in reversed(lines)}
    try:
        return CalendarFile(
            method=first["METHOD"].value.upper(),
            uid=first["UID"].value,
            sequence=int(first["SEQUENCE"].value) if "SEQUENCE" in first else 0,
            stamp=_utc(first["DTSTAMP"]),
            start=_utc(first["DTSTART"]),
            end=_utc(first["DTEND"]),
            title=_text(first.get("SUMMARY")),
            body=_text(first.get("DESCRIPTION")),
            location=_text(first.get("LOCATION")),
            organizer=Person(_address(first["ORGANIZER"]), first["ORGANIZER"].parameters.get("CN", "")),
            attendees=tuple(_attendee(line) for line in lines if line.name == "ATTENDEE"),
        )
    except (KeyError, ValueError) as missing:
        raise Unreadable("something is missing in it") from missing


def _lines(data: bytes) -> Iterator[Line]:
    """Unfolded (RFC 5545 3.1)."""
    try:
        text = data.decode()
    except UnicodeDecodeError as broken:
        raise Unreadable("it is not UTF-8") from broken
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n"):
        if not line:
            continue
        named = re.match(r"[A-Za-z0-9-]+", line)
        if named is None:
            raise Unreadable("a line without a name")
        parameters, at = {}, named.end()
        while found := PARAMETER.match(line, at):
            parameters[found[1].upper()], at = found[2].strip('"'), found.end()
        if line[at : at + 1] != ":":
            raise Unreadable("a line without a value")
        yield Line(named[0].upper(), parameters, line[at + 1 :])


def _utc(line: Line) -> datetime:
    if "TZID" in line.parameters:
        raise Unreadable("a zone that is explained nowhere")
    return datetime.strptime(line.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _text(line: Line | None) -> str:
    if line is None:
        return ""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], line.value)


def _address(line: Line) -> str:
    scheme, _, address = line.value.partition(":")
    if scheme.lower() != "mailto" or "@" not in address:
        raise Unreadable("somebody without an address")
    return address.lower()


def _attendee(line: Line) -> Attendee:
    response = RESPONSES.get(line.parameters.get("PARTSTAT", ""), "needsAction")
    return Attendee(_address(line), line.parameters.get("CN", ""), response)


def written(*lines: str) -> str:
    """A calendar file of these content lines, folded and with the line ends it needs."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    pieces, left = [line[:60]], line[60:]
    while left:
        pieces.append(left[:60])
        left = left[60:]
    return "\r\n ".join(pieces)


def escaped(text: str) -> str:
    """A text value."""
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")
