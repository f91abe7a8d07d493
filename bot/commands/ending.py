"""What may be asked when a match has ended."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.ended import Plan
from calendar_core.people import MatchId


@dataclass(frozen=True, slots=True)
class DecidePlanned:
    """[Keep the planned sessions], [Cancel them]: of a match that has ended."""

    match: MatchId
    plan: Plan


EndingCommand = DecidePlanned
