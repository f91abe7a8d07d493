"""The address an invitation is to be answered to: the programme's own, with a token that only its recipient was given.

The token binds the invitation's uid and the recipient: whoever was not sent it cannot answer for somebody else, and
nobody can answer an invitation with the token of another one. It is part of ORGANIZER, where calendars send answers.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .people import address_of

TOKEN_BYTES = 15  # 120 bits, 24 characters: what stands before the @ stays far below its 64
PURPOSE = b"pairtime reply address 1"


@dataclass(frozen=True, slots=True)
class ReplyAddresses:
    """`mailbox` is the programme's address; `secrets` are the installation's keys, the one that seals first.

    The oldest key signs, so that a new one beside it changes no invitation that is out: ORGANIZER has to stay the
    same as long as a uid lives. All of them are believed.
    """

    mailbox: str
    secrets: Sequence[bytes]

    def of(self, uid: str, recipient: str) -> str:
        """Where that recipient's calendar sends the answer to that invitation. The same each time."""
        local, _, domain = self.mailbox.rpartition("@")
        return f"{local}+{_token(self.secrets[-1], uid, recipient)}@{domain}"

    def given_to(self, uid: str, recipient: str, addresses: Iterable[str]) -> bool:
        """Whether one of the addresses is the one that was given to the recipient for that invitation."""
        local, _, domain = address_of(self.mailbox).rpartition("@")
        wanted = [f"{local}+{_token(secret, uid, recipient)}@{domain}".encode() for secret in self.secrets]
        there = [address_of(each).encode() for each in addresses]
        return any(hmac.compare_digest(one, other) for one in wanted for other in there)


def _token(secret: bytes, uid: str, recipient: str) -> str:
    key = hmac.digest(secret, PURPOSE, hashlib.sha256)
    bound = f"{len(uid)}:{uid}{address_of(recipient)}".encode()
    return base64.b32encode(hmac.digest(key, bound, hashlib.sha256)[:TOKEN_BYTES]).decode().lower()
