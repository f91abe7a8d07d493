"""One mailbox's letters as IMAP sees them: each has a UID that only rises, as long as UIDVALIDITY stays."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True)
class Letter:
    """`raw` is what was received, with CRLF; `says_size` is what RFC822.SIZE says where the server lies about it."""

    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)
    says_size: int | None = None

    @property
    def size(self) -> int:
        """RFC822.SIZE."""
        return len(self.raw) if self.says_size is None else self.says_size


class Letterbox:
    """What lies in INBOX. Whoever waits in `changed` wakes when a letter comes."""

    def __init__(self, uidvalidity: int = 1) -> None:
        self.uidvalidity = uidvalidity
        self.letters: list[Letter] = []
        self._next_uid = 1
        self._came = asyncio.Event()

    @property
    def next_uid(self) -> int:
        """UIDNEXT."""
        return self._next_uid

    def deliver(self, raw: bytes, *, says_size: int | None = None) -> Letter:
        """A letter comes in, and whoever idles is told."""
        letter = Letter(self._next_uid, raw, says_size=says_size)
        self._next_uid += 1
        self.letters.append(letter)
        woken, self._came = self._came, asyncio.Event()
        woken.set()
        return letter

    def renumber(self) -> None:
        """As after a move to another server: every UID is new, and UIDVALIDITY says so."""
        self.uidvalidity += 1
        for uid, letter in enumerate(self.letters, start=1):
            letter.uid = uid
        self._next_uid = len(self.letters) + 1

    async def changed(self, known: int) -> None:
        """Returns once more than `known` letters lie there."""
        while len(self.letters) <= known:
            await self._came.wait()
