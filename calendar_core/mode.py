"""An organisation's mode, how it changes (decision 8), and what a session has to go through because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .integration import IntegrationKind
from .people import OrganisationId
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
