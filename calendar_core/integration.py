"""How a person's calendar is connected, in the words an admin sees, and how healthy that connection is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .people import Organisation, User, UserId


class Suite(StrEnum):
    """Whose calendar carries an event, and so who makes the conference link (decision 4)."""

    GOOGLE = "Google"
    MICROSOFT = "Microsoft"

    @property
    def conference_name(self) -> str:
        """What people call that suite's conference."""
        return "Google Meet" if self is Suite.GOOGLE else "Microsoft Teams"


class IntegrationKind(StrEnum):
    """The values are the exact labels shown to admins (decision 1)."""

    GOOGLE_DOMAIN = "Google - Domain"
    GOOGLE_INDIVIDUAL = "Google - Individual"
    OUTLOOK_DOMAIN = "Outlook - Domain"
    OUTLOOK_FREE_BUSY_ONLY = "Outlook - Domain Free/Busy Only"
    OUTLOOK_INDIVIDUAL = "Outlook - Individual"

    @property
    def suite(self) -> Suite:
        """Whose calendars these are."""
        google = (IntegrationKind.GOOGLE_DOMAIN, IntegrationKind.GOOGLE_INDIVIDUAL)
        return Suite.GOOGLE if self in google else Suite.MICROSOFT

    @property
    def is_individual(self) -> bool:
        """By the person's own consent."""
        return self in (IntegrationKind.GOOGLE_INDIVIDUAL, IntegrationKind.OUTLOOK_INDIVIDUAL)

    @property
    def writes(self) -> bool:
        """Our events can be written into such a calendar; else its owner is invited by mail."""
        return self is not IntegrationKind.OUTLOOK_FREE_BUSY_ONLY


class Health(StrEnum):
    """Whether it works. Only OK and EXPIRING may be asked; the others are shown with their reason."""

    OK = "ok"
    EXPIRING = "expiring"
    BROKEN = "broken"
    REVOKED = "revoked"


class Trouble(StrEnum):
    """Why a person's calendar cannot be used; who can repair it follows from it."""

    NEVER_CONNECTED = "never connected"
    ACCESS_WITHDRAWN = "access withdrawn"
    NO_MAILBOX = "no cloud mailbox"
    NOT_COVERED = "not covered by the domain's consent"
    ADMIN_CONSENT_MISSING = "an administrator must approve first"
    OPTED_OUT = "opted out"
    NOT_ANSWERING = "the calendar does not answer"
    NO_ACCOUNT = "no such account, suspended, or an alias"
    CALENDAR_OFF = "the calendar is switched off for this account"
    API_NOT_ENABLED = "the calendar API is not enabled"
    KEY_REFUSED = "the key or secret of this installation is not accepted"
    CLOCK_WRONG = "the clock of this installation is wrong"
    NOT_A_PERSON = "not a person's mailbox"
    FREE_BUSY_ONLY = "the organisation allows free/busy from Microsoft 365 only"

    @property
    def repaired_by_it(self) -> bool:
        """True where a message to the person would not help."""
        return self in BY_IT or self in BY_OPERATOR


BY_IT = frozenset(
    {
        Trouble.NO_MAILBOX,
        Trouble.NOT_COVERED,
        Trouble.ADMIN_CONSENT_MISSING,
        Trouble.NO_ACCOUNT,
        Trouble.CALENDAR_OFF,
        Trouble.NOT_A_PERSON,
    }
)
BY_OPERATOR = frozenset({Trouble.API_NOT_ENABLED, Trouble.KEY_REFUSED, Trouble.CLOCK_WRONG, Trouble.FREE_BUSY_ONLY})


@dataclass(frozen=True, slots=True)
class Integration:
    """One person's connection. `kind` is None where none ever worked, it was disconnected, or the person opted out.

    `account` is the mailbox address or the provider's own id of it; `since` is when `health` became what it is.
    """

    user: UserId
    kind: IntegrationKind | None
    health: Health
    account: str
    trouble: Trouble | None = None
    since: datetime | None = None
    checked_at: datetime | None = None

    @property
    def suite(self) -> Suite | None:
        """Whose calendar it is, None where there is none."""
        return None if self.kind is None else self.kind.suite

    @property
    def usable(self) -> bool:
        """A calendar may be asked through it."""
        return self.kind is not None and self.health in (Health.OK, Health.EXPIRING)

    @property
    def writable(self) -> bool:
        """An event may be written into it."""
        return self.usable and self.kind is not None and self.kind.writes


def domain_kinds(user: User, organisation: Organisation) -> tuple[IntegrationKind, ...]:
    """The domain-wide connections of the user's organisation that may reach this address, to be tried in this order.

    A Workspace serves its own domains alone; which addresses an Entra tenant holds shows only when it is asked. Where
    the organisation is in Free/Busy Only there is no other (decision 8).
    """
    by_google = user.email.rpartition("@")[2].casefold() in organisation.google_domains
    by_microsoft = organisation.entra_tenant is not None
    if organisation.free_busy_only:
        return (IntegrationKind.OUTLOOK_FREE_BUSY_ONLY,) * by_microsoft
    return (IntegrationKind.GOOGLE_DOMAIN,) * by_google + (IntegrationKind.OUTLOOK_DOMAIN,) * by_microsoft


def domain_wide_kinds(organisation: Organisation) -> tuple[IntegrationKind, ...]:
    """Those by which anybody of the organisation may be reached."""
    by_microsoft = organisation.entra_tenant is not None
    if organisation.free_busy_only:
        return (IntegrationKind.OUTLOOK_FREE_BUSY_ONLY,) * by_microsoft
    by_google = bool(organisation.google_domains)
    return (IntegrationKind.GOOGLE_DOMAIN,) * by_google + (IntegrationKind.OUTLOOK_DOMAIN,) * by_microsoft


OWN_KINDS = {Suite.GOOGLE: IntegrationKind.GOOGLE_INDIVIDUAL, Suite.MICROSOFT: IntegrationKind.OUTLOOK_INDIVIDUAL}


def ways_in(user: User, organisation: Organisation) -> tuple[IntegrationKind, ...]:
    """Every kind of connection that may count for this person, in the order in which they do: of those that work, the
    first is theirs. Free/Busy Only replaces all others, and the consent of a domain goes before a person's own."""
    if organisation.free_busy_only:
        return domain_kinds(user, organisation)
    return (*domain_kinds(user, organisation), *OWN_KINDS.values())
