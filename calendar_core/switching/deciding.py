"""What the operator decides, and what it will touch."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.mode import ModeChange
from calendar_core.people import Organisation
from calendar_core.ports import Clock, Modes, People
from calendar_core.session import Session


@dataclass(frozen=True, slots=True)
class Plan:
    """One switch, before anybody said yes. `latest`: the newest change there was; `sessions`: its people's, ahead."""

    organisation: Organisation
    free_busy_only: bool
    latest: ModeChange | None
    sessions: tuple[Session, ...]

    @property
    def nothing_to_do(self) -> bool:
        """It is so already."""
        return self.organisation.free_busy_only is self.free_busy_only


@dataclass(frozen=True, slots=True)
class Switching:
    """Only the operator's command line holds one. `mails`: this installation can send invitations."""

    people: People
    modes: Modes
    clock: Clock
    mails: bool

    async def plan(self, name: str, *, on: bool) -> Plan:
        """Raises ValueError, with a sentence that says what to do, where it cannot be."""
        organisations = await self.people.organisations()
        own = next((each for each in organisations if each.name.casefold() == name.casefold()), None)
        if own is None:
            known = ", ".join(each.name for each in organisations) or "none yet; import its people first"
            raise ValueError(f'No organisation is called "{name}". Enrolled are: {known}.')
        if on and own.entra_tenant is None:
            raise ValueError(
                f"{own.name} has no Entra tenant here, and Free/Busy Only is Microsoft's alone. Connect it first: "
                f'pairtime connect-domain microsoft --organisation "{own.name}" --tenant ID.'
            )
        if on and not self.mails:
            raise ValueError(
                "In Free/Busy Only invitations go by mail, and this installation sends none. Set PAIRTIME_SMTP_URL and "
                "PAIRTIME_MAIL_FROM."
            )
        sessions = await self.modes.ahead(own.id, self.clock.now())
        return Plan(own, on, await self.modes.latest(own.id), sessions)

    async def switch(self, plan: Plan, *, by: str, convert: bool) -> bool:
        """Decides it; jobs carry it out. Twice is once: False where it was so already."""
        return await self.modes.switch(
            ModeChange(
                organisation=plan.organisation.id,
                free_busy_only=plan.free_busy_only,
                by=by,
                at=self.clock.now(),
                convert=convert,
            )
        )
