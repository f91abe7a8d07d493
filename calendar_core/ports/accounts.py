"""Chat accounts and whose they are: the store's side, and the way out for one-time codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from calendar_core.chat_account import ChatAccount, CodeId, Link, LinkCode
from calendar_core.people import Identity, OrganisationId, User, UserId


class Accounts(Protocol):
    """Each method is one transaction."""

    async def bindings(self) -> Mapping[str, OrganisationId]:
        """Every issuer (workspace or tenant) whose accounts may be an organisation's people."""

    async def bind(self, issuer: str, organisation: OrganisationId) -> OrganisationId:
        """Whose it is from now on; one that is bound already stays with its organisation, which is returned."""

    async def unbind(self, issuer: str, at: datetime) -> int:
        """It is nobody's, and its links are suspended: how many. Twice is once."""

    async def seen(self, account: ChatAccount, at: datetime) -> None:
        """Remembers what the chat says of it. Suspends its link if it is no member any more, or if its profile shows
        another address than when it was linked (a roster's address is used once: another one there changes nothing)."""

    async def account(self, account: Identity) -> ChatAccount | None:
        """What its chat said last."""

    async def link(self, account: Identity) -> Link | None:
        """Whose it is, or was."""

    async def confirm(self, account: ChatAccount, user: UserId, at: datetime) -> None:
        """It is this person's from now on, suspended or not before. Twice is once."""

    async def ask_zone(self, user: UserId, zone: str, at: datetime) -> bool:
        """The person is asked whether that zone, which their chat has, is theirs (ZoneDiffers). False, and nothing
        written, if they were asked about it before."""

    async def unlink(self, account: Identity, at: datetime) -> None:
        """Suspends its link, as its owner asks. Twice is once."""

    async def ask_code(
        self, account: ChatAccount, user: UserId | None, at: datetime, *, since: datetime, limit: int
    ) -> CodeId | None:
        """A new code is to be made and mailed, by a job; older ones of the account count no more. None, and nothing
        written, if `limit` were asked for since, for this account or for this address."""

    async def code(self, code: CodeId) -> LinkCode | None:
        """As it is stored."""

    async def made(self, code: CodeId, hashed: str) -> bool:
        """Its hash, before it is mailed; a later one replaces it. False if it is used, or not the newest any more."""

    async def tried(self, account: Identity, at: datetime, tries: int) -> LinkCode | None:
        """Counts a try at the account's newest code. None if that is used, has ended, or was tried `tries` times."""

    async def spend(self, code: CodeId, account: ChatAccount, at: datetime) -> UserId | None:
        """The code was right: it is used, and the account is that person's. None if somebody was faster."""

    async def forget_codes(self, before: datetime) -> None:
        """Removes those that were made earlier."""


class CodeSender(Protocol):
    """Sends somebody a one-time code."""

    async def send_code(self, user: User, code: str, key: str) -> None:
        """To the address the programme knows. Twice with one key may be twice. Raises ProviderUnavailable to be tried
        later."""
