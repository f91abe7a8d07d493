"""The store of what ends: each method is one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from calendar_core.ended import Ended, Leaver, Plan
from calendar_core.people import MatchId, UserId


class Endings(Protocol):
    """Ends matches, memberships and programmes with all that follows from it (decision 13).

    Look-ups stop by that alone: whoever looks asks for a match that stands. In the same transaction open requests are
    closed and bookings under way given up; planned sessions are what has not begun.
    """

    async def end(self, match: MatchId, at: datetime) -> bool:
        """The match ended; both are told, and asked what becomes of their planned sessions. Twice is once: the first
        time stays, and False comes back."""

    async def leave(self, leaver: Leaver, at: datetime) -> bool:
        """The person is no longer in the programme, in any role; planned sessions there are cancelled, whose partners
        are told so, as is the leaver. Where one role alone is given up and another stays, the
        matches in that role end, as by `end`. Twice is once: the
        first time stays, and False comes back."""

    async def programmes_over(self, now: datetime) -> int:
        """Both of each match with sessions planned beyond its programme's end are asked, once each time a programme
        ends. How many matches that were. Programmes that go on again ask anew when they end."""

    async def apart(self, now: datetime) -> int:
        """The same of matches across organisations that no longer list each other. Those that do again ask anew when
        they part."""

    async def ended(self, match: MatchId) -> Ended | None:
        """None for a match of which nobody was asked anything."""

    async def decide(self, match: MatchId, by: UserId, plan: Plan, at: datetime) -> Ended | None:
        """The first answer decides, and the other one is told; to every later one comes back what was decided. None
        where nobody was asked."""
