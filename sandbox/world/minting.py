"""What a suite makes up by itself: event ids, iCalendar UIDs and conference links."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, replace
from typing import Literal

from sandbox.world.values import Conference, Suite

BASE32HEX = "0123456789abcdefghijklmnopqrstuv"


@dataclass(frozen=True, slots=True)
class Minting:
    """How a suite makes conference links: how many answers (the creating one included) still say pending, how
    many milliseconds of real time it takes, and how it ends."""

    pending_answers: int = 0
    pending_ms: int = 0
    outcome: Literal["success", "failure"] = "success"

    def begin(self, suite: Suite, key: str, request_id: str, real_time: float) -> Conference:
        """A conference asked for at `real_time` (epoch seconds)."""
        conference = Conference(
            kind="Meet" if suite == "google" else "Teams",
            state="pending",
            request_id=request_id,
            url=conference_url(suite, key),
            pending_answers=self.pending_answers,
            ready_at=real_time + self.pending_ms / 1000,
            outcome=self.outcome,
        )
        return settled(conference, real_time)


def settled(conference: Conference, real_time: float) -> Conference:
    """The same conference, finished if its time has come."""
    if conference.state != "pending" or conference.pending_answers > 0 or real_time < conference.ready_at:
        return conference
    return replace(conference, state=conference.outcome)


def event_id(suite: Suite) -> str:
    """A fresh id in the suite's alphabet; Outlook's are long, case-sensitive and hold - and _."""
    if suite == "google":
        return "".join(secrets.choice(BASE32HEX) for _ in range(26))
    return "AAMk" + base64.urlsafe_b64encode(secrets.token_bytes(88)).decode().rstrip("=") + "AA="


def event_uid(suite: Suite, of_id: str) -> str:
    """The iCalendar UID the organizer's suite gives an event with this id."""
    if suite == "google":
        return f"{of_id}@google.com"
    return "040000008200E00074C5B7101A82E008" + hashlib.sha256(of_id.encode()).hexdigest()[:48].upper()


def conference_url(suite: Suite, key: str) -> str:
    """The link of the conference made for `key`; the same key gives the same link."""
    digest = hashlib.sha256(key.encode()).digest()
    if suite == "google":
        letters = "".join(chr(ord("a") + byte % 26) for byte in digest[:10])
        return f"https://meet.google.com/{letters[:3]}-{letters[3:7]}-{letters[7:]}"
    thread = base64.b32encode(digest).decode().rstrip("=").lower()
    return f"https://teams.microsoft.com/l/meetup-join/19%3ameeting_{thread}%40thread.v2/0"
