"""The store of organisations' modes, and of what has to be carried in another way because of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from calendar_core.integration import IntegrationKind
from calendar_core.job import Job
from calendar_core.mode import ModeChange, Transfer
from calendar_core.people import OrganisationId
from calendar_core.session import Session, SessionUid

from .telling import Telling


class Modes(Protocol):
    """Each method is one transaction."""

    async def switch(self, change: ModeChange) -> bool:
        """Everything that follows from it, or nothing. False, and nothing written, if it is so already.

        On: the organisation's mode; who did it; its people's connections that read or write more are replaced, those
        of its Entra tenant by free/busy at once; its future sessions in calendars are to be carried by mail, or frozen
        where they are, and both people told; and the jobs that see to all of it, also to withdrawing people's own
        consents. Off: the reverse; what is carried by mail stays so unless it is to be converted.
        """

    async def latest(self, organisation: OrganisationId) -> ModeChange | None:
        """The newest change, None where there was none."""

    async def ahead(self, organisation: OrganisationId, now: datetime) -> tuple[Session, ...]:
        """Sessions that are not over, organized by its people: what a change would touch, in order of time."""

    async def transfer(self, uid: SessionUid) -> Transfer | None:
        """What is still to be done to a session."""

    async def unfinished(self, organisation: OrganisationId) -> int:
        """How many sessions are still to be transferred, consents to be withdrawn, and connections to be tried."""

    async def connected(self, organisation: OrganisationId) -> Mapping[IntegrationKind | None, int]:
        """How many of its people are connected in which way."""

    async def transferred(
        self,
        changed: Session | None,
        uid: SessionUid,
        *,
        tell: Iterable[Telling] = (),
        later: Iterable[tuple[Job, datetime]] = (),
    ) -> bool:
        """It is done: stores the changed session, if any, as `Sessions.keep` does, with all that belongs to it, and a
        job that settles it. After their last one an organizer's own consent is withdrawn, where that is due. False, and
        nothing written, if somebody else was faster."""
