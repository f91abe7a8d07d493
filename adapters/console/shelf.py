"""Files handed over in the console: each for the one it was made for, once, and not for long. In memory alone."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from urllib.parse import quote

from bot.replies import File
from calendar_core.people import User, UserId
from calendar_core.ports import Clock

from .render import Download

KEPT = 30
LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Left:
    owner: UserId
    file: File
    until: datetime


class Shelf:
    """Forgets what was fetched, what is too old, and the oldest where there are too many."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._left: OrderedDict[str, _Left] = OrderedDict()

    def keep(self, user: User, file: File) -> Download:
        """Where it can be fetched, once."""
        name = token_urlsafe(24)
        self._left[name] = _Left(user.id, file, self._clock.now() + LASTS)
        while len(self._left) > KEPT:
            self._left.popitem(last=False)
        return Download(url=f"/console/files/{name}?as={quote(user.email, safe='@')}", name=file.name)

    def fetch(self, user: User, name: str) -> File | None:
        """None for a name that never was, was fetched before or is too old, and for somebody else: who then has taken
        nothing away from its owner."""
        left = self._left.get(name)
        if left is None or left.owner != user.id:
            return None
        del self._left[name]
        return left.file if self._clock.now() < left.until else None
