"""One installation of the app: in a workspace, or in a whole organisation (Enterprise Grid)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from adapters.secret import Secret


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


class Installations(Protocol):
    """Which installation speaks where."""

    async def of(self, team: str | None, enterprise: str | None) -> Installation | None:
        """The workspace's own, else its organisation's; None where the app is not installed, or not any more. From
        memory, as a rule. Raises StoreUnavailable."""
        ...

    async def remove(
        self, team: str | None, enterprise: str | None, *, org_wide: bool, happened: datetime | None = None
    ) -> None:
        """The app was uninstalled there, or its token withdrawn: nothing of it is kept, unless it was installed anew
        after that `happened`. Twice is once."""
        ...


class OneToken:
    """Installations where the operator installed the app by hand and set its token (PAIRTIME_SLACK_BOT_TOKEN)."""

    def __init__(self, token: Secret, test: Callable[[Installation], Awaitable[Mapping[str, object]]]) -> None:
        """`test` asks Slack whose a token is (auth.test). Raises ProviderError."""
        self._unknown = Installation(
            enterprise=None, team=None, org_wide=False, app="", bot_user="", token=token, scopes=frozenset()
        )
        self._test = test
        self._known: Installation | None = None
        self._asking = asyncio.Lock()
        self._removed = False

    async def of(self, team: str | None, enterprise: str | None) -> Installation | None:
        """See Installations. Slack is asked once; raises ProviderError if it does not say."""
        async with self._asking:
            if self._known is None:
                self._known = _told(self._unknown, await self._test(self._unknown))
        known = self._known
        is_it = enterprise == known.enterprise if known.org_wide or team is None else team == known.team
        return known if is_it and not self._removed else None

    async def remove(
        self, team: str | None, enterprise: str | None, *, org_wide: bool, happened: datetime | None = None
    ) -> None:
        """See Installations: the token in the settings is of no use any more."""
        del happened  # who installs it anew gets another token, and sets it
        known = self._known
        if known is not None and (known.team, known.enterprise)[known.org_wide] == (team, enterprise)[org_wide]:
            self._removed = True


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
