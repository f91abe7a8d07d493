"""An invitation as iTIP bytes (RFC 5545, 5546): the same for the same values, and read alike by every client.

Times are UTC and no VTIMEZONE is needed, because zones of one program are a riddle to the next; local times stand in
the description. What people typed is made harmless first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Calendar, Event, vCalAddress, vUri

from calendar_core.event import Person
from calendar_core.participation import Participation

from .values import Invitation

PRODUCT = "-//Pairtime//Pairtime//EN"
LONGEST_NAME = 80
# Cc control, Cf invisible marks (bidi ones among them), Cs surrogates, Co private use, Cn unassigned, Zl Zp line breaks
DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
NOT_IN_ADDRESSES = frozenset('"(),:;<>[\\]')  # what only a quoted address could hold
NOT_IN_NAMES = frozenset('"^\\')  # RFC 6868 has carets for quotes, and clients that never heard of it


@dataclass(frozen=True, slots=True)
class Guest:
    """One who is invited, and what they answered so far."""

    person: Person
    answer: Participation = Participation.NEEDS_ACTION


def calendar_file(
    invitation: Invitation, organizer: Person, guests: Sequence[Guest], *, title: str, description: str
) -> bytes:
    """One VCALENDAR with its one VEVENT: REQUEST, or CANCEL of one that was called off. `organizer` is the same for as
    long as the UID lives. Raises ValueError for an address that cannot be one."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", invitation.method.value)
    calendar.add_component(_event(invitation, organizer, guests, clean(title), clean(description)))
    written: bytes = calendar.to_ical()
    return written


def _event(invitation: Invitation, organizer: Person, guests: Sequence[Guest], title: str, description: str) -> Event:
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.changed_at)
    event.add("last-modified", invitation.changed_at)
    event.add("dtstart", invitation.when.start)
    event.add("dtend", invitation.when.end)
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    if invitation.private:
        event.add("class", "PRIVATE")
    for name, text in (("summary", title), ("description", description)):
        if text:  # libical takes a property without a value for a mistake
            event.add(name, text)
    event.add("organizer", _address(organizer))
    for guest in guests:
        event.add("attendee", _invited(guest))
    if invitation.link is not None:
        event.add("location", invitation.link)  # clients that know no CONFERENCE show this
        event.add("conference", _conference(invitation.link))
    return event


def _address(person: Person) -> vCalAddress:
    address = person.email
    if address.count("@") != 1 or not all("!" <= each <= "~" and each not in NOT_IN_ADDRESSES for each in address):
        raise ValueError("that is no mail address")
    found = vCalAddress(f"mailto:{address}")
    if name := clean_name(person.name):
        found.params["CN"] = name
    return found


def _invited(guest: Guest) -> vCalAddress:
    address = _address(guest.person)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = guest.answer.value
    address.params["RSVP"] = "TRUE"
    return address


def _conference(url: str) -> vUri:
    link = vUri(url)
    link.params["VALUE"] = "URI"
    link.params["FEATURE"] = "VIDEO"
    return link


def clean(text: str) -> str:
    """Lines of visible text, without blanks at their ends: readers differ about those."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    visible = ("".join(each for each in line if unicodedata.category(each) not in DROPPED).strip() for line in lines)
    return "\n".join(visible).strip()


def clean_name(name: str) -> str:
    """One line that any client shows as it is."""
    words = "".join(" " if unicodedata.category(each) in DROPPED else each for each in name if each not in NOT_IN_NAMES)
    return " ".join(words.split())[:LONGEST_NAME].strip()
