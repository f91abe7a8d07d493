"""Id tokens that say something else than they should, on demand: what a client that believes everything falls for."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.world import Json, World


class AlteredClaims:
    """By person, for the next so many id tokens of either vendor; they are signed all the same."""

    def __init__(self, world: World) -> None:
        self._world = world

    def alter(self, who: str, claims: Mapping[str, Json], times: int = 1) -> None:
        """These claims instead of the true ones; None leaves one out."""
        self._world.remember(f"altered claims {who}", {"claims": {**claims}, "times": times})

    def applied(self, who: str, claims: Mapping[str, Json]) -> dict[str, Json]:
        """What the next id token says; asked once for each."""
        kept = self._world.fact(f"altered claims {who}")
        if not isinstance(kept, dict):
            return dict(claims)
        changes, times = kept["claims"], kept["times"]
        if not isinstance(changes, dict) or not isinstance(times, int) or times <= 0:
            return dict(claims)
        self.alter(who, changes, times - 1)
        return {name: value for name, value in {**claims, **changes}.items() if value is not None}
