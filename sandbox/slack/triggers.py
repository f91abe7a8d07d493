"""What an interaction gives for a while: trigger ids for three seconds of real time and one use, response URLs for
five uses in thirty minutes of the world's."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sandbox.clock import WorldClock
from sandbox.slack.refusals import Refused

TRIGGER_SECONDS = 3.0
USES_AT_MOST = 5
USABLE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Trigger:
    """`in_view`: the modal it was given in, "" elsewhere."""

    user: str
    team: str
    in_view: str
    made: datetime
    used: bool = False


class Triggers:
    def __init__(self, clock: WorldClock) -> None:
        self._clock = clock
        self._given: dict[str, Trigger] = {}

    def give(self, user: str, team: str, in_view: str = "") -> str:
        id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._given[id] = Trigger(user, team, in_view, self._clock.real_now())
        return id

    def take(self, id: str) -> Trigger:
        """Use it up. Raises Refused."""
        trigger = self._given.get(id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if (self._clock.real_now() - trigger.made).total_seconds() > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        self._given[id] = replace(trigger, used=True)
        return trigger

    def age(self) -> None:
        """All that were given are older than TRIGGER_SECONDS now."""
        late = timedelta(seconds=TRIGGER_SECONDS + 1)
        self._given = {id: replace(each, made=each.made - late) for id, each in self._given.items()}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a response URL leads: to one person in a channel, in the place of `message` if there was one."""

    channel: str
    user: str
    team: str
    message: str
    made: datetime
    uses: int = 0


class WayClosed(Exception):
    """Slack's word for why: used_url, expired_url."""


class ResponseUrls:
    def __init__(self, clock: WorldClock) -> None:
        self._clock = clock
        self._given: dict[str, Way] = {}

    def give(self, channel: str, user: str, team: str, message: str = "") -> str:
        """The path below /slack."""
        key = secrets.token_urlsafe(18)
        self._given[key] = Way(channel, user, team, message, self._clock.now())
        return f"/response/{team}/{key}"

    def whose(self, key: str) -> str | None:
        """The person whose it is."""
        way = self._given.get(key)
        return None if way is None else way.user

    def take(self, key: str) -> Way:
        """One use of it. Raises WayClosed."""
        way = self._given.get(key)
        if way is None:
            raise WayClosed("no_such_url")
        if way.uses >= USES_AT_MOST:
            raise WayClosed("used_url")
        if self._clock.now() - way.made > USABLE:
            raise WayClosed("expired_url")
        self._given[key] = replace(way, uses=way.uses + 1)
        return way
