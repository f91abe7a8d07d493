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

from .invitation import Invitation
from .people import UserId, address_of

TOKEN_BYTES = 15  # 120 bits, 24 characters: what stands before the @ has to stay below 64
PURPOSE = b"pairtime reply address 1"


@dataclass(frozen=True, slots=True)
class ReplyAddresses:
    """A ReplyAddress. `secrets` are the installation's keys, the one that seals first.

    The oldest key signs, so that a new one beside it changes no invitation that is out: ORGANIZER has to stay the
    same as long as a uid lives. All of them are believed.
    """

    secrets: Sequence[bytes]

    def of(self, invitation: Invitation, user: UserId) -> str:
        """See ReplyAddress."""
        return _address(self.secrets[-1], invitation, user)

    def given_to(self, user: UserId, invitation: Invitation, addresses: Iterable[str]) -> bool:
        """Whether one of the addresses is the one that was given to this person for that invitation."""
        wanted = [address_of(_address(secret, invitation, user)).encode() for secret in self.secrets]
        there = [address_of(each).encode() for each in addresses]
        return any(hmac.compare_digest(one, other) for one in wanted for other in there)


def _address(secret: bytes, invitation: Invitation, user: UserId) -> str:
    key = hmac.digest(secret, PURPOSE, hashlib.sha256)
    token = hmac.digest(key, f"{user}:{invitation.uid}".encode(), hashlib.sha256)[:TOKEN_BYTES]
    local, _, domain = invitation.mailbox.rpartition("@")
    return f"{local}+{base64.b32encode(token).decode().lower()}@{domain}"
