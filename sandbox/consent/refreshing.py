"""Refresh tokens: opaque, long-lived, and dead as soon as the grant behind them is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sandbox.world import Json, World


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a refresh token stands for. `ends` is real time (epoch seconds), None: no end of its own."""

    client_id: str
    who: str
    scopes: tuple[str, ...]
    edition: str
    ends: float | None = None
    killed: bool = False

    def is_alive(self, now: float) -> bool:
        return not self.killed and (self.ends is None or now < self.ends)


class RefreshTokens:
    """One vendor's. `most`: of one person for one application; the oldest beyond that die silently."""

    def __init__(self, world: World, vendor: str, *, prefix: str, most: int | None = None) -> None:
        self._world = world
        self._vendor = vendor
        self._prefix = prefix
        self._most = most

    def issue(self, refresh: Refresh) -> str:
        """A fresh one."""
        token = self._prefix + secrets.token_urlsafe(64)
        self._put(token, refresh)
        if self._most is not None:
            names = [
                name
                for name, each in self._all()
                if (each.client_id, each.who) == (refresh.client_id, refresh.who) and not each.killed
            ]
            for oldest in names[: -self._most]:
                self.end(oldest)
        return token

    def read(self, token: str) -> Refresh | None:
        """None for what was never given here."""
        kept = self._world.fact(f"{self._vendor} refresh {token}")
        return _refresh(kept) if isinstance(kept, dict) else None

    def end(self, token: str, at: float | None = None) -> None:
        """At once, or at a moment of real time (epoch seconds)."""
        kept = self._world.fact(f"{self._vendor} refresh {token}")
        if isinstance(kept, dict):
            change: dict[str, Json] = {"killed": True} if at is None else {"ends": at}
            self._world.remember(f"{self._vendor} refresh {token}", {**kept, **change})

    def end_all(self, who: str) -> int:
        """Every one of a person; answers how many there were."""
        found = [token for token, refresh in self._all() if refresh.who == who and not refresh.killed]
        for token in found:
            self.end(token)
        return len(found)

    def drop(self, who: str, times: int) -> None:
        """The next so many answers for this person come without a refresh token."""
        self._world.remember(f"{self._vendor} drops {who}", times)

    def is_dropped(self, who: str) -> bool:
        """Whether this answer is one of them; asked once for each."""
        times = self._world.fact(f"{self._vendor} drops {who}")
        if not isinstance(times, int) or times <= 0:
            return False
        self.drop(who, times - 1)
        return True

    def alive(self, client_id: str, who: str, edition: str) -> int:
        """How many of a person's would still be taken."""
        now = self._world.clock.real_now().timestamp()
        return sum(
            (each.client_id, each.who, each.edition) == (client_id, who, edition) and each.is_alive(now)
            for _, each in self._all()
        )

    def _all(self) -> list[tuple[str, Refresh]]:
        prefix = f"{self._vendor} refresh "
        return [
            (key.removeprefix(prefix), _refresh(kept))
            for key, kept in self._world.facts(prefix)
            if isinstance(kept, dict)
        ]

    def _put(self, token: str, refresh: Refresh) -> None:
        kept: dict[str, Json] = {
            "client_id": refresh.client_id,
            "who": refresh.who,
            "scopes": list(refresh.scopes),
            "edition": refresh.edition,
            "ends": refresh.ends,
            "killed": refresh.killed,
        }
        self._world.remember(f"{self._vendor} refresh {token}", kept)


def _refresh(kept: dict[str, Json]) -> Refresh:
    scopes, ends = kept["scopes"], kept["ends"]
    return Refresh(
        client_id=str(kept["client_id"]),
        who=str(kept["who"]),
        scopes=tuple(map(str, scopes)) if isinstance(scopes, list) else (),
        edition=str(kept["edition"]),
        ends=ends if isinstance(ends, float) else None,
        killed=kept["killed"] is True,
    )
