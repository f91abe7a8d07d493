"""The store of everything about one person: given out whole, and erased whole."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from calendar_core.people import UserId

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


class PersonalData(Protocol):
    """Each method is one transaction."""

    async def of(self, user: UserId) -> dict[str, Json]:
        """Everything stored about the person, by subject. No tokens, codes or keys; of others no more than the names of
        those they have sessions with. Raises KeyError."""

    async def erase(self, user: UserId, at: datetime) -> None:
        """The person is nobody from now on: every row that is theirs alone goes, they leave every programme
        as by `Endings.leave`, what others need keeps an
        id without a name. A job revokes what a consent left us. Twice is once.

        Raises ValueError, and nothing is done, while a calendar may have to be asked about a session of theirs that is
        still to come.
        """
