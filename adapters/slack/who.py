"""Who it is that talks: the account's identity, and what Slack's directory says of it, asked once an hour."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from calendar_core.chat_account import ChatAccount, Standing
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.linking import Linking
from calendar_core.people import Identity

from .heard import Heard
from .installation import Installation
from .payload import object_at, text_at

KNOWN_FOR = 3600.0  # seconds
MOST = 50_000
SLACKBOT = "USLACKBOT"


class Calls(Protocol):
    """Slack's Web API, as far as it is asked here."""

    async def call(self, installation: Installation, method: str, **arguments: object) -> Mapping[str, object]:
        """Slack's answer, which is `ok`. Raises ProviderUnavailable to be tried later, ProviderRejected for a no."""
        ...


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody at Slack. `language` as the profile has it."""

    who: Identity
    language: str


class SlackPeople:
    """Tells the core what the directory says, before it is asked anything by that account."""

    def __init__(self, linking: Linking, calls: Calls, now: Callable[[], float]) -> None:
        """`now` in seconds, never going back."""
        self._linking = linking
        self._calls = calls
        self._now = now
        self._known: OrderedDict[Identity, tuple[float, str]] = OrderedDict()
        self._names: OrderedDict[Identity, tuple[float, str]] = OrderedDict()

    def language_of(self, heard: Heard, installation: Installation) -> str:
        """As far as it is known without asking anybody."""
        return self._known.get(identity_of(heard.user, installation, heard.team), (0.0, ""))[1] or "en"

    async def speaker(self, heard: Heard, installation: Installation) -> Speaker:
        """Whoever was heard. Raises ProviderUnavailable if Slack does not say and never did, StoreUnavailable."""
        who = identity_of(heard.user, installation, heard.team)
        ends, language = self._known.get(who, (0.0, ""))
        if ends > self._now():
            return Speaker(who, language)
        try:
            told = await self._calls.call(installation, "users.info", user=heard.user, include_locale=True)
            profile = object_at(told, "user")
        except ProviderRejected as refused:
            if refused.code != "user_not_found":
                raise ProviderUnavailable("slack: the directory refuses") from refused
            profile = {}  # there is nobody of that name there, or not any more
        account = account_of(who, profile, installation)
        await self._linking.seen(account)
        language = account.language or "en"
        self._remember(who, language)
        return Speaker(who, language)

    async def changed(self, profile: Mapping[str, object], heard: Heard, installation: Installation) -> None:
        """A profile changed: whoever never talked to us is left alone, and everybody else's link is looked at again."""
        who = identity_of(text_at(profile, "id"), installation, heard.team)
        if who in self._known or await self._linking.language_of(who) is not None:
            account = account_of(who, profile, installation)
            await self._linking.seen(account)
            self._remember(who, account.language or "en")

    async def name_of(self, user: str, installation: Installation) -> str | None:
        """What Slack shows for a mention, whether or not we know that person. Raises ProviderUnavailable."""
        who = identity_of(user, installation, None)
        ends, name = self._names.get(who, (0.0, ""))
        if ends <= self._now():
            try:
                told = await self._calls.call(installation, "users.info", user=user, include_locale=True)
            except ProviderRejected:
                told = {}
            name = text_at(told, "user", "profile", "real_name") or text_at(told, "user", "real_name")
            self._keep(self._names, who, name)
        return name or None

    def _remember(self, who: Identity, language: str) -> None:
        self._keep(self._known, who, language)

    def _keep(self, known: OrderedDict[Identity, tuple[float, str]], who: Identity, told: str) -> None:
        known[who] = (self._now() + KNOWN_FOR, told)
        known.move_to_end(who)
        while len(known) > MOST:
            known.popitem(last=False)


def identity_of(user: str, installation: Installation, team: str | None) -> Identity:
    """Of an organisation's accounts the ids are the organisation's (W...); a workspace's are its own."""
    of_organisation = installation.enterprise and (installation.org_wide or user.startswith("W"))
    return Identity(f"slack:{installation.enterprise if of_organisation else installation.team or team}", user)


def account_of(who: Identity, profile: Mapping[str, object], installation: Installation) -> ChatAccount:
    """As `users.info` and `user_change` describe it. An address that is said not to be confirmed is none."""
    address = text_at(profile, "profile", "email")
    if profile.get("is_email_confirmed") is False:
        address = ""
    return ChatAccount(
        account=who,
        standing=_standing(profile, installation),
        address=address.casefold() or None,
        time_zone=text_at(profile, "tz") or None,
        language=text_at(profile, "locale") or "en",
    )


def _standing(profile: Mapping[str, object], installation: Installation) -> Standing:
    def is_so(name: str) -> bool:
        return profile.get(name) is True

    if not profile or is_so("deleted"):
        return Standing.DEACTIVATED
    if is_so("is_bot") or is_so("is_workflow_bot") or profile.get("id") == SLACKBOT:
        return Standing.BOT
    team = text_at(profile, "team_id")
    ours = team in ("", installation.team) or (
        installation.enterprise is not None
        and installation.enterprise in (team, text_at(profile, "enterprise_user", "enterprise_id"))
    )
    if is_so("is_stranger") or not ours:
        return Standing.EXTERNAL
    return Standing.GUEST if is_so("is_restricted") or is_so("is_ultra_restricted") else Standing.MEMBER
