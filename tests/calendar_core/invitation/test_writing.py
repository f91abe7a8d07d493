"""An invitation's bytes, line by line; and nothing that somebody typed gets to be a line of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_core.event import Person
from calendar_core.interval import Interval
from calendar_core.invitation import Copy, Guest, Invitation, calendar_file
from calendar_core.participation import Participation
from calendar_core.people import UserId

AT = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
MIA, THEO = Person("mia@example.org", "Mia Castel"), Person("theo@example.org", "Theo Marchetti")
MAILBOX = Person("sessions@pairtime.example", "Mentoring – Mia & Theo")
INVITATION = Invitation(
    key="5f2b",
    uid="5f2b@pairtime.example",
    mailbox=MAILBOX,
    title="Mentoring session",
    when=Interval.lasting(datetime(2026, 11, 24, 9, tzinfo=UTC), 45),
    zone="Europe/Paris",
    changed_at=AT,
    copies=(Copy(UserId(1)), Copy(UserId(2))),
)
INVITED = 'ATTENDEE;CN="{}";CUTYPE=INDIVIDUAL;PARTSTAT={};ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:{}'


def lines(invitation: Invitation, *people: Guest, description: str = "Two\nlines.") -> list[str]:
    data = calendar_file(invitation, MAILBOX, people, title=invitation.title, description=description)
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    return data.decode().replace("\r\n ", "").splitlines()


def test_a_request_line_by_line() -> None:
    assert lines(INVITATION, Guest(MIA), Guest(THEO, Participation.ACCEPTED)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pairtime//Pairtime//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "SUMMARY:Mentoring session",
        "DTSTART:20261124T090000Z",
        "DTEND:20261124T094500Z",
        "DTSTAMP:20261122T160200Z",
        "UID:5f2b@pairtime.example",
        "SEQUENCE:0",
        INVITED.format("Mia Castel", "NEEDS-ACTION", "mia@example.org"),
        INVITED.format("Theo Marchetti", "ACCEPTED", "theo@example.org"),
        "DESCRIPTION:Two\\nlines.",
        "LAST-MODIFIED:20261122T160200Z",
        'ORGANIZER;CN="Mentoring – Mia & Theo":mailto:sessions@pairtime.example',
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_cancellation_has_everything_that_a_client_looks_for() -> None:
    written = lines(INVITATION.called_off(AT), Guest(MIA), Guest(THEO))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", "UID:5f2b@pairtime.example"} <= set(written)
    assert {"DTSTART:20261124T090000Z", "DTEND:20261124T094500Z", "SUMMARY:Mentoring session"} <= set(written)
    assert sum(line.startswith("ATTENDEE") for line in written) == 2


def test_a_given_link_is_there_for_old_clients_and_new_and_asks_nobody_again() -> None:
    url = "https://video.example.com/room?a=1;b,2"
    written = lines(
        INVITATION.answered(UserId(1), Participation.ACCEPTED).linked(url, AT), Guest(MIA, Participation.ACCEPTED)
    )
    assert f"CONFERENCE;FEATURE=VIDEO;VALUE=URI:{url}" in written
    assert "LOCATION:https://video.example.com/room?a=1\\;b\\,2" in written
    assert "SEQUENCE:0" in written


def test_a_private_one_says_so() -> None:
    assert "CLASS:PRIVATE" in lines(replace(INVITATION, private=True), Guest(MIA))
    assert not any(line.startswith("CLASS") for line in lines(INVITATION, Guest(MIA)))


@pytest.mark.parametrize(
    "name",
    [
        "Evil\r\nATTENDEE:mailto:x@evil.example",
        'Quote";CN="Other',
        "Caret ^n^^ ^'",
        "Bidi \u202e\u2066x",
        "Line\u2028and\u2029paragraph\x85next",
        "Nul\x00 bell\x07 vertical\x0b",
    ],
)
def test_a_name_never_gets_out_of_its_place(name: str) -> None:
    written = lines(INVITATION, Guest(Person(MIA.email, name)), description=name)
    assert len(written) == len(lines(INVITATION, Guest(MIA)))
    assert not any(mark in "".join(written) for mark in "\u202e\u2066\u2028\u2029\x85\x00\x07\x0b\r\n")
    (attendee,) = [line for line in written if line.startswith("ATTENDEE")]
    assert attendee.endswith(":mailto:mia@example.org")
    assert attendee.count('"') in (0, 2)
    assert "^" not in attendee


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b@c", "a b@c.example", "a@b.example\r\nX:1", "é@b.example", "<a@b>"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="no mail address"):
        lines(INVITATION, Guest(Person(address, "Mia")))


TYPED = st.one_of(
    st.text(max_size=200),
    st.text(alphabet='\r\n:;,\\"\t a\u00e9\u4e16\U0001f469\u200d\u0301', min_size=30, max_size=200),
    st.sampled_from(("x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "ATTENDEE;CN=a:mailto:x@evil.example", "\U0001f600" * 80)),
)


@given(TYPED, TYPED, TYPED)
def test_whatever_is_typed_no_property_is_won_and_no_letter_is_cut_in_two(
    title: str, name: str, description: str
) -> None:
    people = (Guest(Person(MIA.email, name)), Guest(THEO))
    data = calendar_file(INVITATION, MAILBOX, people, title=title, description=description)
    written = data.split(b"\r\n")
    assert b"\n" not in b"".join(written)
    assert all(len(line) <= 75 for line in written)
    for line in written:
        line.decode()  # folded between characters, never inside one
    unfolded = data.replace(b"\r\n ", b"").decode().split("\r\n")
    properties = [re.match(r"[A-Z-]*", line)[0] for line in unfolded if line]  # type: ignore[index]  # matches always
    assert properties.count("ATTENDEE") == 2
    assert (properties.count("BEGIN"), properties.count("END"), properties.count("ORGANIZER")) == (2, 2, 1)
    harmless = lines(INVITATION, Guest(MIA), Guest(THEO))
    assert set(properties) <= {re.split("[:;]", line)[0] for line in harmless}
