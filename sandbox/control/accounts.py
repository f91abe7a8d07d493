"""What becomes of accounts, and which calendars they own or share."""

from __future__ import annotations

import secrets
from dataclasses import replace

from sandbox.control.reading import Mistake, Told
from sandbox.google.sharing import ROLES, Sharing
from sandbox.world import Json, Mailbox, World


class Accounts:
    """The hand of whoever administers them, or owns a calendar."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sharing = Sharing(world)

    def suspend(self, told: Told) -> Json:
        mailbox, suspended = told.mailbox(self._world), told.flag("suspended", True)
        told.done()
        self._world.add_mailbox(replace(mailbox, suspended=suspended))
        return {"mailbox": mailbox.address, "suspended": suspended}

    def delete(self, told: Told) -> Json:
        mailbox = told.mailbox(self._world)
        told.done()
        self._world.remove_mailbox(mailbox.address)
        return {"deleted": mailbox.address}

    def add_calendar(self, told: Told) -> Json:
        owner, name = told.mailbox(self._world), told.text("name")
        zone = told.zone("time_zone") if told.has("time_zone") else owner.time_zone
        id = told.text("id", f"c_{secrets.token_hex(32)}@group.calendar.google.com").lower()
        told.done()
        if owner.suite != "google" or owner.owner:
            raise Mistake(f"{owner.address} is no Google account; only those own further calendars here.")
        known = self._world.mailbox(id)
        if known is not None and known.owner != owner.address:
            raise Mistake(f"{id} exists already and is not {owner.address}'s.")
        self._world.add_mailbox(Mailbox(id, name, "google", zone, conference=owner.conference, owner=owner.address))
        return {"id": id}

    def share(self, told: Told) -> Json:
        calendar, address = told.mailbox(self._world), told.text("with").lower()
        role = told.choice("role", ROLES) if told.has("role") else None
        told.done()
        if self._world.mailbox(address) is None:
            raise Mistake(f"There is no mailbox {address!r}.")
        self._sharing.share(calendar.address, address, role)
        return {"calendar": calendar.address, "with": address, "role": role}
