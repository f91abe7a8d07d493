"""What a person's mail program sends back to whoever invited by mail: REPLY and COUNTER (RFC 5546), signed by the
person's domain as its mail server would (DKIM, RFC 6376)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from sandbox.mailbox.attendant import STAMP
from sandbox.mailbox.calendar_file import escaped, written
from sandbox.mailbox.receiving import MailServer
from sandbox.world import Event, Mailbox, Response, Timed, World

SELECTOR = "s1"
PARTSTAT: dict[Response, str] = {
    "accepted": "ACCEPTED",
    "declined": "DECLINED",
    "tentative": "TENTATIVE",
    "needsAction": "NEEDS-ACTION",
}
SUBJECT: dict[str, str] = {
    "ACCEPTED": "Accepted",
    "DECLINED": "Declined",
    "TENTATIVE": "Tentative",
    "NEEDS-ACTION": "New Time Proposed",
}


class Answering:
    """People answer what came by mail; the letter goes to the organizer's address."""

    def __init__(self, world: World, server: MailServer) -> None:
        self._world = world
        self._server = server

    def is_mailed(self, event: Event) -> bool:
        """Whether that copy came by mail, so that its organizer hears of answers by mail alone."""
        return STAMP in event.extra

    def reply(self, event: Event, response: Response, comment: str = "") -> Event:
        """Accepts, declines, or is unsure: in the own calendar, and by a letter to the organizer."""
        answered = self._world.answer(event, response, comment)
        self._send(answered, "REPLY", PARTSTAT[response], answered.when, comment)
        return answered

    def counter(self, event: Event, when: Timed, comment: str = "") -> Event:
        """Proposes another time. The own copy stays as it is."""
        self._send(event, "COUNTER", "NEEDS-ACTION", when, comment)
        return event

    def txt(self, name: str) -> list[bytes]:
        """The TXT records of a name: the keys that letters of this world are signed with."""
        selector, _, domain = name.rstrip(".").lower().partition("._domainkey.")
        return [self._published(domain)] if selector == SELECTOR and self._world.fact(f"dkim {domain}") else []

    def _send(self, event: Event, method: str, partstat: str, when: object, comment: str) -> None:
        owner = self._world.mailboxes[event.mailbox]
        if not isinstance(when, Timed):
            raise TypeError("sessions are never all day")
        reply = _Reply(
            owner=owner,
            event=event,
            method=method,
            partstat=partstat,
            when=when,
            comment=comment,
            now=self._world.clock.now(),
        )
        self._server.deliver(owner.address, event.organizer.email, self._signed(reply.letter(), owner.domain))

    def _signed(self, raw: bytes, domain: str) -> bytes:
        private = self._key(domain).private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        how = (b"relaxed", b"relaxed")
        return bytes(dkim.sign(raw, SELECTOR.encode(), domain.encode(), private, canonicalize=how)) + raw

    def _published(self, domain: str) -> bytes:
        public = self._key(domain).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)

    def _key(self, domain: str) -> rsa.RSAPrivateKey:
        kept = self._world.fact(f"dkim {domain}")
        if isinstance(kept, str):
            key = load_pem_private_key(kept.encode(), None)
            if isinstance(key, rsa.RSAPrivateKey):
                return key
        made = rsa.generate_private_key(65537, 2048)
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        self._world.remember(f"dkim {domain}", pem)
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """What one person says to the organizer."""

    owner: Mailbox
    event: Event
    method: str
    partstat: str
    when: Timed
    comment: str
    now: datetime

    def file(self) -> str:
        return written(
            "BEGIN:VCALENDAR",
            "PRODID:-//Sandbox//Outlook//EN",
            "VERSION:2.0",
            f"METHOD:{self.method}",
            "BEGIN:VEVENT",
            f"UID:{self.event.uid}",
            f"SEQUENCE:{self.event.sequence}",
            f"DTSTAMP:{_utc(self.now)}",
            f"DTSTART:{_utc(self.when.start)}",
            f"DTEND:{_utc(self.when.end)}",
            f"SUMMARY:{escaped(self.event.title)}",
            f"ORGANIZER:mailto:{self.event.organizer.email}",
            f'ATTENDEE;CN="{self.owner.name}";PARTSTAT={self.partstat}:mailto:{self.owner.address}',
            *((f"COMMENT:{escaped(self.comment)}",) if self.comment else ()),
            "END:VEVENT",
            "END:VCALENDAR",
        )

    def letter(self) -> bytes:
        message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
        message["From"] = Address(display_name=self.owner.name, addr_spec=self.owner.address)
        message["To"] = self.event.organizer.email
        message["Subject"] = f"{SUBJECT[self.partstat]}: {self.event.title}"
        message["Date"] = self.now
        message["Message-ID"] = f"<{uuid4().hex}@{self.owner.domain}>"
        message.set_content(f"{SUBJECT[self.partstat]}.\n", cte="quoted-printable")
        message.add_alternative(
            self.file(), subtype="calendar", charset="utf-8", cte="base64", params={"method": self.method}
        )
        return message.as_bytes()


def _utc(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"
