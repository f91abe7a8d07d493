"""What administrators decide, of applications and of mailboxes; and where an application is registered."""

from __future__ import annotations

from sandbox.control.reading import Mistake, Told
from sandbox.google.access import PREFIX, Access
from sandbox.google.account import CLIENT_EMAIL
from sandbox.google.clients import CLIENT_ID as GOOGLE_CLIENT
from sandbox.google.clients import Clients
from sandbox.graph import OutlookMailboxes, OutlookSettings
from sandbox.login import Directory
from sandbox.login.directory import CLIENT_ID as ENTRA_CLIENT
from sandbox.login.directory import USUAL_SCOPES
from sandbox.world import Json, World


class Administrator:
    """The hand on the admin centres."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._directory = Directory(world)
        self._outlook = OutlookMailboxes(world)
        self._clients = Clients(world)
        self._google = Access(world)

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

    def remove_permission(self, told: Told) -> Json:
        tenant, permission = self._tenant(told), told.text("permission")
        client_id = told.text("client_id", ENTRA_CLIENT)
        told.done()
        self._directory.remove_permission(tenant, client_id, permission)
        return {"roles": [*(self._directory.roles(tenant, client_id) or ())]}

    def list_permissions(self, told: Told) -> Json:
        roles, client_id = told.texts("roles"), told.text("client_id", ENTRA_CLIENT)
        scopes = told.texts("scopes") if told.has("scopes") else USUAL_SCOPES
        told.done()
        try:
            self._directory.list_permissions(roles, scopes, client_id)
        except ValueError as mistake:
            raise Mistake(str(mistake)) from mistake
        return {"roles": list(roles), "scopes": list(scopes)}

    def add_tenant(self, told: Told) -> Json:
        tenant, domains = told.text("tenant").lower(), told.texts("domains")
        told.done()
        self._directory.add_tenant(tenant, domains)
        return {"tenant": tenant}

    def set_administrators(self, told: Told) -> Json:
        tenant, addresses = self._tenant(told), told.texts("mailboxes")
        told.done()
        self._directory.delegated.set_administrators(tenant, addresses)
        return {"tenant": tenant, "administrators": list(addresses)}

    def set_policy(self, told: Told) -> Json:
        domain, people_decide = told.text("domain").lower(), told.flag("people_decide")
        told.done()
        self._google.block(domain, blocked=not people_decide)
        tenant = self._directory.tenant(domain)
        if tenant is not None:
            self._directory.delegated.set_policy(tenant, people_decide=people_decide)
        return {"domain": domain, "people_decide": people_decide}

    def delegate(self, told: Told) -> Json:
        domain, scopes = told.text("domain").lower(), told.texts("scopes")
        client_email = told.text("client_email", CLIENT_EMAIL)
        told.done()
        self._google.delegate(client_email, domain, [each.removeprefix(PREFIX) for each in scopes])
        return {"domain": domain, "scopes": list(scopes)}

    def _tenant(self, told: Told) -> str:
        named = told.text("tenant")
        tenant = self._directory.tenant(named)
        if tenant is None:
            raise Mistake(f"There is no tenant {named!r}; name its id or one of its domains.")
        return tenant
