"""A letter's bytes: the arrangement that mail programs show as an invitation, exactly."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP
from email.utils import parseaddr

import pytest

from calendar_core.event import Person
from calendar_core.invitation import Method
from calendar_core.invitation.writing import clean_name
from calendar_core.mail.messages import message_bytes
from calendar_core.ports import CalendarPart, Letter

NOW = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
FILE = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Zoë – Süß 山田\r\nEND:VCALENDAR\r\n".encode()


def letter(**changes: object) -> Letter:
    fields: dict[str, object] = {
        "sender": Person("sessions@pairtime.example", "Mentoring – Mia & Theo"),
        "to": Person("theo@example.org", "Marchetti, Theo"),
        "subject": "Invitation: Tue 24 Nov 2026, 10:00 – 10:45 Rome",
        "paragraphs": ("Two & <three>.", "Line " * 60),
        "message_id": "<5f2b.0@pairtime.example>",
        "calendar": CalendarPart(Method.REQUEST, FILE),
    }
    return Letter(**{**fields, **changes})  # type: ignore[arg-type]  # each test names a field's own type


def test_the_parts_are_where_every_program_looks_for_them() -> None:
    message = message_from_bytes(message_bytes(letter(), NOW), policy=SMTP)
    assert message.get_content_type() == "multipart/mixed"
    alternative, attachment = message.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in alternative.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    *_, calendar = alternative.iter_parts()
    assert (calendar.get_param("method"), calendar.get_content_charset()) == ("REQUEST", "utf-8")
    assert calendar.get_payload(decode=True) == attachment.get_payload(decode=True) == FILE
    assert (attachment.get_content_type(), attachment.get_filename()) == ("application/ics", "invite.ics")


def test_every_relay_leaves_it_as_it_is() -> None:
    raw = message_bytes(letter(after="<5f2b@pairtime.example>"), NOW)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_the_headers() -> None:
    message = message_from_bytes(message_bytes(letter(after="<first@pairtime.example>"), NOW), policy=SMTP)
    assert message["From"] == "Mentoring – Mia & Theo <sessions@pairtime.example>"
    assert message["To"] == '"Marchetti, Theo" <theo@example.org>'
    assert message["Message-ID"] == "<5f2b.0@pairtime.example>"
    assert message["References"] == message["In-Reply-To"] == "<first@pairtime.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Sun, 22 Nov 2026 16:02:00 +0000"
    assert not [name for name in ("Reply-To", "Sender", "List-Id", "Cc", "Bcc") if name in message]
    assert "References" not in message_from_bytes(message_bytes(letter(), NOW), policy=SMTP)


def test_a_long_subject_is_read_as_it_was_written() -> None:
    for subject in (f"Invitation: {'Tue 24 Nov 2026, ' * 8}x", f"Einladung: {'Süß – 山田 ' * 12}x"):
        for name in ("Pairtime", "Mentoring – Mia & Theo"):
            raw = message_bytes(letter(subject=subject, sender=Person("sessions@pairtime.example", name)), NOW)
            head, _, parts = raw.partition(b"\r\n\r\n")
            assert message_from_bytes(raw, policy=SMTP)["Subject"] == subject
            assert max(len(line) for line in head.split(b"\r\n")) <= 998
            assert max(len(word) for word in re.findall(rb"=\?.*?\?=", head) or [b""]) <= 75
            assert max(len(line) for line in parts.split(b"\r\n") if not line.startswith(b"Content-")) <= 78


def test_a_plain_subject_begins_with_its_first_letter() -> None:
    raw = message_bytes(letter(sender=Person("sessions@pairtime.example", "Pairtime"), subject="Long " * 30 + "x"), NOW)
    assert b"\r\nSubject: Long Long " in raw


def test_the_words_are_the_same_in_both_and_mark_nothing_up() -> None:
    message = message_from_bytes(message_bytes(letter(), NOW), policy=SMTP)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().startswith("Two & <three>.\r\n\r\nLine Line")
    assert "<p>Two &amp; &lt;three&gt;.</p>" in html.get_content()
    assert "http" not in html.get_content()


def test_a_letter_without_an_invitation_has_words_alone() -> None:
    message = message_from_bytes(message_bytes(letter(calendar=None), NOW), policy=SMTP)
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hello\r\nBcc: all@example.org"},
        {"to": Person("theo@example.org\r\nBcc: all@example.org", "Theo")},
        {"to": Person("nobody", "Theo")},
        {"message_id": "<a@b>\r\nX: 1"},
    ],
)
def test_nothing_becomes_a_header_of_its_own(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        message_bytes(letter(**changes), NOW)


@pytest.mark.parametrize(
    "name",
    ["Zoë", "山田 太郎 " * 9 + "x", "Ольга Ивановна " * 5 + "x", 'Quote "d", and; comma', "Plain Name", "", "a" * 300],
)
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    message = message_from_bytes(message_bytes(letter(to=Person("theo@example.org", name)), NOW))
    shown, address = parseaddr(str(make_header(decode_header(message["To"]))))
    assert (shown, address) == (clean_name(name), "theo@example.org")


def test_a_name_cannot_break_out_of_its_header() -> None:
    raw = message_bytes(letter(to=Person("theo@example.org", "Theo\r\nBcc: all@example.org\u202e")), NOW)
    assert "Bcc" not in message_from_bytes(raw, policy=SMTP)
