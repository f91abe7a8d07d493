"""What people have allowed applications, until they withdraw it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sandbox.world import Json, World


@dataclass(frozen=True, slots=True)
class Grant:
    """`edition` changes whenever the grant is withdrawn: what was given under an earlier one is dead. `offline`: a
    refresh token was given under it."""

    scopes: frozenset[str]
    edition: str
    offline: bool = False


class Grants:
    """One vendor's grants, by application and person. `POST /_/revoke` of the person's mailbox ends them too."""

    def __init__(self, world: World, vendor: str) -> None:
        self._world = world
        self._prefix = f"{vendor} grant "

    def of(self, client_id: str, who: str) -> Grant:
        """Without any scope where nothing is allowed."""
        kept = self._world.fact(self._key(client_id, who))
        withdrawn = self._world.withdrawals(who)
        if not isinstance(kept, dict):
            return Grant(frozenset(), f"0.{withdrawn}")
        edition = f"{kept['number']}.{withdrawn}"
        scopes = kept["scopes"]
        if kept["withdrawn"] != withdrawn or not isinstance(scopes, list):
            return Grant(frozenset(), edition)
        return Grant(frozenset(map(str, scopes)), edition, kept["offline"] is True)

    def allow(self, client_id: str, who: str, scopes: Iterable[str], *, offline: bool = False) -> Grant:
        """These scopes as well as those allowed before."""
        before = self.of(client_id, who)
        together: list[Json] = [*sorted(before.scopes | frozenset(scopes))]
        self._remember(client_id, who, together, before.offline or offline, self._number(client_id, who))
        return self.of(client_id, who)

    def withdraw(self, client_id: str, who: str) -> None:
        """Everything, with all the tokens given for it."""
        self._remember(client_id, who, [], False, self._number(client_id, who) + 1)

    def withdraw_scope(self, client_id: str, who: str, scope: str) -> None:
        """This one scope; tokens given for it live on, as they do."""
        before = self.of(client_id, who)
        left: list[Json] = [*sorted(before.scopes - {scope})]
        self._remember(client_id, who, left, before.offline, self._number(client_id, who))

    def held_by(self, who: str) -> Iterator[tuple[str, Grant]]:
        """What this person allows at present, by client id."""
        for key, _ in self._world.facts(self._prefix):
            client_id, _, name = key.removeprefix(self._prefix).partition(" ")
            if name == who and (grant := self.of(client_id, who)).scopes:
                yield client_id, grant

    def _number(self, client_id: str, who: str) -> int:
        kept = self._world.fact(self._key(client_id, who))
        number = kept["number"] if isinstance(kept, dict) else 0
        return number if isinstance(number, int) else 0

    def _remember(self, client_id: str, who: str, scopes: list[Json], offline: bool, number: int) -> None:
        withdrawn = self._world.withdrawals(who)
        kept: dict[str, Json] = {"scopes": scopes, "offline": offline, "number": number, "withdrawn": withdrawn}
        self._world.remember(self._key(client_id, who), kept)

    def _key(self, client_id: str, who: str) -> str:
        return f"{self._prefix}{client_id} {who}"
