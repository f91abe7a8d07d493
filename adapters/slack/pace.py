"""How fast Slack may be asked: so many calls a minute of each method, and of each channel, in each installation; and
what one person, or one address, may have asked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

MOST = 20_000  # things that are counted at a time; of those that were not asked for longest nothing is held back


@dataclass(frozen=True, slots=True)
class Tier:
    """`a_minute` calls in the long run, and `at_once` of them in a row."""

    a_minute: float
    at_once: int


TIER_3, TIER_4 = Tier(50, 50), Tier(100, 100)
POSTS = Tier(300, 100)  # of a whole workspace; Slack names no number
A_CHANNEL = Tier(60, 5)  # about one message a second, and short bursts
TIERS: Mapping[str, Tier] = MappingProxyType(
    {
        "chat.postMessage": POSTS,
        "chat.update": TIER_3,
        "chat.delete": TIER_3,
        "conversations.open": TIER_3,
        "conversations.history": TIER_3,
        "files.delete": TIER_3,
    }
)
NAMES = "names that somebody mentions"
EXCHANGES = "codes that come from one address"
FOR_ONE: Mapping[str, Tier] = MappingProxyType({NAMES: Tier(0.5, 30), EXCHANGES: Tier(10, 10)})  # 30 names an hour
IN_A_CHANNEL = frozenset({"chat.postMessage"})


class Pace:
    """Counts what one process asks; what several ask together, Slack counts, and says so (`held_back`)."""

    def __init__(self, now: Callable[[], float], tiers: Mapping[str, Tier] = TIERS) -> None:
        """`now` in seconds, never going back."""
        self._now = now
        self._tiers = tiers
        self._next: OrderedDict[Hashable, float] = OrderedDict()  # when the bucket will be full again
        self._closed: dict[Hashable, float] = {}

    @property
    def counted(self) -> int:
        """How many methods and channels are remembered."""
        return len(self._next)

    def wait(self, installation: Hashable, method: str, channel: str | None) -> float:
        """Seconds until the call may be made: 0 takes its place in the count, anything else takes none."""
        now = self._now()
        closed = self._closed.get((installation, method), now)
        if closed > now:
            return closed - now
        counted: list[tuple[Hashable, Tier]] = [((installation, method), self._tiers.get(method, TIER_4))]
        if method in IN_A_CHANNEL and channel:
            counted.append(((installation, "in", channel), A_CHANNEL))
        longest = max(self._next.get(key, now) - now - _room(tier) for key, tier in counted)
        if longest > 0:
            return longest
        for key, tier in counted:
            self._next[key] = max(self._next.get(key, now), now) + 60 / tier.a_minute
            self._next.move_to_end(key)
        while len(self._next) > MOST:
            self._next.popitem(last=False)
        return 0.0

    def held_back(self, installation: Hashable, method: str, seconds: float) -> None:
        """Slack wants nobody to call that method there for so long."""
        now = self._now()
        self._closed = {key: until for key, until in self._closed.items() if until > now}
        until = self._closed.get((installation, method), now)
        self._closed[(installation, method)] = max(until, now + seconds)  # a later no never shortens an earlier one


def _room(tier: Tier) -> float:
    """Seconds by which a bucket may be overdrawn so that `at_once` calls pass in a row."""
    return (tier.at_once - 1) * 60 / tier.a_minute
