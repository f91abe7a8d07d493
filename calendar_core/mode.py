"""An organisation's mode, how it changes (decision 8), and what a session has to go through because of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from .integration import Health, Integration, IntegrationKind, Trouble
from .people import Organisation, OrganisationId, User
from .session import SessionUid


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeChange:
    """Free/Busy Only was switched on or off: by whom, as their system calls them, and when. `convert`: future sessions
    are to be carried in the new way at once."""

    organisation: OrganisationId
    free_busy_only: bool
    by: str
    at: datetime
    convert: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A session whose event has to go, and to come again: by mail (`by_mail`), or in a calendar.

    `kind` and `account` are the organizer's connection as it was: through it alone what stands in the calendar can
    still be taken away. `convert` is False for one that was just being booked: what is in the calendar by now stays.
    """

    session: SessionUid
    by_mail: bool
    convert: bool
    kind: IntegrationKind | None
    account: str
    since: datetime


def limited(known: Integration, at: datetime) -> Integration:
    """A person's connection once their organisation allows free/busy only: who is in its Entra tenant is asked for that
    and nothing else; everybody else has none until it shows who has a mailbox there. All are to be tried."""
    if known.trouble is Trouble.OPTED_OUT:
        return known
    if known.kind is IntegrationKind.OUTLOOK_DOMAIN:
        return replace(known, kind=IntegrationKind.OUTLOOK_FREE_BUSY_ONLY, checked_at=None)
    if known.kind is None or not known.kind.writes:
        return replace(known, checked_at=None)
    return Integration(known.user, None, Health.REVOKED, "", Trouble.FREE_BUSY_ONLY, at)


def unlimited(known: Integration, user: User, organisation: Organisation, at: datetime) -> Integration:
    """The way back. Whose address is a Workspace's is tried there first; who lost a connection may connect again."""
    by_google = user.email.rpartition("@")[2].casefold() in organisation.google_domains
    if known.kind is IntegrationKind.OUTLOOK_FREE_BUSY_ONLY and not by_google:
        return replace(known, kind=IntegrationKind.OUTLOOK_DOMAIN, checked_at=None)
    if known.kind is IntegrationKind.OUTLOOK_FREE_BUSY_ONLY or known.trouble is Trouble.FREE_BUSY_ONLY:
        return Integration(known.user, None, Health.BROKEN, "", Trouble.NEVER_CONNECTED, at)
    if known.kind is None and known.trouble is not Trouble.OPTED_OUT:
        return replace(known, checked_at=None)
    return known
