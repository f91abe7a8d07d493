"""Everybody's home chat: the newest chat account linked to them that can be reached (decision 17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calendar_core.people import Identity, UserId
from calendar_core.ports import Reach, Unreached

NAMES = {"slack": "Slack", "teams": "Teams"}  # as people call them


@dataclass(frozen=True, slots=True)
class Homes:
    """HomeChats. `chats`: those that there are, as accounts name them; with `console` it is the home of people
    without another one."""

    reach: Reach
    chats: frozenset[str]
    console: bool

    async def of(self, users: Iterable[UserId]) -> Mapping[UserId, str]:
        """See HomeChats."""
        asked = list(users)
        accounts = await self._accounts(asked)
        refused = await self.reach.unreached(accounts)
        found: dict[UserId, str] = {}
        for user in asked:
            there = [each for each in accounts.get(user, ()) if each.issuer not in refused.get(user, {})]
            if there:
                found[user] = NAMES[there[0].chat]
            elif self.console and not accounts.get(user):
                found[user] = "the console"
        return found

    async def why_not(self, users: Iterable[UserId]) -> Mapping[UserId, Unreached]:
        """See HomeChats."""
        asked = list(users)
        reached = await self.of(asked)
        missing = [user for user in asked if user not in reached]
        accounts = await self._accounts(missing)
        refused = await self.reach.unreached(missing)
        why: dict[UserId, Unreached] = {}
        for user in missing:
            theirs = refused.get(user, {})  # nothing where they were reached meanwhile
            why[user] = next(
                (theirs[each.issuer] for each in accounts.get(user, ()) if each.issuer in theirs), Unreached.NO_ACCOUNT
            )
        return why

    async def accounts(self, user: UserId) -> tuple[Identity, ...]:
        """Those that notices can go to, in the order in which they are tried."""
        return (await self._accounts([user])).get(user, ())

    async def _accounts(self, users: Iterable[UserId]) -> dict[UserId, tuple[Identity, ...]]:
        found = await self.reach.homes(users)
        ours = {user: tuple(each for each in found[user] if each.chat in self.chats) for user in found}
        return {user: accounts for user, accounts in ours.items() if accounts}
