"""All that is sealed, whatever it is: which keys it needs, and how to come to need one alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many were sealed anew, and how many could not be opened and lie where they lay."""

    renewed: int
    unopened: int


class Secrets(Protocol):
    """For the operator, who changes keys."""

    @property
    def newest_key(self) -> str | None:
        """The one that seals. None where there is none."""

    async def sealed_by(self) -> Mapping[str, int]:
        """How many sealed texts need each key, by its id; known to us or not."""

    async def unopened(self) -> int:
        """How many sealed texts do not open with our keys. Changes nothing."""

    async def reseal(self, progress: Callable[[int, int], None]) -> Resealed:
        """Seals everything with the newest key, while others read and write. A text that is changed meanwhile stays as
        the other left it. Killed, it goes on where it was when it is run again. `progress` hears how many are done, of
        how many."""
