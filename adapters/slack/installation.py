"""One installation of the app: in a workspace, or in a whole organisation (Enterprise Grid)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from adapters.secret import Secret

DEAD = frozenset({"account_inactive", "app_not_installed", "token_revoked"})  # of such a token nothing comes any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """`team` is None where the app was installed in an organisation (`org_wide`), which `enterprise` then names; a
    workspace of an organisation may have both. `app` and `bot_user` are Slack's ids; empty where not known yet."""

    enterprise: str | None
    team: str | None
    org_wide: bool
    app: str
    bot_user: str
    token: Secret
    scopes: frozenset[str]

    @property
    def place(self) -> str:
        """The id of the workspace, or of the organisation where it was installed in all of it. Empty if unknown yet."""
        return (self.enterprise if self.org_wide else self.team) or ""


class Installations(Protocol):
    """Which installation speaks where."""

    async def of(self, team: str | None, enterprise: str | None) -> Installation | None:
        """The workspace's own, else its organisation's; None where the app is not installed, or not any more. From
        memory, as a rule. Raises StoreUnavailable."""
        ...

    async def at(self, place: str) -> Installation | None:
        """Exactly that workspace's or organisation's own, as it is known; its token may have ended. Raises
        StoreUnavailable."""
        ...

    async def places(self) -> tuple[str, ...]:
        """Ids of all workspaces and organisations in which it was installed. Raises StoreUnavailable."""
        ...

    async def renewed(self, installation: Installation) -> Installation | None:
        """Slack says that its token has ended: the same with one that has not, or None where there is none to be had.
        Raises ProviderUnavailable, StoreUnavailable."""
        ...

    async def withdrawn(self, installation: Installation, code: str) -> None:
        """Slack takes its token no more and says why: it is looked for anew; one that is dead is kept no longer. Raises
        StoreUnavailable."""

    async def removed(self, installation: Installation) -> None:
        """The app was removed there, as Slack itself says: nothing of that installation is kept, nor of what Slack's
        directory said of people there. One that was made anew meanwhile stays. Twice is once. Raises
        StoreUnavailable."""


class OneToken:
    """Installations where the operator installed the app by hand and set its token (PAIRTIME_SLACK_BOT_TOKEN)."""

    def __init__(
        self,
        token: Secret,
        test: Callable[[Installation], Awaitable[Mapping[str, object]]],
        forget: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        """`test` asks Slack whose a token is (auth.test), and raises ProviderError; `forget` removes what the directory
        of that place said of people."""
        self._unknown = Installation(
            enterprise=None, team=None, org_wide=False, app="", bot_user="", token=token, scopes=frozenset()
        )
        self._test = test
        self._forget = forget
        self._known: Installation | None = None
        self._asking = asyncio.Lock()
        self._removed = False

    async def of(self, team: str | None, enterprise: str | None) -> Installation | None:
        """See Installations. Slack is asked once; raises ProviderError if it does not say."""
        known = await self._asked()
        if known is None or not known.place:
            return None
        return known if known.place == (enterprise if known.org_wide else team) else None

    async def at(self, place: str) -> Installation | None:
        """See Installations."""
        known = await self._asked()
        return known if known is not None and known.place == place else None

    async def places(self) -> tuple[str, ...]:
        """See Installations."""
        known = await self._asked()
        return () if known is None else (known.place,)

    async def renewed(self, installation: Installation) -> Installation | None:
        """See Installations. A token in the settings is never another one."""
        await self.removed(installation)
        return None

    async def withdrawn(self, installation: Installation, code: str) -> None:
        """See Installations."""
        if code in DEAD:
            await self.removed(installation)

    async def removed(self, installation: Installation) -> None:
        """See Installations. Whoever installs it anew gets another token, and sets it."""
        if installation.token == self._unknown.token:
            self._removed = True
            if installation.place and self._forget is not None:
                await self._forget(installation.place)

    async def _asked(self) -> Installation | None:
        async with self._asking:
            if self._known is None and not self._removed:
                self._known = _told(self._unknown, await self._test(self._unknown))
        return None if self._removed else self._known


def _told(unknown: Installation, answer: Mapping[str, object]) -> Installation:
    def text(name: str) -> str | None:
        value = answer.get(name)
        return value if isinstance(value, str) and value else None

    org_wide = answer.get("is_enterprise_install") is True
    return replace(
        unknown,
        enterprise=text("enterprise_id"),
        team=None if org_wide else text("team_id"),
        org_wide=org_wide,
        app=text("app_id") or "",
        bot_user=text("user_id") or "",
    )
