"""Who it is that talks: the account's identity, and what the tenant's roster says of it, asked once an hour.

And where they are found: taken down with everything that comes from them, because Teams moves people.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from calendar_core.chat_account import ChatAccount, Standing
from calendar_core.errors import ProviderError
from calendar_core.linking import Linking
from calendar_core.people import Identity
from calendar_core.ports import TeamsPlace, TeamsPlaces

from .activity import Activity, Scope
from .connector import Connector, Place, TeamsRefused

log = logging.getLogger(__name__)

KNOWN_FOR = 3600.0  # seconds
MOST = 50_000
SEEN_EVERY = timedelta(days=1)
INSTALLATION = "installationUpdate"  # a kind of activity
A_BOT = "28:"  # begins the ids of bots
NOT_IN_THE_ROSTER = "MemberNotFoundInConversation"  # Teams' own word

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in Teams. `language` as their client has it."""

    who: Identity
    language: str


class TeamsPeople:
    """Tells the core what the roster says, before it is asked anything by that account."""

    def __init__(
        self,
        linking: Linking,
        connector: Connector,
        places: TeamsPlaces,
        now: Callable[[], float],
        real_now: Callable[[], datetime],
    ) -> None:
        """`now` in seconds, never going back; `real_now` is real time."""
        self._linking = linking
        self._connector = connector
        self._places = places
        self._now = now
        self._real_now = real_now
        self._known: OrderedDict[Identity, float] = OrderedDict()
        self._found: OrderedDict[Identity, TeamsPlace] = OrderedDict()

    async def speaker(self, activity: Activity) -> Speaker:
        """Whoever did it. Raises ProviderError if Teams does not say and never did, StoreUnavailable."""
        who, language = activity.account, activity.language or "en"
        await self._note_place(activity)
        if self._known.get(who, 0.0) <= self._now() or await self._is_forgotten(activity):
            try:
                await self._ask(activity)
            except ProviderError as silent:
                if await self._linking.language_of(who) is None:
                    raise
                log.info("teams: the roster is silent; what it said last holds", extra={"kind": type(silent).__name__})
                return Speaker(who, language)
            _remember(self._known, who, self._now() + KNOWN_FOR)
        return Speaker(who, language)

    def forget(self, who: Identity) -> None:
        """The next time they are asked about anew."""
        self._known.pop(who, None)
        self._found.pop(who, None)

    async def _is_forgotten(self, activity: Activity) -> bool:
        """By whichever process heard that the app was removed there: what this one remembers is worth nothing then."""
        return activity.kind == INSTALLATION or await self._linking.language_of(activity.account) is None

    async def _ask(self, activity: Activity) -> None:
        """Only that somebody is not in the roster is known of them; any other refusal is about us, or the place."""
        place = Place(activity.tenant, activity.service_url, activity.conversation)
        profile: Mapping[str, object] = {}
        try:
            profile = await self._connector.member(place, activity.sender)
        except TeamsRefused as refused:
            if refused.code != NOT_IN_THE_ROSTER:
                raise
            log.info("teams: nothing in the roster")
            if await self._linking.language_of(activity.account) is not None:
                return  # another conversation's roster knew them
        await self._linking.seen(account_of(activity, profile))

    async def _note_place(self, activity: Activity) -> None:
        """Written only where something of it is new, or a day has passed; and when the app is installed, for another
        process may have heard of its removal."""
        if not activity.object_id or not activity.sender or not activity.bot:
            return
        known = self._found.get(activity.account)
        conversation = activity.conversation if _is_their_own_chat(activity) else None
        place = TeamsPlace(
            account=activity.account,
            member=activity.sender,
            bot=activity.bot,
            service_url=activity.service_url,
            conversation=conversation or (known.conversation if known else None),
            language=activity.language or (known.language if known else "en"),
            seen_at=self._real_now(),
        )
        is_recent = known is not None and place.seen_at < known.seen_at + SEEN_EVERY
        is_same = known is not None and replace(place, seen_at=known.seen_at) == known
        if is_recent and is_same and activity.kind != INSTALLATION:
            return
        await self._places.put(place)
        _remember(self._found, activity.account, place)


def _is_their_own_chat(activity: Activity) -> bool:
    """With the bot. A message extension is used in chats of two people, too, which look the same."""
    if activity.scope is not Scope.PERSONAL:
        return False
    is_of_a_card = activity.name == "adaptiveCard/action" or activity.name.startswith("task/")
    return activity.kind in ("message", INSTALLATION) or (activity.kind == "invoke" and is_of_a_card)


def account_of(activity: Activity, profile: Mapping[str, object]) -> ChatAccount:
    """As the roster describes a member; its names for things differ by endpoint. What it does not say, nobody says."""
    address = _text(profile, "email") or _text(profile, "userPrincipalName")
    return ChatAccount(
        account=activity.account,
        standing=_standing(activity, profile),
        address=address.casefold() or None,
        time_zone=activity.zone or None,
        language=activity.language or "en",
    )


def _standing(activity: Activity, profile: Mapping[str, object]) -> Standing:
    """Somebody whom the roster does not know for one of the tenant's own is not linked."""
    if activity.sender.startswith(A_BOT):
        return Standing.BOT
    ids = {_text(profile, "aadObjectId"), _text(profile, "objectId")} - {""}
    home = _text(profile, "tenantId").lower()
    if not activity.object_id or (home and home != activity.tenant):
        return Standing.EXTERNAL
    if any(each.lower() != activity.object_id for each in ids):
        return Standing.EXTERNAL
    if _text(profile, "userRole").casefold() in ("guest", "anonymous"):
        return Standing.GUEST
    return Standing.GUEST if "#ext#" in _text(profile, "userPrincipalName").casefold() else Standing.MEMBER


def _text(profile: Mapping[str, object], name: str) -> str:
    value = profile.get(name)
    return value if isinstance(value, str) and len(value) <= 320 else ""


def _remember(known: OrderedDict[Identity, Value], key: Identity, value: Value) -> None:
    known[key] = value
    known.move_to_end(key)
    while len(known) > MOST:
        known.popitem(last=False)
