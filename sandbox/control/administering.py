"""What administrators decide, of applications and of mailboxes; and where an application is registered."""

from __future__ import annotations

from sandbox.control.reading import Mistake, Told
from sandbox.google.clients import CLIENT_ID as GOOGLE_CLIENT
from sandbox.google.clients import Clients
from sandbox.graph import OutlookMailboxes, OutlookSettings
from sandbox.login import Directory
from sandbox.login.directory import CLIENT_ID as ENTRA_CLIENT
from sandbox.world import Json, World


class Administrator:
    """The hand on the admin centres."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._directory = Directory(world)
        self._outlook = OutlookMailboxes(world)
        self._clients = Clients(world)

    def register(self, told: Told) -> Json:
        suite, addresses, client_id = told.suite(), told.texts("redirect_uris"), told.maybe("client_id")
        told.done()
        if suite == "google":
            client = self._clients.registration(addresses, client_id or GOOGLE_CLIENT)
            return {"client_id": client.client_id, "client_secret": client.client_secret}
        application = self._directory.registered(addresses, client_id or ENTRA_CLIENT)
        return {"client_id": application.client_id, "client_secret": application.secrets[0].value}

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
