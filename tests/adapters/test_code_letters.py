"""A one-time code by mail, over real SMTP on 127.0.0.1: in the reader's language, to the address we know."""

from __future__ import annotations

from datetime import UTC, datetime

from adapters.code_letters import CodeLetters
from calendar_core.event import Person
from calendar_core.mail import Security, SmtpMailer, SmtpServer
from calendar_core.people import OrganisationId, User, UserId
from sandbox.app import Sandbox

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
ANA = User(UserId(1), OrganisationId(1), "ana@example.com", "Ana Ruiz", "Europe/Berlin", "de")


async def test_the_code_stands_in_subject_and_body() -> None:
    async with Sandbox(now=NOW) as sandbox:
        server = SmtpServer(host="127.0.0.1", port=int(sandbox.mail.url.rpartition(":")[2]), security=Security.PLAIN)
        letters = CodeLetters(SmtpMailer(server, lambda: NOW), Person("sessions@pairtime.example", "Pairtime"))
        await letters.send_code(ANA, "042137", "code-1")
        (arrived,) = sandbox.mail.post.letters("ana@example.com")
    message = arrived.message
    assert message["Subject"] == "Ihr Code: 042137"
    assert message["Message-ID"] == "<code-1@pairtime.example>"
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "042137 ist Ihr Code" in text
    assert "Sagen Sie den Code niemandem." in text.replace("\n", " ")
    assert not list(message.iter_attachments())
