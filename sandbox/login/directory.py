"""Who is registered in Entra: tenants with their domains, applications, and what administrators consented to."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sandbox.login.delegated import Delegated
from sandbox.login.scopes import unknown
from sandbox.rules import graph_permissions
from sandbox.world import Json, Mailbox, World

TENANT = "5a4db0c5-0000-4000-8000-000000000001"
OTHER_TENANT = "5a4db0c5-0000-4000-8000-000000000003"
CLIENT_ID = "5a4db0c5-0000-4000-8000-000000000002"
USUAL_ROLES = ("Calendars.ReadWrite", "MailboxSettings.Read")
FREE_BUSY_ROLES = ("Calendars.ReadBasic.All",)
USUAL_SCOPES = ("openid", "profile", "email", "offline_access", "Calendars.ReadWrite")


@dataclass(frozen=True, slots=True)
class Secret:
    """A client secret and when it ends (aware, real time); None: never."""

    value: str
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """A registered application. `certificates` are PEM texts of public certificates; `redirect_uris` are where
    people may be sent back to; `permissions` and `scopes` are what its registration lists, for itself and for acting
    for people: what administrators are asked for."""

    client_id: str
    secrets: tuple[Secret, ...] = ()
    certificates: tuple[str, ...] = ()
    redirect_uris: tuple[str, ...] = ()
    name: str = "Pairtime"
    permissions: tuple[str, ...] = USUAL_ROLES
    scopes: tuple[str, ...] = USUAL_SCOPES


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
        self.delegated = Delegated(world)

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
                "redirect_uris": list(application.redirect_uris),
                "name": application.name,
                "permissions": list(application.permissions),
                "scopes": list(application.scopes),
            },
        )

    def registration(self, domains: Iterable[str], redirect_uris: Iterable[str] = ()) -> Registration:
        """One application, in the one tenant that owns these domains, with consent to read and write calendars
        unless its administrator decided otherwise before; it may send people back to these addresses too. The same
        again each time."""
        return self._registered(TENANT, domains, USUAL_ROLES, redirect_uris)

    def free_busy_registration(self, domains: Iterable[str]) -> Registration:
        """The same application in another tenant, whose administrator lets it see free/busy and no more."""
        return self._registered(OTHER_TENANT, domains, FREE_BUSY_ROLES)

    def _registered(
        self, tenant: str, domains: Iterable[str], roles: Iterable[str], redirect_uris: Iterable[str] = ()
    ) -> Registration:
        known = self.registered(redirect_uris)
        self.add_tenant(tenant, domains)
        if self._world.fact(f"entra consent {tenant} {CLIENT_ID}") is None:
            self.consent(tenant, CLIENT_ID, roles)
        return Registration(tenant, CLIENT_ID, known.secrets[0].value)

    def registered(self, redirect_uris: Iterable[str] = (), client_id: str = CLIENT_ID) -> Application:
        """The application with this id, made when missing, which may send people back to these addresses too."""
        known = self.application(client_id) or Application(client_id, (Secret(secrets.token_urlsafe(30)),))
        addresses = tuple(dict.fromkeys((*known.redirect_uris, *redirect_uris)))
        application = replace(known, redirect_uris=addresses)
        if application != self.application(client_id):
            self.register(application)
        return application

    def list_permissions(
        self, roles: Iterable[str], scopes: Iterable[str] = USUAL_SCOPES, client_id: str = CLIENT_ID
    ) -> None:
        """What the application's registration lists from now on. Raises ValueError for what Graph's calendar part
        does not know."""
        named = tuple(scopes)
        if strange := unknown(named):
            raise ValueError(f"{', '.join(strange)} is nothing that people could allow.")
        self.register(replace(self.registered(client_id=client_id), permissions=_known(roles), scopes=named))

    def consent(self, tenant: str, client_id: str, roles: Iterable[str]) -> None:
        """An administrator consents to these application permissions, and to no others any more. Raises ValueError
        for one that Graph's calendar part does not know. None at all: the application stays in the tenant."""
        self._world.remember(f"entra consent {tenant.lower()} {client_id}", [*_known(roles)])

    def join(self, tenant: str, client_id: str) -> None:
        """The application is in the tenant from now on, if only because one person let it in."""
        if self._world.fact(f"entra consent {tenant} {client_id}") is None:
            self.consent(tenant, client_id, ())

    def is_in(self, tenant: str, client_id: str) -> bool:
        """Whether it was ever let in and not removed, whatever became of what it may do."""
        return self._world.fact(f"entra consent {tenant} {client_id}") is not None

    def remove_permission(self, tenant: str, client_id: str, permission: str) -> None:
        """An administrator takes one permission away, the application's own and what people gave. Tokens that carry
        it live on, as they do."""
        roles = self.roles(tenant, client_id)
        if roles is not None:
            self.consent(tenant, client_id, [each for each in roles if each != permission])
        self.delegated.withdraw_scope(client_id, tenant, permission, self._addresses(tenant))

    def withdraw(self, tenant: str, client_id: str) -> None:
        """An administrator removes the application from the tenant, and with it what people allowed. Tokens for
        the application itself live on, as they do."""
        self._world.remember(f"entra consent {tenant.lower()} {client_id}", None)
        self.delegated.withdraw_all(client_id, tenant.lower(), self._addresses(tenant.lower()))

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
        proofs = kept["secrets"]
        return Application(
            client_id,
            tuple(_secret(each) for each in proofs) if isinstance(proofs, list) else (),
            _texts(kept["certificates"]),
            _texts(kept["redirect_uris"]),
            str(kept["name"]),
            _texts(kept["permissions"]),
            _texts(kept["scopes"]),
        )

    def roles(self, tenant: str, client_id: str) -> tuple[str, ...] | None:
        """What was consented to; None if the application is not in the tenant."""
        if self.is_withdrawn(tenant):
            return None
        roles = self._world.fact(f"entra consent {tenant} {client_id}")
        return tuple(map(str, roles)) if isinstance(roles, list) else None

    def let_in(self, tenant: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The applications that are in the tenant, by client id, with their roles."""
        prefix = f"entra consent {tenant} "
        for key, _ in self._world.facts(prefix):
            if (roles := self.roles(tenant, client_id := key.removeprefix(prefix))) is not None:
                yield client_id, roles

    def is_withdrawn(self, tenant: str) -> bool:
        """Whether consent for one of its domains was revoked (`POST /_/revoke`)."""
        return any(self._world.is_revoked(domain) for domain in self._domains(tenant))

    def readmit(self, tenant: str) -> None:
        """Undo such a withdrawal: an administrator lets the application in again."""
        for domain in self._domains(tenant):
            if self._world.is_revoked(domain):
                self._world.restore(domain)

    def withdrawals(self, tenant: str) -> int:
        """How often that has happened: tokens given before the last time are dead."""
        return sum(self._world.consent(domain) for domain in self._domains(tenant))

    def person(self, tenant: str, named: str) -> Mailbox | None:
        """The tenant's person with this address or object id, mailbox in Exchange or not."""
        if "@" in named:
            found = self._world.mailbox(named)
        else:
            found = next((each for each in self._world.mailboxes.values() if object_id(each) == named.lower()), None)
        if found is None or found.purpose == "list":  # a list is a group in Entra, and nobody's mailbox
            return None
        return found if found.domain in self._domains(tenant) else None

    def tenants(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every tenant with its domains."""
        yield from ((key.rpartition(" ")[2], _texts(domains)) for key, domains in self._world.facts("entra tenant "))

    def _addresses(self, tenant: str) -> list[str]:
        domains = set(self._domains(tenant))
        return [each.address for each in self._world.mailboxes.values() if each.domain in domains]

    def _domains(self, tenant: str) -> Iterator[str]:
        domains = self._world.fact(f"entra tenant {tenant}")
        yield from map(str, domains if isinstance(domains, list) else [])


def object_id(mailbox: Mailbox) -> str:
    """Entra's own id of a person."""
    return _id_of(mailbox.address)


@lru_cache(maxsize=10_000)
def _id_of(address: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{address}"))


def _known(roles: Iterable[str]) -> tuple[str, ...]:
    named = tuple(sorted(roles))
    if unknown := set(named) - graph_permissions.KNOWN:
        raise ValueError(f"{', '.join(sorted(unknown))} is no application permission of calendars.")
    return named


def _texts(kept: Json) -> tuple[str, ...]:
    return tuple(map(str, kept)) if isinstance(kept, list) else ()


def _secret(kept: Json) -> Secret:
    value, ends = kept if isinstance(kept, list) else (None, None)
    return Secret(str(value), datetime.fromisoformat(ends) if isinstance(ends, str) else None)
