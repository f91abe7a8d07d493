"""Who is registered in Entra: tenants with their domains, applications, and what administrators consented to."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sandbox.rules import graph_permissions
from sandbox.world import Json, Mailbox, World

TENANT = "5a4db0c5-0000-4000-8000-000000000001"
OTHER_TENANT = "5a4db0c5-0000-4000-8000-000000000003"
CLIENT_ID = "5a4db0c5-0000-4000-8000-000000000002"
USUAL_ROLES = ("Calendars.ReadWrite", "MailboxSettings.Read")
FREE_BUSY_ROLES = ("Calendars.ReadBasic.All",)


@dataclass(frozen=True, slots=True)
class Secret:
    """A client secret and when it ends (aware, real time); None: never."""

    value: str
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """A registered application. `certificates` are PEM texts of public certificates."""

    client_id: str
    secrets: tuple[Secret, ...] = ()
    certificates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registration:
    """What an operator copies from Entra's pages."""

    tenant: str
    client_id: str
    client_secret: str


class Directory:
    """Every tenant's directory, kept as facts of the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_tenant(self, tenant: str, domains: Iterable[str]) -> None:
        """A tenant (a GUID) that owns these mail domains; again: replaced."""
        self._world.remember(f"entra tenant {tenant.lower()}", [domain.lower() for domain in domains])

    def register(self, application: Application) -> None:
        """Known to Entra; again: replaced, so that a secret is renewed or ends."""
        self._world.remember(
            f"entra application {application.client_id}",
            {
                "secrets": [
                    [each.value, None if each.ends is None else each.ends.isoformat()] for each in application.secrets
                ],
                "certificates": list(application.certificates),
            },
        )

    def registration(self, domains: Iterable[str]) -> Registration:
        """One application, in the one tenant that owns these domains, with consent to read and write calendars
        unless its administrator decided otherwise before. The same again each time."""
        return self._registered(TENANT, domains, USUAL_ROLES)

    def free_busy_registration(self, domains: Iterable[str]) -> Registration:
        """The same application in another tenant, whose administrator lets it see free/busy and no more."""
        return self._registered(OTHER_TENANT, domains, FREE_BUSY_ROLES)

    def _registered(self, tenant: str, domains: Iterable[str], roles: Iterable[str]) -> Registration:
        known = self.application(CLIENT_ID)
        if known is None:
            known = Application(CLIENT_ID, (Secret(secrets.token_urlsafe(30)),))
            self.register(known)
        self.add_tenant(tenant, domains)
        if self._world.fact(f"entra consent {tenant} {CLIENT_ID}") is None:
            self.consent(tenant, CLIENT_ID, roles)
        return Registration(tenant, CLIENT_ID, known.secrets[0].value)

    def consent(self, tenant: str, client_id: str, roles: Iterable[str]) -> None:
        """An administrator consents to these application permissions, and to no others any more. Raises ValueError
        for one that Graph's calendar part does not know. None at all: the application stays in the tenant."""
        granted = sorted(roles)
        if unknown := set(granted) - graph_permissions.KNOWN:
            raise ValueError(f"{', '.join(sorted(unknown))} is no application permission of calendars.")
        self._world.remember(f"entra consent {tenant.lower()} {client_id}", list(granted))

    def withdraw(self, tenant: str, client_id: str) -> None:
        """An administrator removes the application from the tenant. Tokens already given live on, as they do."""
        self._world.remember(f"entra consent {tenant.lower()} {client_id}", None)

    def tenant(self, named: str) -> str | None:
        """The tenant with this id or domain."""
        for key, domains in self._world.facts("entra tenant "):
            tenant = key.rpartition(" ")[2]
            if named.lower() == tenant or (isinstance(domains, list) and named.lower() in domains):
                return tenant
        return None

    def application(self, client_id: str) -> Application | None:
        kept = self._world.fact(f"entra application {client_id}")
        if not isinstance(kept, dict):
            return None
        proofs, certificates = kept["secrets"], kept["certificates"]
        return Application(
            client_id,
            tuple(_secret(each) for each in proofs) if isinstance(proofs, list) else (),
            tuple(map(str, certificates)) if isinstance(certificates, list) else (),
        )

    def roles(self, tenant: str, client_id: str) -> tuple[str, ...] | None:
        """What was consented to; None if the application is not in the tenant."""
        if self.is_withdrawn(tenant):
            return None
        roles = self._world.fact(f"entra consent {tenant} {client_id}")
        return tuple(map(str, roles)) if isinstance(roles, list) else None

    def is_withdrawn(self, tenant: str) -> bool:
        """Whether consent for one of its domains was revoked (`POST /_/revoke`)."""
        return any(self._world.is_revoked(domain) for domain in self._domains(tenant))

    def withdrawals(self, tenant: str) -> int:
        """How often that has happened: tokens given before the last time are dead."""
        return sum(self._world.consent(domain) for domain in self._domains(tenant))

    def person(self, tenant: str, named: str) -> Mailbox | None:
        """The tenant's person with this address or object id, mailbox in Exchange or not."""
        if "@" in named:
            found = self._world.mailbox(named)
        else:
            found = next((each for each in self._world.mailboxes.values() if object_id(each) == named.lower()), None)
        return found if found is not None and found.domain in self._domains(tenant) else None

    def _domains(self, tenant: str) -> Iterator[str]:
        domains = self._world.fact(f"entra tenant {tenant}")
        yield from map(str, domains if isinstance(domains, list) else [])


def object_id(mailbox: Mailbox) -> str:
    """Entra's own id of a person."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{mailbox.address}"))


def _secret(kept: Json) -> Secret:
    value, ends = kept if isinstance(kept, list) else (None, None)
    return Secret(str(value), datetime.fromisoformat(ends) if isinstance(ends, str) else None)
