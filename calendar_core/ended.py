"""How a match came to its end, and what was decided of the sessions planned in it (decision 13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .people import MatchId, ProgrammeId, Role, UserId


class EndedBecause(StrEnum):
    """MATCH: somebody who runs the programme ended it. PROGRAMME: the whole programme is over. APART: the two are of
    organisations that no longer list each other (decision 26)."""

    MATCH = "the match ended"
    PROGRAMME = "the programme ended"
    APART = "the organisations parted"


class Plan(StrEnum):
    """What becomes of the sessions that were planned. Nothing decided means KEEP."""

    KEEP = "keep"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Ended:
    """Both of the match are asked what becomes of their planned sessions; the first answer decides."""

    match: MatchId
    at: datetime
    because: EndedBecause
    plan: Plan | None = None
    decided_by: UserId | None = None


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who is to leave a programme: wholly, or in one `role` while another stays."""

    user: UserId
    programme: ProgrammeId
    role: Role | None = None
