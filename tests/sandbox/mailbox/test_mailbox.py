"""What Outlook does with invitations that come by mail, and what it sends back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

import aiohttp
import dkim
import pytest

from sandbox.app import Sandbox
from sandbox.mailbox.calendar_file import Unreadable, calendar_file
from sandbox.world import Event, Mailbox, Person, Timed

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
THEO, GIL, BOX = "theo@example.org", "gil@example.com", "sessions+t0ken@pairtime.example"
FILE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
METHOD:{method}
BEGIN:VEVENT
UID:5f2b@pairtime.example
SEQUENCE:{sequence}
DTSTAMP:{stamp}
DTSTART:{start}
DTEND:20261124T120000Z
SUMMARY:Mentoring\\, session
DESCRIPTION:Two\\nlines
ORGANIZER;CN="The programme":mailto:{organizer}
ATTENDEE;CN="Theo: Marchetti";PARTSTAT=NEEDS-ACTION:mailto:theo@example.
 org
ATTENDEE:mailto:gil@example.com
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(Mailbox(THEO, "Theo Marchetti", "microsoft", "Europe/Rome"))
        running.world.add_mailbox(Mailbox(GIL, "Gil Mora", "google", "Europe/Madrid"))
        yield running


def file(
    method: str = "REQUEST",
    sequence: int = 0,
    stamp: str = "20261122T160000Z",
    start: str = "20261124T100000Z",
    organizer: str = BOX,
) -> str:
    filled = FILE.format(method=method, sequence=sequence, stamp=stamp, start=start, organizer=organizer)
    return filled.replace("\n", "\r\n")


def letter(content: str, method: str = "REQUEST") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = BOX, THEO, "Invitation"
    message.set_content("Hello.\n")
    message.add_alternative(content, subtype="calendar", params={"method": method}, cte="base64")
    return message.as_bytes()


def arrives(sandbox: Sandbox, content: str, method: str = "REQUEST", to: str = THEO) -> list[Event]:
    sandbox.mail.deliver(BOX, to, letter(content, method))
    return sandbox.world.events(to)


def test_a_file_is_read_as_it_is_meant() -> None:
    read = calendar_file(file().encode())
    assert (read.method, read.uid, read.sequence) == ("REQUEST", "5f2b@pairtime.example", 0)
    assert (read.title, read.body) == ("Mentoring, session", "Two\nlines")
    assert (read.organizer.email, read.organizer.name) == (BOX, "The programme")
    assert [(each.email, each.name) for each in read.attendees] == [(THEO, "Theo: Marchetti"), (GIL, "")]
    assert read.end - read.start == timedelta(hours=2)


@pytest.mark.parametrize(
    "spoilt",
    [
        ("DTSTART:", "DTSTART;TZID=Europe/Rome:"),
        ("BEGIN:VEVENT", "BEGIN:VTODO"),
        ("UID:5f2b@pairtime.example\r\n", ""),
        ("ORGANIZER;CN", "ORGANISER;CN"),
        ("mailto:gil", "tel:gil"),
        ("SEQUENCE:0", "SEQUENCE:first"),
    ],
)
def test_what_a_mail_program_cannot_read_is_not_read(spoilt: tuple[str, str]) -> None:
    with pytest.raises(Unreadable):
        calendar_file(file().replace(*spoilt).encode())


def test_an_invitation_lies_in_outlook_at_once_and_tentatively(sandbox: Sandbox) -> None:
    (event,) = arrives(sandbox, file())
    assert (event.availability, event.response, event.organizer.email) == ("tentative", "needsAction", BOX)
    assert arrives(sandbox, file(), to=GIL) == [], "Gmail leaves it in the mail"
    assert len(sandbox.mail.post.letters(GIL)) == 1


@pytest.mark.parametrize(
    ("later", "taken"),
    [
        ({"sequence": 1, "start": "20261124T110000Z"}, True),
        ({"sequence": 0, "stamp": "20261122T170000Z", "start": "20261124T110000Z"}, True),
        ({"sequence": 0, "start": "20261124T110000Z"}, False),
        ({"sequence": 0, "stamp": "20261122T150000Z", "start": "20261124T110000Z"}, False),
        ({"sequence": 1, "organizer": "evil@example.net", "start": "20261124T110000Z"}, False),
    ],
)
def test_only_news_of_the_same_organizer_changes_it(sandbox: Sandbox, later: dict[str, object], taken: bool) -> None:
    arrives(sandbox, file())
    (event,) = arrives(sandbox, file(**later))  # type: ignore[arg-type]  # each case names a field's own type
    assert isinstance(event.when, Timed)
    assert (event.when.start.hour == 11) == taken


def test_a_cancellation_stays_one_whatever_comes_late(sandbox: Sandbox) -> None:
    assert arrives(sandbox, file("CANCEL", 1), "CANCEL") == [], "of what never came nothing is to be cancelled"
    arrives(sandbox, file())
    (event,) = arrives(sandbox, file("CANCEL", 1), "CANCEL")
    assert (event.status, event.availability) == ("cancelled", "free")
    (event,) = arrives(sandbox, file())
    assert event.status == "cancelled"


def test_a_method_that_the_mail_does_not_name_is_no_invitation(sandbox: Sandbox) -> None:
    assert arrives(sandbox, file("CANCEL", 1), "REQUEST") == []
    assert arrives(sandbox, file(), "PUBLISH") == []


def test_what_did_not_come_by_mail_is_not_changed_by_it(sandbox: Sandbox) -> None:
    when = Timed(NOW + timedelta(days=1), NOW + timedelta(days=1, hours=1))
    own = Event(THEO, "id1", "5f2b@pairtime.example", "Own", when, Person(THEO))
    sandbox.world.load([own])
    (event,) = arrives(sandbox, file(sequence=9))
    assert event.title == "Own"


@pytest.mark.parametrize(
    ("deed", "partstat", "method"),
    [
        ("accept", "ACCEPTED", "REPLY"),
        ("decline", "DECLINED", "REPLY"),
        ("tentative", "TENTATIVE", "REPLY"),
        ("counter", "NEEDS-ACTION", "COUNTER"),
    ],
)
async def test_answers_go_to_the_organizers_address_signed_by_ones_own_domain(
    sandbox: Sandbox, deed: str, partstat: str, method: str
) -> None:
    (event,) = arrives(sandbox, file())
    told = {"mailbox": THEO, "uid": event.uid, "comment": "Sorry; late, again"}
    if deed == "counter":
        told |= {"start": "2026-11-25T10:00:00Z", "end": "2026-11-25T11:00:00Z"}
    async with aiohttp.ClientSession() as http, http.post(f"{sandbox.url}/_/{deed}", json=told) as answer:
        assert answer.status == 200, await answer.text()
    (reply,) = sandbox.mail.post.letters("sessions@pairtime.example")
    assert (reply.sender, reply.recipient) == (THEO, BOX)
    assert f"PARTSTAT={partstat}:mailto:{THEO}".encode() in calendar_bytes(reply.message)
    assert reply.calendar is not None
    assert (reply.calendar.method, reply.calendar.uid, reply.calendar.sequence) == (method, event.uid, 0)
    assert dkim.verify(reply.raw, dnsfunc=txt_of(sandbox))
    assert not dkim.verify(reply.raw.replace(b"Theo", b"Leo"), dnsfunc=txt_of(sandbox))
    own = sandbox.world.events(THEO)[0]
    assert (own.response == "needsAction") == (deed == "counter")


def calendar_bytes(message: EmailMessage) -> bytes:
    (part,) = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.replace(b"\r\n ", b"")


def txt_of(sandbox: Sandbox) -> object:
    def txt(name: bytes, timeout: int = 5) -> bytes | None:
        del timeout
        return next(iter(sandbox.answering.txt(name.decode())), None)

    return txt


async def test_of_what_did_not_come_by_mail_no_other_time_is_proposed(sandbox: Sandbox) -> None:
    when = Timed(NOW + timedelta(days=1), NOW + timedelta(days=1, hours=1))
    sandbox.world.load([Event(THEO, "id1", "uid1", "Own", when, Person(THEO))])
    told = {"mailbox": THEO, "uid": "uid1", "start": "2026-11-25T10:00:00Z", "end": "2026-11-25T11:00:00Z"}
    async with aiohttp.ClientSession() as http, http.post(f"{sandbox.url}/_/counter", json=told) as answer:
        assert answer.status == 400
        assert "by mail" in await answer.text()
