"""Where an app was installed that gets a token of its own for each place: Slack's workspaces and organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredInstallation:
    """`place` is the id of the workspace, or of the organisation where it was installed in all of it (`org_wide`).
    `enterprise` is the organisation that the workspace belongs to. A token that is rotated has a `refresh` token, good
    for one renewal, and ends at `ends_at` (by real time)."""

    place: str
    enterprise: str | None
    org_wide: bool
    app: str
    bot_user: str
    token: str = field(repr=False)
    scopes: tuple[str, ...]
    refresh: str | None = field(default=None, repr=False)
    ends_at: datetime | None = None
    installed_by: str
    installed_at: datetime


class SlackInstallations(Protocol):
    """Each method is one transaction. What is secret is sealed. Instants are by real time: Slack signs by it."""

    async def of(self, team: str | None, enterprise: str | None) -> StoredInstallation | None:
        """The workspace's own, else its organisation's."""

    async def at(self, place: str) -> StoredInstallation | None:
        """Exactly that place's."""

    async def places(self) -> tuple[str, ...]:
        """Of all of them, in their order."""

    async def put(self, installation: StoredInstallation) -> None:
        """Replaces what was there for that place. Raises StoreUnavailable where there is no key to seal with."""

    async def remove(self, place: str, before: datetime) -> bool:
        """Whether there was one, installed no later than `before`. With it goes what that place's directory said of its
        people, and the codes on their way to them; whose accounts they are stays known. Twice is once."""

    async def forget_people(self, place: str) -> None:
        """The same, of an installation that is not kept here."""

    async def lease(self, place: str, holder: str, now: datetime, until: datetime) -> StoredInstallation | None:
        """As it is now, for whoever alone may renew its token until then; None if another one does, or it is gone."""

    async def renewed(self, place: str, spent: str, token: str, refresh: str, ends_at: datetime) -> bool:
        """Keeps what came for the refresh token that was `spent`, and ends the lease. False, and nothing kept, if it is
        not the place's any more: removed, or installed anew."""

    async def release(self, place: str, holder: str) -> None:
        """Gives the lease back. Twice is once."""

    async def install(self, installation: StoredInstallation, state: str, ends_at: datetime, now: datetime) -> bool:
        """The same, by way of a state (its hash), which is spent by it. False, and nothing kept, if it was spent
        before. Those that have ended by `now` are forgotten."""


class Installed(StrEnum):
    """What came of installing the app in a browser."""

    YES = "installed"
    DECLINED = "whoever was asked said no"
    FOREIGN = "not what this browser was sent for, or too late, or a second time"
    UNAVAILABLE = "Slack does not answer"
    REFUSED = "Slack does not accept this installation"


class Installing(Protocol):
    """The way through Slack's page, as far as pages of ours need it. A browser is known by its cookie's secret."""

    async def begin(self, browser: str) -> str:
        """The address of Slack's page, good for ten minutes."""

    async def finish(self, browser: str | None, told: Mapping[str, str], whence: str) -> tuple[Installed, str]:
        """What became of what Slack's page sent back, and the id of the workspace or organisation, if any. `whence` is
        the network from which it was brought."""
