"""Who it is that talks: the account's identity, and what Slack's directory says of it, asked once an hour."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from adapters.secret import Secret
from calendar_core.chat_account import ChatAccount, Standing
from calendar_core.errors import ProviderError, ProviderRejected, ProviderUnavailable
from calendar_core.linking import Linking
from calendar_core.people import Identity

from .heard import Heard
from .installation import Installation
from .pace import FOR_ONE, NAMES, Pace
from .payload import list_at, object_at, text_at
from .typed import mentioned, typed

log = logging.getLogger(__name__)

KNOWN_FOR = 3600.0  # seconds
LATE = 23 * KNOWN_FOR  # for so much longer it counts where Slack does not say: changes are told anyway (user_change)
MOST = 50_000
MOST_TEAMS, MOST_ELSEWHERE = 500, 20
SLACKBOT = "USLACKBOT"
NOT_THERE: Mapping[str, Mapping[str, object]] = {
    "user_not_found": {},  # nobody of that name, or not any more
    "user_not_visible": {"is_stranger": True},
}


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
        self._languages = _Known(now)
        self._names = _Known(now)
        self._asked_for = Pace(now, FOR_ONE)

    def language_of(self, heard: Heard, installation: Installation) -> str:
        """As far as it is known without asking anybody."""
        return self._languages.latest(identity_of(heard.user, installation, heard.team)) or "en"

    async def speaker(self, heard: Heard, installation: Installation) -> Speaker:
        """Whoever was heard. Raises ProviderUnavailable if Slack has not said for a day, StoreUnavailable."""
        who = identity_of(heard.user, installation, heard.team)
        known = self._languages.of(who, installation)
        if known is not None:
            return Speaker(who, known)
        try:
            told = await self._calls.call(installation, "users.info", user=heard.user, include_locale=True)
            profile = object_at(told, "user")
        except ProviderRejected as refused:
            if refused.code not in NOT_THERE:
                raise ProviderUnavailable("slack: the directory refuses") from refused
            profile = NOT_THERE[refused.code]
        except ProviderUnavailable:
            latest = self._languages.of(who, installation, late=LATE)
            if latest is None:
                raise
            return Speaker(who, latest)
        account = account_of(who, profile, installation)
        await self._linking.seen(account)
        language = account.language or "en"
        self._languages.remember(who, installation, language)
        return Speaker(who, language)

    async def changed(self, profile: Mapping[str, object], heard: Heard, installation: Installation) -> None:
        """A profile changed: whoever never talked to us is left alone, and everybody else's link is looked at again."""
        user = text_at(profile, "id")
        for place in (installation, *_elsewhere(profile, installation)):  # told once for all of them
            who = identity_of(user, place, heard.team)
            self._languages.forget(who)
            self._names.forget(who)
            language = await self._linking.language_of(who)
            if language is not None:
                account = account_of(who, profile, place)
                await self._linking.seen(account if "locale" in profile else replace(account, language=language))

    async def words(self, text: str, speaker: Speaker, installation: Installation) -> str:
        """What somebody typed, with the names that Slack shows for those mentioned, whether or not we know them. Slack
        is asked for nobody whose account is nobody's, and for nobody more than for a few names an hour."""
        users = mentioned(text)
        if not users or await self._linking.why_unlinked(speaker.who) is not None:
            return typed(text)
        try:
            return typed(text, {user: await self._name_of(user, installation, speaker.who) for user in users})
        except ProviderError:
            log.info("slack: a mentioned name could not be asked for")
            return typed(text)

    async def _name_of(self, user: str, installation: Installation, asker: Identity) -> str:
        """Empty where Slack shows none, or was asked for enough by the `asker`."""
        who = identity_of(user, installation, None)
        known = self._names.of(who, installation)
        if known is not None:
            return known
        if self._asked_for.wait(asker, NAMES, None):
            log.info("slack: somebody mentions more people than names are asked for")
            return ""
        try:
            told = await self._calls.call(installation, "users.info", user=user, include_locale=True)
        except ProviderRejected as refused:
            if refused.code not in NOT_THERE:
                raise
            told = {}
        name = text_at(told, "user", "profile", "real_name") or text_at(told, "user", "real_name")
        self._names.remember(who, installation, name)
        return name


class _Known:
    """What Slack said of accounts, for an hour: under another token it is asked anew, for that may be another
    installation, after one whose people were forgotten."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._told: OrderedDict[Identity, tuple[float, Secret, str]] = OrderedDict()

    def of(self, who: Identity, installation: Installation, *, late: float = 0.0) -> str | None:
        if who not in self._told:
            return None
        ends, token, told = self._told[who]
        return told if ends + late > self._now() and token == installation.token else None

    def latest(self, who: Identity) -> str | None:
        return self._told[who][2] if who in self._told else None

    def remember(self, who: Identity, installation: Installation, told: str) -> None:
        self._told[who] = (self._now() + KNOWN_FOR, installation.token, told)
        self._told.move_to_end(who)
        while len(self._told) > MOST:
            self._told.popitem(last=False)

    def forget(self, who: Identity) -> None:
        self._told.pop(who, None)


def identity_of(user: str, installation: Installation, team: str | None) -> Identity:
    """The account as the installation reaches it: an organisation's, where it serves all of it; else the workspace's.
    Who is in several workspaces (W... or U... there, one id) has an account in each that has its own installation."""
    return Identity(f"slack:{installation.enterprise if installation.org_wide else installation.team or team}", user)


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
    if is_so("is_stranger") or not _is_of(profile, installation):
        return Standing.EXTERNAL
    return Standing.GUEST if is_so("is_restricted") or is_so("is_ultra_restricted") else Standing.MEMBER


def _is_of(profile: Mapping[str, object], installation: Installation) -> bool:
    """Of the workspace; of the organisation, where it is installed in all of it. Others meet it in shared channels."""
    team, enterprise = text_at(profile, "team_id"), text_at(profile, "enterprise_user", "enterprise_id")
    if installation.org_wide:
        return installation.enterprise in (team, enterprise)
    teams = _teams(profile)
    return installation.team in (team, *teams) or (not teams and team in ("", installation.enterprise))


def _elsewhere(profile: Mapping[str, object], installation: Installation) -> list[Installation]:
    """Where else somebody may be heard from: each workspace of the organisation that they are in, and all of it."""
    teams = [each for each in _teams(profile)[:MOST_ELSEWHERE] if each != installation.team]
    found = [replace(installation, team=team, org_wide=False) for team in teams]
    enterprise = text_at(profile, "enterprise_user", "enterprise_id")
    if enterprise and enterprise == installation.enterprise and not installation.org_wide:
        found.append(replace(installation, team=None, org_wide=True))
    return found


def _teams(profile: Mapping[str, object]) -> tuple[str, ...]:
    """The workspaces of an organisation that somebody is in."""
    told = list_at(profile, "enterprise_user", "teams")
    return tuple(each for each in told if isinstance(each, str))[:MOST_TEAMS]
