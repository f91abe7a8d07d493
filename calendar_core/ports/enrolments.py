"""The store's way in for whole programmes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from calendar_core.enrolment import Batch, Enrolled, EnrolledNow, Known
from calendar_core.people import Role


class Enrolments(Protocol):
    """Organisations, programmes, people with their roles, and matches, a batch at a time."""

    async def roster(self) -> Mapping[tuple[str, str], Mapping[str, frozenset[Role]]]:
        """Who is in now: by the names of organisation and programme, then by address (people.address_of)."""

    async def known(self) -> Known:
        """What decides, beside the roster, who may be matched with whom."""

    async def standing(self) -> EnrolledNow:
        """Everybody's places and every match that has not ended, with what would end them."""

    async def apply(self, batch: Batch, at: datetime, *, tell: bool = True) -> Enrolled:
        """One transaction: makes what is missing, changes what differs, removes nothing. Twice is once.

        A match that has ended stays ended, and is counted; somebody who had left is in again, and their matches that
        nobody ended are as new: told to both, and opened by that.

        Both people of a new match are told of it (MatchMade) from `at` on, unless they know (`tell` is False). Raises
        KeyError, and nothing is written, if a match names an address that nobody in the organisation has.
        """
