"""One sample of every reply, with the people of the documentation: for the gallery, and for every renderer's tests."""

from __future__ import annotations

from bot.replies import Answer

from .cast import ANA_READS, BOOKED, CHECKED, MATCH, NEW_YORK
from .offering import OFFERING
from .own import OWN
from .reports import REPORTS
from .sessions import SESSIONS

SAMPLES: dict[str, Answer] = {**OFFERING, **SESSIONS, **OWN, **REPORTS}

__all__ = ["ANA_READS", "BOOKED", "CHECKED", "MATCH", "NEW_YORK", "SAMPLES"]
