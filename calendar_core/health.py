"""How a connection breaks, is repaired, and ends: the transitions, and who can do something about it (invariant 15)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from .integration import BY_IT, BY_OPERATOR, Health, Integration, IntegrationKind, Suite, Trouble
from .interval import EPOCH
from .people import OrganisationId

EXPIRING_WITHIN = timedelta(days=30)
WARNED_AT = (30, 14, 7, 3, 1)  # days before a secret or a certificate ends, each told once
REMINDED_AFTER = (timedelta(days=3), timedelta(days=7), timedelta(days=14))  # since a break was first told
INDIVIDUAL = frozenset({IntegrationKind.GOOGLE_INDIVIDUAL, IntegrationKind.OUTLOOK_INDIVIDUAL})


class Unwell(StrEnum):
    """What an installation stands on, and is found not to be as it should."""

    KEYS = "encryption keys"
    ADDRESS = "public address"
    CLOCK = "clock"
    RECORDS = "mail records"


class Repairer(StrEnum):
    """Who can make a connection work again."""

    PERSON = "the person"
    IT = "IT"
    OPERATOR = "the operator"
    NOBODY = "nobody here"


def repairer(kind: IntegrationKind | None, trouble: Trouble) -> Repairer:
    """Whose affair it is. Under a domain's consent a person cannot connect anew by themselves."""
    if trouble in BY_OPERATOR:
        return Repairer.OPERATOR
    if trouble in BY_IT:
        return Repairer.IT
    if trouble is Trouble.NOT_ANSWERING:
        return Repairer.NOBODY
    if trouble is Trouble.ACCESS_WITHDRAWN and kind is not None and kind not in INDIVIDUAL:
        return Repairer.IT
    return Repairer.PERSON


def refused(known: Integration, trouble: Trouble, at: datetime) -> Integration:
    """After a provider said no. The kind stays; `since` moves only where health or reason are news."""
    health = Health.REVOKED if trouble is Trouble.ACCESS_WITHDRAWN else Health.BROKEN
    news = (known.health, known.trouble) != (health, trouble)
    return replace(known, health=health, trouble=trouble, since=at if news else known.since, checked_at=at)


def worked(known: Integration, at: datetime) -> Integration:
    """After a provider answered: whatever had broken is repaired. Where nothing is connected, nothing changes."""
    if known.kind is None:
        return known
    if known.usable:
        return replace(known, checked_at=at)
    return replace(known, health=Health.OK, trouble=None, since=at, checked_at=at)


def next_reminder(first_told: datetime, told: int) -> datetime | None:
    """When somebody who was told `told` times is told again; None: never, everything has been said."""
    return first_told + REMINDED_AFTER[told - 1] if 1 <= told <= len(REMINDED_AFTER) else None


@dataclass(frozen=True, slots=True)
class DomainHealth:
    """How one kind of connection works for a whole organisation, people's own troubles aside.

    `domain` is the Workspace domain, empty where the kind has none. `ends_at` is when the secret or certificate ends.
    """

    organisation: OrganisationId
    kind: IntegrationKind
    domain: str = ""
    trouble: Trouble | None = None
    since: datetime | None = None
    checked_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def suite(self) -> Suite:
        """Whose it is."""
        return self.kind.suite

    def health(self, now: datetime) -> Health:
        """Broken before anything else; then whether its secret still lasts."""
        if self.trouble is not None:
            return Health.REVOKED if self.trouble is Trouble.ACCESS_WITHDRAWN else Health.BROKEN
        if self.ends_at is not None and self.ends_at - now <= EXPIRING_WITHIN:
            return Health.EXPIRING
        return Health.OK

    def days_left(self, now: datetime) -> int | None:
        """Whole days until its secret or certificate ends; None where nobody said when that is."""
        return None if self.ends_at is None else max(0, (self.ends_at - now) // timedelta(days=1))


def within(known: Integration, domain: DomainHealth | None) -> Integration:
    """A person's connection as it stands: one that works is broken all the same while its whole domain lets nobody in,
    and looked at when that was."""
    if domain is None or domain.trouble is None or not known.usable:
        return known
    broken = refused(known, domain.trouble, domain.checked_at or domain.since or EPOCH)
    return replace(broken, since=domain.since)


def domain_of(kind: IntegrationKind, account: str) -> str:
    """Which Workspace domain lets an account in; empty for kinds that are let in otherwise."""
    return account.rpartition("@")[2].casefold() if kind is IntegrationKind.GOOGLE_DOMAIN else ""


def warning_due(days_left: int, warned: int | None) -> int | None:
    """Which of WARNED_AT is to be told now, `warned` having been the last; None where nothing is."""
    passed = [days for days in WARNED_AT if days_left <= days]
    due = min(passed, default=None)
    return due if due is not None and (warned is None or due < warned) else None
