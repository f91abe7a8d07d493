"""Confirmations in a group message of the two, where both chose that (decision 24); beside what each is told alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from adapters.deliver import Notice
from adapters.homes import Homes
from bot.notices.groups import GroupNotices
from bot.replies import Answer
from calendar_core.people import Identity, User
from calendar_core.ports import Post
from calendar_core.session import SessionUid

KEY = "group/"


class Group(Protocol):
    """One kind of chat, as far as messages to several go."""

    async def gather(self, user: User, accounts: tuple[Identity, Identity], notice: Notice) -> None:
        """Posts it where these two and the bot are. With one key, under the `user` whose the first account is, at most
        once. What the chat refuses is left. Raises ProviderUnavailable where it certainly was not posted."""


@dataclass(frozen=True, slots=True)
class GroupConfirmations:
    """InGroups. `groups` by chat, as accounts name them."""

    notices: GroupNotices
    homes: Homes
    groups: Mapping[str, Group]

    def is_one(self, post: Post) -> bool:
        """See InGroups."""
        return post.key.startswith(KEY)

    async def confirm(self, session: SessionUid) -> None:
        """See InGroups."""
        found = await self.notices.of(session)
        if found is None or not found.wanted:
            return
        accounts = await self._together(*found.people)
        if accounts is not None:
            notice = Notice(f"{KEY}{session}", found.answer, session)
            await self.groups[accounts[0].chat].gather(found.people[0], accounts, notice)

    async def standing(self, post: Post) -> Answer | None:
        """See InGroups."""
        found = await self.notices.of(post.session) if post.session is not None else None
        accounts = await self._together(*found.people) if found is not None else None
        return found.answer if found is not None and accounts is not None and post.account in accounts else None

    async def _together(self, one: User, other: User) -> tuple[Identity, Identity] | None:
        """An account of each in one place."""
        theirs = {each.issuer: each for each in await self.homes.accounts(other.id)}
        for own in await self.homes.accounts(one.id):
            if own.chat in self.groups and own.issuer in theirs:
                return own, theirs[own.issuer]
        return None
