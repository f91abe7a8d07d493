"""Looking things up: own sessions, receipts and status; and an admin's question who hasn't integrated."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.integration import IntegrationKind
from calendar_core.people import ProgrammeId


@dataclass(frozen=True, slots=True)
class ShowSessions:
    """Own sessions, planned or past."""

    past: bool = False


@dataclass(frozen=True, slots=True)
class ShowReceipts:
    """Who was shown the asker's times (decision 9)."""


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """The asker's own calendar connection, and what is next."""


@dataclass(frozen=True, slots=True)
class WhoHasntIntegrated:
    """An admin's question; `skip` people were shown already."""

    programme: ProgrammeId | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class ShowIntegrations:
    """An admin's: how everybody of a programme is connected, or whoever has that `kind`, or (`blank`) none; `skip`
    people were shown already."""

    programme: ProgrammeId | None = None
    kind: IntegrationKind | None = None
    blank: bool = False
    skip: int = 0


@dataclass(frozen=True, slots=True)
class TakeStatuses:
    """[CSV]: the same of everybody, as a file for that admin alone."""

    programme: ProgrammeId | None = None


@dataclass(frozen=True, slots=True)
class MoreOfStatuses:
    """[More] beside who hasn't integrated: what else there is to see."""

    programme: ProgrammeId | None = None


LookingUpCommand = (
    ShowSessions | ShowReceipts | ShowStatus | WhoHasntIntegrated | ShowIntegrations | TakeStatuses | MoreOfStatuses
)
