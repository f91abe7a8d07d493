"""Help, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.people import MatchId, ProgrammeId


@dataclass(frozen=True, slots=True)
class Help:
    """What can be said; `about` narrows it to one word."""

    about: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a person can ask."""

    programme: ProgrammeId | None = None


@dataclass(frozen=True, slots=True)
class NotThisMatch:
    """[Not this one] on the notice of a new match."""

    match: MatchId


HelpingCommand = Help | Contact | NotThisMatch
