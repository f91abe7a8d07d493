"""Letters that answer invitations, as Outlook and Gmail write them, and the keys that sign them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

STAMP = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
SELECTOR = b"s1"


@cache
def key(domain: str) -> rsa.RSAPrivateKey:
    """The domain's own. Small and quick: it guards nothing."""
    return rsa.generate_private_key(65537, 1024)


def record(domain: str) -> bytes:
    """What the domain publishes."""
    public = key(domain).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


@dataclass
class Published:
    """TxtRecords: a few domains' keys. Notes what was asked."""

    records: Mapping[str, bytes] = field(
        default_factory=lambda: {f"s1._domainkey.{each}": record(each) for each in ("example.com", "example.org")}
    )
    asked: list[str] = field(default_factory=list)

    async def txt(self, name: str) -> tuple[bytes, ...]:
        self.asked.append(name)
        return (self.records[name],) if name in self.records else ()


def signed(raw: bytes, domain: str, **how: object) -> bytes:
    """With the domain's signature before it."""
    private = key(domain).private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    made = dkim.sign(raw, SELECTOR, domain.encode(), private, canonicalize=(b"relaxed", b"relaxed"), **how)
    return bytes(made) + raw


@dataclass(frozen=True, kw_only=True)
class AnsweringLetter:
    """One person's answer to one invitation. `extra` are more lines of the VEVENT."""

    sender: str
    to: str
    uid: str
    partstat: str = "ACCEPTED"
    method: str = "REPLY"
    sequence: int = 0
    stamp: datetime = STAMP
    attendee: str | None = None
    extra: tuple[str, ...] = (
        "DTSTART;TZID=W. Europe Standard Time:20261124T150000",
        "DTEND;TZID=W. Europe Standard Time:20261124T154500",
    )

    def calendar(self) -> str:
        """The iTIP part, with Outlook's habits: a Windows zone and no VTIMEZONE."""
        return "\r\n".join(
            (
                "BEGIN:VCALENDAR",
                "PRODID:-//Example//Mail//EN",
                "VERSION:2.0",
                f"METHOD:{self.method}",
                "BEGIN:VEVENT",
                f"UID:{self.uid}",
                f"SEQUENCE:{self.sequence}",
                f"DTSTAMP:{self.stamp:%Y%m%dT%H%M%SZ}",
                f"ORGANIZER:mailto:{self.to}",
                f"ATTENDEE;PARTSTAT={self.partstat};CN=Somebody:mailto:{self.attendee or self.sender}",
                *self.extra,
                "END:VEVENT",
                "END:VCALENDAR",
                "",
            )
        )

    def raw(self) -> bytes:
        """The whole letter, unsigned."""
        message = EmailMessage(policy=SMTP)
        message["From"] = f"Somebody <{self.sender}>"
        message["To"] = self.to
        message["Subject"] = f"{self.partstat.title()}: Mentoring session"
        message["Date"] = self.stamp
        message["Message-ID"] = f"<{self.stamp.timestamp()}.{self.partstat}@{self.sender.partition('@')[2]}>"
        message.set_content("I have answered.\n", cte="quoted-printable")
        message.add_alternative("<p>I have answered.</p>\n", subtype="html", cte="quoted-printable")
        message.add_alternative(
            self.calendar(), subtype="calendar", charset="utf-8", cte="base64", params={"method": self.method}
        )
        return message.as_bytes()

    def signed(self, domain: str | None = None, **how: object) -> bytes:
        """With the signature of the sender's domain, or of another one."""
        return signed(self.raw(), domain or self.sender.partition("@")[2].lower(), **how)
