"""A chat account before it is anybody's: what its chat's directory says of it, and the code that proves whose it is."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from .people import Identity, UserId

CODE_LASTS = timedelta(minutes=10)
TRIES = 5  # a code
MAILS_A_DAY = 3  # to an address, and for an account
DIGITS = 6
SALT_BYTES = 16
TYPED_CODE = re.compile(rf"\d{{{DIGITS}}}", re.ASCII)

CodeId = NewType("CodeId", int)


class Standing(StrEnum):
    """What an account is in its workspace. Only members are linked."""

    MEMBER = "member"
    GUEST = "guest"  # Slack's single- and multi-channel guests, Entra's guests
    EXTERNAL = "external"  # of another workspace: Slack Connect, Teams' external users
    BOT = "bot"
    DEACTIVATED = "deactivated"


class Suspension(StrEnum):
    """Why a link counts no more, until it is confirmed anew."""

    UNLINKED = "unlinked by the person"
    ADDRESS_CHANGED = "the profile's address changed"
    DEACTIVATED = "the account was deactivated"
    UNBOUND = "the workspace is no longer bound"


class Vouching(StrEnum):
    """What a chat's address is worth. A tenant's roster says whose mailbox it is; a profile may be edited."""

    ROSTER = "roster"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatAccount:
    """`account.issuer` names the workspace or tenant ("slack:T0123", "teams:TENANT"), `account.subject` is the
    chat's own id of the account, which outlives names and addresses. `address` is what the chat's directory says, never
    what somebody typed; `time_zone` an IANA key and `language` a BCP 47 tag as the chat has them."""

    account: Identity
    standing: Standing = Standing.MEMBER
    address: str | None = None
    time_zone: str | None = None
    language: str | None = None

    @property
    def vouching(self) -> Vouching:
        """By the chat."""
        return Vouching.ROSTER if self.account.chat == "teams" else Vouching.PROFILE


@dataclass(frozen=True, slots=True)
class Link:
    """Whose an account is. One that is suspended says nothing about who talks."""

    user: UserId
    suspended: Suspension | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCode:
    """A one-time code for an account. `person` is None where nobody has the address: then none is mailed, and all else
    is the same. `hash` is None until it was mailed."""

    id: CodeId
    account: Identity
    address: str
    person: UserId | None
    hash: str | None
    made_at: datetime

    def counts_at(self, now: datetime) -> bool:
        """It has not ended."""
        return now < self.made_at + CODE_LASTS


def hashed(code: str, salt: bytes) -> str:
    """What is stored of a code: one cannot read it back before it has ended."""
    digest = hashlib.scrypt(code.encode(), salt=salt, n=2**12, r=8, p=1)
    return f"{b64encode(salt).decode()}:{b64encode(digest).decode()}"


def is_code(typed: str, stored: str | None) -> bool:
    """In the same time whether there is one or not."""
    salt = b64decode(stored.partition(":")[0]) if stored else bytes(SALT_BYTES)
    return hmac.compare_digest(hashed(typed, salt), stored or "")
