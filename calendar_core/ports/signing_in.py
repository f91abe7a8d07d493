"""The store of people's ways through a vendor's consent: each method is one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from calendar_core.integration import Integration, Suite, Trouble
from calendar_core.people import Identity, UserId
from calendar_core.sign_in import SignIn, SignInKey

from .calendars import OwnHours
from .consent import Granted
from .telling import Telling


class SignIns(Protocol):
    """Raises StoreUnavailable where a seal cannot be opened, as Credentials does."""

    async def offer(self, sign_in: SignIn) -> None:
        """Stores a new one."""

    async def sign_in(self, key: SignInKey) -> SignIn | None:
        """As last stored."""

    async def answered_with(self, answer: str) -> SignIn | None:
        """The one whose browser was sent away with the `state` of that hash."""

    async def awaiting_code(self, user: UserId, asked_in: Identity) -> SignIn | None:
        """The newest in state CODE that this chat account asked for, over or not."""

    async def needing_approval(self, user: UserId, suite: Suite) -> SignIn | None:
        """The newest that came to nothing because an administrator must approve first, and nobody was asked to."""

    async def change(self, was: SignIn, now: SignIn, *, tell: Iterable[Telling] = ()) -> bool:
        """Replaces it if it is still what it was (then its revision rises); False, and nothing written, otherwise."""

    async def connect(self, was: SignIn, now: SignIn, granted: Granted, integration: Integration) -> bool:
        """The same, and in one transaction: what was granted is kept, the integration stands, no other open sign-in
        of that person leads anywhere any more; and unless `now` says they know, the job that tells them."""

    async def welcome(
        self, was: SignIn, now: SignIn, hours: OwnHours | None, at: datetime, *, tell: Iterable[Telling]
    ) -> bool:
        """The same as `change`, and what was read in the person's own calendar is stored with it."""

    async def disconnect(self, user: UserId, trouble: Trouble, at: datetime) -> bool:
        """Nothing is connected any more, for that reason; a job withdraws and deletes what was granted. False, and
        nothing written, where nothing was connected."""

    async def forget(self, before: datetime) -> None:
        """Removes those that were over by then."""
