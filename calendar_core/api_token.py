"""Tokens with which another program of an organisation's reads its people's statuses over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .people import OrganisationId, ProgrammeId


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What is known of one: never the token itself. It reads of everybody in the organisation or, where `programme` is
    set, of that programme alone. `made_at` is domain time."""

    number: int
    organisation: OrganisationId
    programme: ProgrammeId | None
    made_at: datetime
