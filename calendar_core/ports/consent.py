"""A person's own consent: asked for at the vendor's pages, and what it left us, kept sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import User, UserId
from calendar_core.sign_in import Extra


class Ungranted(StrEnum):
    """Why a sign-in left us with nothing. Each has its own next step for the person."""

    DECLINED = "the person said no at the vendor's page"
    PARTIAL = "something that is needed was not ticked"
    ADMIN_MUST_APPROVE = "an administrator must approve first"
    WRONG_TENANT = "the account is of another organisation"
    UNUSABLE_ACCOUNT = "this account can have no calendar that we could use"
    STALE = "the sign-in took too long, or its code was used before"
    FORGED = "the answer does not belong to this sign-in"


@dataclass(frozen=True, slots=True)
class Authorization:
    """Where to send the browser. `flow` is what `finish` will want: to be stored sealed, for one use."""

    url: str = field(repr=False)
    flow: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """A bearer token and the real instant at which the provider stops taking it."""

    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Granted:
    """A consent that does all we need, by the account the vendor vouches for.

    `account` is that account's address, `subject` the vendor's own id of it, which alone never changes: the connection
    is known by it. `scopes` are those that were really granted. `secret` is what renews access, `access` the first of
    it: both are for `Credentials` and nothing else.
    """

    kind: IntegrationKind
    account: str
    subject: str
    scopes: tuple[str, ...]
    secret: str = field(repr=False)
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class NotGranted:
    """Nothing was kept. `missing` are the scopes that were not ticked (PARTIAL); `account` is who signed in, where that
    is known: to be shown to that browser alone."""

    why: Ungranted
    missing: tuple[str, ...] = ()
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Credential:
    """What one person's consent left us. `access` is the newest access token, shared by all processes; `refused` and
    `refused_at` say that the vendor no longer renewed it, and when. `revision` rises with each stored change."""

    user: UserId
    kind: IntegrationKind
    account: str
    subject: str
    scopes: tuple[str, ...]
    secret: str = field(repr=False)
    access: Access | None = None
    refused: Trouble | None = None
    refused_at: datetime | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A consent that connects nobody any more, and whose vendor may not know of it yet. `since` is domain time."""

    credential: Credential
    since: datetime


class Consent(Protocol):
    """The provider's side of one vendor's consent. It knows no chat, no page and no link of ours."""

    @property
    def kind(self) -> IntegrationKind:
        """What a person is connected by, once it is given."""

    @property
    def answers_by_post(self) -> bool:
        """The vendor's page sends its answer as a form from its own site, so no cookie of ours that is SameSite comes
        with it; else as the query of a link."""

    async def begin(
        self, user: User, *, state: str, redirect: str, extras: frozenset[Extra] = frozenset()
    ) -> Authorization:
        """`state` comes back with the answer, unchanged; whoever chose it knows by it whose answer it is. `redirect` is
        our address, exactly as it is registered with the vendor. Raises ProviderUnavailable, ProviderRejected."""

    async def finish(self, flow: str, answer: Mapping[str, str]) -> Granted | NotGranted:
        """What came of it: `answer` is what the vendor's page sent, and hostile until it was checked against the flow.
        A code is spent by it, so twice is STALE. Nothing is stored. Whether it is the right person's account is for
        the caller to decide. Raises ProviderUnavailable (the person may try again), ProviderRejected (the
        installation is not set up right)."""

    def not_allowed(self, scopes: tuple[str, ...]) -> frozenset[Extra]:
        """What this vendor can be asked for beside the least that works, and is not among what was granted."""

    async def revoke(self, credential: Credential) -> bool:
        """Withdraws it at the vendor's. Twice is once, and so is one that is dead already. False where the vendor has
        no way to do that: what we hold is deleted, and the person can remove the rest in their account.
        Raises ProviderUnavailable, ProviderRejected."""


class Credentials(Protocol):
    """The store of what consents left us: at most one for a person, sealed. Raises StoreUnavailable where a seal
    cannot be opened: a key is missing, or somebody moved what it sealed."""

    async def of(self, user: UserId) -> Credential | None:
        """None where there is none."""

    async def held(self, kind: IntegrationKind, subject: str) -> tuple[UserId, ...]:
        """Whose credentials are of this account of the vendor's: one person, who may be in two organisations."""

    async def put(self, user: UserId, granted: Granted) -> None:
        """Stores it, replacing what was there. Whoever is renewing the old one meanwhile no longer can."""

    async def remove(self, user: UserId) -> None:
        """Deletes it, and tells no vendor. Twice is once."""

    async def let_go(self, user: UserId, at: datetime) -> None:
        """What connects the person no more becomes a withdrawal. Nothing where they are connected by it. Twice is
        once."""

    async def withdrawals(self, user: UserId) -> tuple[Withdrawal, ...]:
        """What is still to be withdrawn of theirs, the oldest first."""

    async def withdrawn(self, done: Withdrawal) -> None:
        """The vendor has heard of it, or never will: it is deleted. Twice is once."""

    async def forget(self, before: datetime) -> None:
        """Deletes withdrawals from before then: whatever kept them from being done, nobody does them any more."""

    async def lease(self, user: UserId, holder: str, now: datetime, until: datetime) -> Credential | None:
        """Takes the right to renew it until that real instant, for one holder over all processes. None if somebody
        else has it, or there is nothing to renew. What it gives is as it stands now: it may have been renewed."""

    async def renewed(self, spent: Credential, holder: str, secret: str, access: Access) -> bool:
        """Stores both at once, which ends every lease. Whoever lost the lease meanwhile stores them all the same, while
        the secret that lies there is the one that was spent: it may be good for nothing more. False, and nothing
        stored, if another one lies there, or none does."""

    async def refused(self, user: UserId, holder: str, trouble: Trouble, at: datetime) -> bool:
        """The vendor no longer renews it: whoever waits learns so too, without asking. Gives the lease back. False, and
        nothing stored, if the lease was lost: what was refused may have been spent by somebody else."""

    async def release(self, user: UserId, holder: str) -> None:
        """Gives the lease back, with nothing changed. Twice is once."""
