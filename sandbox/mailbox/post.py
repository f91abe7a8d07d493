"""Every letter that came, by recipient, as long as the world lives."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from sandbox.mailbox.calendar_file import CalendarFile, calendar_in
from sandbox.world import Json, World

Arrival = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Letter:
    """`n` counts one recipient's letters from 1; `at` is the world's time in RFC 3339; `sender` and `recipient` are the
    envelope's."""

    n: int
    at: str
    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)

    @property
    def calendar(self) -> CalendarFile | None:
        """The calendar part, as a mail program finds it: none without a text/calendar that can be read."""
        return calendar_in(self.message)

    def json(self) -> dict[str, Json]:
        """For people and tests."""
        message, file = self.message, self.calendar
        text = message.get_body(("plain",))
        return {
            "n": self.n,
            "at": self.at,
            "from": self.sender,
            "to": self.recipient,
            "subject": str(message["Subject"] or ""),
            "message_id": str(message["Message-ID"] or ""),
            "after": str(message["References"] or "") or None,
            "text": text.get_content() if text is not None else "",
            "invitation": None
            if file is None
            else {
                "method": file.method,
                "uid": file.uid,
                "sequence": file.sequence,
                "start": file.start.isoformat(),
                "end": file.end.isoformat(),
                "organizer": file.organizer.email,
                "link": file.location or None,
            },
        }


class Post:
    """A mailbox for whoever is written to. An address with a tag ("box+tag@...") is the mailbox without it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._arrivals: dict[str, list[Arrival]] = {}

    def deliver(self, sender: str, recipient: str, raw: bytes) -> Letter:
        """A letter comes in; whoever waits for it is told."""
        address = mailbox_of(recipient)
        letter = Letter(len(self.letters(address)) + 1, self._world.clock.now().isoformat(), sender, recipient, raw)
        row: Json = {"at": letter.at, "sender": sender, "recipient": recipient, "raw": base64.b64encode(raw).decode()}
        self._world.remember(f"letter {address} {letter.n:06}", row)
        for tell in self._arrivals.get(address, ()):
            tell(raw)
        return letter

    def on_arrival(self, address: str, tell: Arrival) -> None:
        """Called with the bytes of each letter that comes to that mailbox from now on."""
        self._arrivals.setdefault(mailbox_of(address), []).append(tell)

    def letters(self, address: str) -> list[Letter]:
        """All that came to that mailbox, the oldest first."""
        rows = sorted(self._world.facts(f"letter {mailbox_of(address)} "))
        return [_letter(n, row) for n, (_, row) in enumerate(rows, start=1)]

    def addresses(self) -> list[str]:
        """Every mailbox that ever got a letter."""
        return sorted({key.split(" ")[1] for key, _ in self._world.facts("letter ")})


def mailbox_of(address: str) -> str:
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _letter(n: int, row: Json) -> Letter:
    kept = row if isinstance(row, dict) else {}
    return Letter(
        n=n,
        at=str(kept["at"]),
        sender=str(kept["sender"]),
        recipient=str(kept["recipient"]),
        raw=base64.b64decode(str(kept["raw"])),
    )
