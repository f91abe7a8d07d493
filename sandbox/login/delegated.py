"""What people let an application do for them at Microsoft, and what their administrator let it do for everybody."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.consent import Grant, Grants
from sandbox.world import World


class Delegated:
    """Consent to delegated permissions (short names)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.grants = Grants(world, "entra")

    def of(self, client_id: str, address: str, tenant: str) -> Grant:
        """What holds for one person, whoever allowed it. The edition is that of the person's own consent."""
        own = self.grants.of(client_id, address)
        return Grant(own.scopes | self.of_everybody(client_id, tenant), own.edition, own.offline)

    def of_everybody(self, client_id: str, tenant: str) -> frozenset[str]:
        """What the administrator allowed for all people of the tenant."""
        return self.grants.of(client_id, _everybody(tenant)).scopes

    def allow(self, client_id: str, address: str, scopes: Iterable[str]) -> None:
        """These as well, for one person."""
        self.grants.allow(client_id, address, scopes)

    def allow_everybody(self, client_id: str, tenant: str, scopes: Iterable[str]) -> None:
        """These as well, for all people of the tenant."""
        self.grants.allow(client_id, _everybody(tenant), scopes)

    def withdraw_scope(self, client_id: str, tenant: str, scope: str, addresses: Iterable[str]) -> None:
        """The administrator takes one permission away, whoever allowed it. Tokens given for it live on."""
        for who in (_everybody(tenant), *addresses):
            if scope in self.grants.of(client_id, who).scopes:
                self.grants.withdraw_scope(client_id, who, scope)

    def withdraw_all(self, client_id: str, tenant: str, addresses: Iterable[str]) -> None:
        """Everybody's, with the tokens given under it."""
        for who in (_everybody(tenant), *addresses):
            if self.grants.of(client_id, who).scopes:
                self.grants.withdraw(client_id, who)

    def set_policy(self, tenant: str, *, people_decide: bool) -> None:
        """Whether people may let applications in without an administrator. What they allowed before stands."""
        self._world.remember(f"entra policy {tenant}", people_decide)

    def people_decide(self, tenant: str) -> bool:
        """Entra's own default is that they do."""
        return self._world.fact(f"entra policy {tenant}") is not False

    def set_administrators(self, tenant: str, addresses: Iterable[str]) -> None:
        """These and no others."""
        self._world.remember(f"entra administrators {tenant}", [each.lower() for each in addresses])

    def administrators(self, tenant: str) -> tuple[str, ...]:
        """Nobody until somebody is named."""
        kept = self._world.fact(f"entra administrators {tenant}")
        return tuple(map(str, kept)) if isinstance(kept, list) else ()

    def is_administrator(self, tenant: str, address: str) -> bool:
        return address in self.administrators(tenant)


def _everybody(tenant: str) -> str:
    return f"everybody in {tenant}"
