"""Which calendars somebody reaches, and as what: the own one, secondary ones, those that others shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from sandbox.world import Mailbox, Role, World

ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A calendar as one person sees it."""

    calendar: Mailbox
    role: Role

    def allows(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


class Sharing:
    """Kept as facts of the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def share(self, calendar: str, address: str, role: Role | None) -> None:
        """Somebody may do so much with this calendar from now on; None: nothing any more."""
        self._world.remember(f"google shared {address} {calendar}", role)

    def reached(self, caller: Mailbox, id: str) -> Reached | None:
        """The calendar with this id; None where the caller may see nothing of it."""
        if id.lower() in ("primary", caller.address):
            return Reached(caller, "owner")
        calendar = self._world.mailbox(id)
        if calendar is None or calendar.suite != "google":
            return None
        if calendar.owner == caller.address:
            return Reached(calendar, "owner")
        kept = self._world.fact(f"google shared {caller.address} {calendar.address}")
        role = next((each for each in ROLES if each == kept), None)
        return None if role is None else Reached(calendar, role)

    def all_of(self, caller: Mailbox) -> list[Reached]:
        """Everything in the caller's list, the own calendar first."""
        others = [each for each in self._world.mailboxes.values() if each.address != caller.address]
        reached = [self.reached(caller, each.address) for each in (caller, *others)]
        return [each for each in reached if each is not None]


def role_named(name: str) -> Role:
    """As a query writes it; what it leaves open is the least. The one between reader and writer is not played."""
    if name == "writerWithoutPrivateAccess":
        return "writer"
    return next((each for each in ROLES if each == name), ROLES[0])
