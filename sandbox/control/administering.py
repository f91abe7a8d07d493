"""What the administrators of a Microsoft tenant decide: how mailboxes are kept, what applications may do."""

from __future__ import annotations

from sandbox.control.reading import Mistake, Told
from sandbox.graph import OutlookMailboxes, OutlookSettings
from sandbox.login import Directory
from sandbox.world import Json, World


class Administrator:
    """The hand on the admin centres."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._directory = Directory(world)
        self._outlook = OutlookMailboxes(world)

    def set_outlook(self, told: Told) -> Json:
        mailbox = told.mailbox(self._world)
        settings = OutlookSettings(
            shares_titles=told.flag("shares_titles", True),
            custom_zone=told.flag("custom_zone"),
            zone_name=told.maybe("zone_name"),
            schedule_error=told.maybe("schedule_error"),
        )
        told.done()
        self._outlook.set(mailbox.address, settings)
        return {"mailbox": mailbox.address}

    def consent(self, told: Told) -> Json:
        tenant, client_id, roles = told.text("tenant"), told.text("client_id"), told.texts("roles")
        told.done()
        try:
            self._directory.consent(tenant, client_id, roles)
        except ValueError as mistake:
            raise Mistake(str(mistake)) from mistake
        return {"roles": list(roles)}
